package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.List;

/**
 * An index that objects can be taken out of again, and that knows what each answer was read from.
 * All that it keeps of objects must lie on its shelves, and what it is told beside them in {@link
 * Input}s; {@link #add} must be a function of the object alone. Then both come by themselves.
 */
public abstract class KeptIndex implements FactIndex {
  private final List<Shelf<?, ?>> shelves = new ArrayList<>();
  private boolean taking;

  /** A new shelf of this index. */
  protected final <K, V> Shelf<K, V> shelf() {
    Shelf<K, V> shelf = new Shelf<>(this);
    shelves.add(shelf);
    return shelf;
  }

  /** Takes out one object that was taken in: the same instance. */
  final void remove(ObjectView object) {
    taking = true;
    try {
      add(object);
    } finally {
      taking = false;
    }
  }

  final boolean isTaking() {
    return taking;
  }

  /** Keys on its shelves that nothing has. */
  final int idle() {
    return shelves.stream().mapToInt(Shelf::idle).sum();
  }
}
