package io.meshkeel.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Rows by the part that they are about, in the order of the parts. Not thread-safe.
 *
 * @param <K> what rows are about
 * @param <R> the rows
 */
final class Parts<K extends Comparable<K>, R extends Row> {
  private final TreeMap<K, List<R>> parts = new TreeMap<>();
  private final Set<K> open = new HashSet<>();
  private List<R> rows = List.of();
  private boolean stale;

  /** The rows of a part may be others now. */
  void touch(K part) {
    open.add(part);
  }

  /** The same of all parts with rows that are such. */
  void touchAll(Predicate<K> such) {
    parts.keySet().stream().filter(such).forEach(open::add);
  }

  /** The parts that were touched since the last {@link #refresh}. */
  Set<K> open() {
    return Collections.unmodifiableSet(open);
  }

  /** Makes the rows of touched parts anew. */
  void refresh(Function<K, List<R>> maker) {
    for (K part : open) {
      List<R> fresh = maker.apply(part);
      List<R> before = fresh.isEmpty() ? parts.remove(part) : parts.put(part, fresh);
      stale |= !fresh.equals(before == null ? List.of() : before);
    }
    open.clear();
  }

  /** All rows; the same instance as long as none changed. */
  List<R> rows() {
    if (stale) {
      List<R> all = new ArrayList<>(parts.size());
      parts.values().forEach(all::addAll);
      rows = Collections.unmodifiableList(all);
      stale = false;
    }
    return rows;
  }
}
