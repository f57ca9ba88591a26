package io.meshkeel.facts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link Mark} for each key of something: who reads one isn't told when another changes. A key
 * that nobody read has none. Changed by one thread at a time, while nobody tells; read by any.
 *
 * @param <K> of what is looked for, there or not
 */
public final class Marks<K> {
  private final Map<K, Mark> marks = new ConcurrentHashMap<>();

  /** What a key stands for is read by what is told now, if anything is. */
  public void read(K key) {
    if (Reads.counted()) {
      Mark known = marks.get(key);
      Reads.note(known != null ? known : marks.computeIfAbsent(key, k -> new Mark()));
    }
  }

  /** What a key stands for is another thing now. */
  public void change(K key) {
    Mark known = marks.get(key);
    if (known != null) {
      known.change();
    }
  }
}
