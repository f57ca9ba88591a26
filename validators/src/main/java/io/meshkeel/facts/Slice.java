package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What rules are told of an object's surroundings, while it is put together. */
final class Slice {
  private final Map<String, Object> facts = new HashMap<>(4);

  /** Adds a list of facts; an empty one is left out. */
  void put(String name, List<?> list) {
    if (!list.isEmpty()) {
      facts.put(name, list);
    }
  }

  Map<String, Object> toMap() {
    return Map.copyOf(facts);
  }

  /** The path of another field of the same parent. */
  static List<Object> sibling(List<Object> path, String name) {
    List<Object> other = new ArrayList<>(path);
    other.set(other.size() - 1, name);
    return List.copyOf(other);
  }
}
