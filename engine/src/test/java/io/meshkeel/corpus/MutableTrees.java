package io.meshkeel.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies of JSON trees that may be changed. */
final class MutableTrees {
  private MutableTrees() {}

  static Map<String, Object> mutable(Map<String, Object> tree) {
    Map<String, Object> copy = new HashMap<>();
    tree.forEach((name, value) -> copy.put(name, mutable(value)));
    return copy;
  }

  static Object mutable(Object value) {
    return switch (value) {
      case Map<?, ?> map -> mutable(cast(map));
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(mutable(item)));
        yield copy;
      }
      default -> value;
    };
  }

  @SuppressWarnings("unchecked") // keys of a JsonTree are strings
  static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }
}
