package io.meshkeel.policy.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills in {@code default} values as the API server does: a missing field of an object that is
 * there gets its default; what the default brings in is filled in too.
 */
final class SchemaDefaults {
  private SchemaDefaults() {}

  static Map<String, Object> fill(Map<String, Object> content, Schema schema) {
    return map(content, schema);
  }

  @SuppressWarnings("unchecked") // keys are strings by the contract of JsonTree
  private static Object value(Object value, Schema schema) {
    if (!schema.hasDefaults) {
      return value;
    }
    return switch (value) {
      case Map<?, ?> map -> map((Map<String, Object>) map, schema);
      case List<?> list when schema.items != null -> list(list, schema.items);
      default -> value;
    };
  }

  private static Map<String, Object> map(Map<String, Object> map, Schema schema) {
    Map<String, Object> filled = new HashMap<>(map);
    boolean changed = false;
    for (Map.Entry<String, Schema> property : schema.properties.entrySet()) {
      Schema each = property.getValue();
      Object before = map.get(property.getKey());
      Object start = before == null ? each.defaultValue : before;
      if (start == null) {
        continue;
      }
      Object after = value(start, each);
      if (after != before) {
        filled.put(property.getKey(), after);
        changed = true;
      }
    }
    if (schema.additional != null) {
      for (Map.Entry<String, Object> entry : map.entrySet()) {
        if (!schema.properties.containsKey(entry.getKey())) {
          Object after = value(entry.getValue(), schema.additional);
          changed |= after != entry.getValue();
          filled.put(entry.getKey(), after);
        }
      }
    }
    return changed ? Map.copyOf(filled) : map;
  }

  /** Takes away what {@link #fill} brings back; the content itself if that isn't possible. */
  static Map<String, Object> strip(Map<String, Object> content, Schema schema) {
    Map<String, Object> stripped = stripMap(content, schema);
    return fill(stripped, schema).equals(fill(content, schema)) ? stripped : content;
  }

  private static Map<String, Object> stripMap(Map<String, Object> map, Schema schema) {
    Map<String, Object> stripped = new HashMap<>();
    map.forEach((name, value) -> {
      Schema each = schema.properties.get(name);
      Schema found = each == null ? schema.additional : each;
      if (found == null || !(found.hasDefaults || found.defaultValue != null)) {
        stripped.put(name, value);
      } else if (found.defaultValue == null
          || schema.required.contains(name)
          || !value(found.defaultValue, found).equals(value(value, found))) {
        stripped.put(name, stripValue(value, found));
      }
    });
    return Map.copyOf(stripped);
  }

  @SuppressWarnings("unchecked") // keys are strings by the contract of JsonTree
  private static Object stripValue(Object value, Schema schema) {
    return switch (value) {
      case Map<?, ?> map -> stripMap((Map<String, Object>) map, schema);
      case List<?> list when schema.items != null -> {
        Schema items = schema.items;
        yield list.stream().map(item -> stripValue(item, items)).toList();
      }
      default -> value;
    };
  }

  private static Object list(List<?> list, Schema items) {
    List<Object> filled = new ArrayList<>(list.size());
    boolean changed = false;
    for (Object item : list) {
      Object after = value(item, items);
      changed |= after != item;
      filled.add(after);
    }
    return changed ? List.copyOf(filled) : list;
  }
}
