package io.meshkeel.facts.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Things that select by labels, asked the other way round: which of them take these labels. Each
 * selector is filed under that one of its labels which fewest others are filed under, so that a
 * question costs about as much as its answer. Not thread-safe.
 *
 * @param <T> what selects; its order is the order of answers
 */
public final class SelectorIndex<T extends Comparable<T>> {
  private record Pair(String key, String value) {}

  private record Filed(Map<String, String> selector, List<Pair> under) {}

  private final Map<T, Filed> all = new HashMap<>();
  private final Map<Pair, Set<T>> byPair = new HashMap<>();
  private final Set<T> unlimited = new HashSet<>();

  /**
   * Files a selector, in place of the one that this thing had.
   *
   * @param selector an empty one takes everything
   */
  public void put(T thing, Map<String, String> selector) {
    remove(thing);
    List<Pair> under = new ArrayList<>(1);
    int fewest = Integer.MAX_VALUE;
    for (Map.Entry<String, String> label : inOrder(selector).entrySet()) {
      Pair pair = new Pair(label.getKey(), label.getValue());
      Set<T> others = byPair.get(pair);
      int size = others == null ? 0 : others.size();
      if (size < fewest) {
        fewest = size;
        under.clear();
        under.add(pair);
      }
    }
    if (under.isEmpty()) {
      unlimited.add(thing);
    } else {
      byPair.computeIfAbsent(under.getFirst(), p -> new HashSet<>(2)).add(thing);
    }
    all.put(thing, new Filed(Map.copyOf(selector), List.copyOf(under)));
  }

  /** Where a thing is filed must not depend on chance. */
  private static Map<String, String> inOrder(Map<String, String> selector) {
    return selector.size() < 2 ? selector : new TreeMap<>(selector);
  }

  /** Takes a thing away; does nothing if it isn't filed. */
  public void remove(T thing) {
    Filed filed = all.remove(thing);
    if (filed == null) {
      return;
    }
    unlimited.remove(thing);
    for (Pair pair : filed.under()) {
      Set<T> others = byPair.get(pair);
      if (others != null && others.remove(thing) && others.isEmpty()) {
        byPair.remove(pair);
      }
    }
  }

  /** The things that take these labels, in their order. */
  public List<T> matching(Map<String, String> labels) {
    List<T> found = new ArrayList<>(unlimited);
    labels.forEach((key, value) -> {
      Set<T> candidates = byPair.get(new Pair(key, value));
      if (candidates != null) {
        for (T candidate : candidates) {
          if (Labels.select(Objects.requireNonNull(all.get(candidate)).selector(), labels)) {
            found.add(candidate);
          }
        }
      }
    });
    found.sort(null);
    return List.copyOf(found);
  }

  /** All things, in their order. */
  public List<T> all() {
    return all.keySet().stream().sorted().toList();
  }
}
