package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What objects bring into an index, by key. Values of one key are in the order of their objects'
 * names, whatever came first. Who reads is told when what was read changes ({@link Reads}). Filled
 * by one thread while nobody reads; read by any.
 *
 * @param <K> of what is looked for
 * @param <V> of what is found
 */
public final class Shelf<K, V> {
  /** By name, then by place: an object may be declared twice, for clusters of their own each. */
  private static final Comparator<ObjectView> ORDER = Shelf::order;

  private final KeptIndex index;
  private final Map<K, Cell<V>> cells = new ConcurrentHashMap<>();
  private final Mark keys = new Mark();
  private int filled;

  Shelf(KeptIndex index) {
    this.index = index;
  }

  private static int order(ObjectView one, ObjectView other) {
    int order = one.namespace().compareTo(other.namespace());
    if (order != 0) {
      return order;
    }
    Declaration mine = one.declaration();
    Declaration theirs = other.declaration();
    order = mine.manifest().key().name().compareTo(theirs.manifest().key().name());
    order = order != 0 ? order : mine.file().path().compareTo(theirs.file().path());
    return order != 0 ? order : Integer.compare(mine.document(), theirs.document());
  }

  private static final class Cell<V> {
    private final List<ObjectView> owners = new ArrayList<>(1);
    private final List<V> values = new ArrayList<>(1);
    private final Mark content = new Mark();
    private final Mark presence = new Mark();
  }

  /**
   * Puts a value there, or takes what its object had there away if the index is told that the
   * object is gone.
   *
   * @param owner whose it is
   */
  public void put(ObjectView owner, K key, V value) {
    if (index.isTaking()) {
      take(owner, key);
    } else {
      Cell<V> cell = cells.computeIfAbsent(key, k -> new Cell<>());
      int at = Collections.binarySearch(cell.owners, owner, ORDER);
      // Behind its equals, which keeps the values of one owner in their order.
      int place = at < 0 ? -at - 1 : at + 1;
      while (place < cell.owners.size() && ORDER.compare(cell.owners.get(place), owner) == 0) {
        place++;
      }
      cell.owners.add(place, owner);
      cell.values.add(place, value);
      cell.content.change();
      if (cell.owners.size() == 1) {
        turn(cell, 1);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // An owner is the instance that put it.
  private void take(ObjectView owner, K key) {
    Cell<V> cell = cells.get(key);
    if (cell == null) {
      return;
    }
    int at = Collections.binarySearch(cell.owners, owner, ORDER);
    if (at < 0) {
      return;
    }
    while (at > 0 && ORDER.compare(cell.owners.get(at - 1), owner) == 0) {
      at--;
    }
    boolean found = false;
    while (at < cell.owners.size() && ORDER.compare(cell.owners.get(at), owner) == 0) {
      if (cell.owners.get(at) == owner) {
        cell.owners.remove(at);
        cell.values.remove(at);
        found = true;
      } else {
        at++;
      }
    }
    if (found) {
      cell.content.change();
      if (cell.owners.isEmpty()) {
        turn(cell, -1);
      }
    }
  }

  private void turn(Cell<V> cell, int more) {
    cell.presence.change();
    keys.change();
    filled += more;
  }

  private Optional<Cell<V>> cell(K key) {
    return Optional.ofNullable(
        // That nothing is there is an answer too, which may change.
        Reads.counted() ? cells.computeIfAbsent(key, k -> new Cell<>()) : cells.get(key));
  }

  /** The values of a key; empty if there are none. A view: not to be kept. */
  public List<V> get(K key) {
    Optional<Cell<V>> cell = cell(key);
    cell.ifPresent(found -> Reads.note(found.content));
    return cell.map(found -> Collections.unmodifiableList(found.values)).orElse(List.of());
  }

  /** The first of them. */
  public Optional<V> first(K key) {
    return get(key).stream().findFirst();
  }

  /** Whether there are any: changes less often than what they are. */
  public boolean has(K key) {
    Optional<Cell<V>> cell = cell(key);
    cell.ifPresent(found -> Reads.note(found.presence));
    return cell.isPresent() && !cell.get().owners.isEmpty();
  }

  /** The keys that have values, in their natural order. */
  public List<K> keys() {
    Reads.note(keys);
    TreeSet<K> found = new TreeSet<>();
    cells.forEach((key, cell) -> {
      if (!cell.owners.isEmpty()) {
        found.add(key);
      }
    });
    return List.copyOf(found);
  }

  /** Keys that were asked for or had values once, and have none. */
  int idle() {
    return cells.size() - filled;
  }
}
