package io.meshkeel.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of an object that rules read. A path goes through lists: {@code spec.http.match} is the
 * {@code match} of each element of {@code spec.http}. The elements keep their places, and what
 * isn't a map where a path goes on is left as it is. Pure; any thread.
 */
final class FieldMask {
  private final Map<String, FieldMask> fields = new TreeMap<>();
  private boolean whole;

  private FieldMask() {}

  /**
   * What all of these paths show.
   *
   * @param paths names of fields, from the root of an object
   */
  static FieldMask of(Collection<List<String>> paths) {
    FieldMask mask = new FieldMask();
    paths.forEach(mask::show);
    return mask;
  }

  private void show(List<String> path) {
    FieldMask at = this;
    for (String name : path) {
      at = at.fields.computeIfAbsent(name, n -> new FieldMask());
    }
    at.whole = true;
  }

  /** The masked copy; it shares what is shown whole. */
  Map<String, Object> of(Map<String, Object> content) {
    return ofMap(content);
  }

  private Object ofValue(Object value) {
    if (whole) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return ofMap(map);
    }
    if (value instanceof List<?> list) {
      List<Object> masked = new ArrayList<>(list.size());
      list.forEach(element -> masked.add(ofValue(element)));
      return masked;
    }
    return value;
  }

  private Map<String, Object> ofMap(Map<?, ?> map) {
    Map<String, Object> masked = HashMap.newHashMap(Math.min(map.size(), fields.size()));
    fields.forEach((name, field) -> {
      Object value = map.get(name);
      if (value != null) {
        masked.put(name, field.ofValue(value));
      }
    });
    return masked;
  }
}
