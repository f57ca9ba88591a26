package io.meshkeel.facts.joined;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Where two trees of maps, lists and scalars differ. Pure. */
final class Difference {
  private Difference() {}

  /**
   * The places of what differs, each as deep as it can be told: a field that one lacks, a list of
   * another length, a scalar. Empty if both are the same.
   */
  static List<List<Object>> of(Object one, Object other) {
    List<List<Object>> found = new ArrayList<>();
    walk(one, other, List.of(), found);
    return List.copyOf(found);
  }

  /** The deepest place that holds all of these; empty for the root, or for none. */
  static List<Object> common(List<List<Object>> places) {
    if (places.isEmpty()) {
      return List.of();
    }
    List<Object> common = places.getFirst();
    for (List<Object> place : places) {
      int same = 0;
      while (same < Math.min(common.size(), place.size())
          && common.get(same).equals(place.get(same))) {
        same++;
      }
      common = common.subList(0, same);
    }
    return List.copyOf(common);
  }

  private static void walk(Object one, Object other, List<Object> at, List<List<Object>> found) {
    if (Objects.equals(one, other)) {
      return;
    }
    if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
      TreeSet<String> keys = new TreeSet<>();
      first.keySet().forEach(key -> keys.add(String.valueOf(key)));
      second.keySet().forEach(key -> keys.add(String.valueOf(key)));
      for (String key : keys) {
        Object mine = first.get(key);
        Object yours = second.get(key);
        if (mine == null && yours == null) {
          continue;
        }
        if (mine == null || yours == null) {
          found.add(child(at, key));
        } else {
          walk(mine, yours, child(at, key), found);
        }
      }
    } else if (one instanceof List<?> first
        && other instanceof List<?> second
        && first.size() == second.size()) {
      for (int i = 0; i < first.size(); i++) {
        walk(first.get(i), second.get(i), child(at, i), found);
      }
    } else {
      found.add(at);
    }
  }

  private static List<Object> child(List<Object> at, Object step) {
    List<Object> path = new ArrayList<>(at);
    path.add(step);
    return List.copyOf(path);
  }
}
