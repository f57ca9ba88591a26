package io.meshkeel.facts;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Like an {@link Input}, of many keys: who reads one isn't told when another changes. Changed by
 * one thread while nobody reads; read by any.
 *
 * @param <K> of what is looked for
 * @param <V> of what is found, which tells by {@code equals} whether it changed
 */
public final class InputTable<K, V> {
  private final Map<K, Mark> marks = new ConcurrentHashMap<>();
  private Map<K, V> values = Map.of();

  /** The value of a key, if it has one. */
  public Optional<V> get(K key) {
    if (Reads.counted()) {
      Reads.note(marks.computeIfAbsent(key, k -> new Mark()));
    }
    return Optional.ofNullable(values.get(key));
  }

  /** Takes these for all values there are. */
  public void become(Map<K, V> now) {
    Map<K, V> before = values;
    values = Map.copyOf(now);
    before.forEach((key, value) -> {
      if (!value.equals(values.get(key))) {
        change(key);
      }
    });
    for (K key : values.keySet()) {
      if (!before.containsKey(key)) {
        change(key);
      }
    }
  }

  private void change(K key) {
    Mark mark = marks.get(key);
    if (mark != null) {
      mark.change();
    }
  }
}
