package io.meshkeel.policy.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code oneOf}, {@code anyOf}, {@code allOf} and {@code not}: conditions beside a schema. Within
 * them a field that isn't named is allowed.
 */
final class Alternatives {
  private Alternatives() {}

  /** What is wrong with a value, to be read behind its name; null if nothing is. */
  static @Nullable String problem(Object value, Schema schema) {
    if (!schema.oneOf.isEmpty()) {
      int holding = count(value, schema.oneOf);
      if (holding != 1) {
        return oneOf(value, schema.oneOf, holding);
      }
    }
    if (!schema.anyOf.isEmpty() && count(value, schema.anyOf) == 0) {
      List<String> names = names(schema.anyOf);
      return names.isEmpty()
          ? "fits none of the alternatives of its schema"
          : "needs at least one of " + String.join(", ", names);
    }
    for (Schema each : schema.allOf) {
      String nested = problem(value, each);
      if (nested != null) {
        return nested;
      }
      if (!holds(value, each)) {
        return "doesn't fit a condition of its schema";
      }
    }
    if (schema.not != null && holds(value, schema.not)) {
      List<String> names = present(value, names(List.of(schema.not)));
      return names.isEmpty()
          ? "is excluded by its schema"
          : "must not have " + String.join(" together with ", names);
    }
    return null;
  }

  private static String oneOf(Object value, List<Schema> alternatives, int holding) {
    List<String> names = names(alternatives);
    List<String> present = present(value, names);
    if (present.size() > 1) {
      return "may have only one of "
          + String.join(", ", names)
          + ", and has "
          + String.join(" and ", present);
    }
    if (holding == 0 && present.isEmpty() && !names.isEmpty()) {
      return "needs one of " + String.join(", ", names);
    }
    return holding == 0
        ? "fits none of the alternatives of its schema"
        : "fits several alternatives of its schema that exclude each other";
  }

  /** The fields that the alternatives require, however deep in their conditions. */
  private static List<String> names(List<Schema> alternatives) {
    TreeSet<String> names = new TreeSet<>();
    for (Schema each : alternatives) {
      names.addAll(each.required);
      names.addAll(names(each.anyOf));
      names.addAll(names(each.oneOf));
      names.addAll(names(each.allOf));
    }
    return List.copyOf(names);
  }

  private static List<String> present(Object value, List<String> names) {
    List<String> present = new ArrayList<>();
    for (String name : names) {
      if (value instanceof Map<?, ?> map && map.containsKey(name)) {
        present.add(name);
      }
    }
    return present;
  }

  private static int count(Object value, List<Schema> alternatives) {
    int holding = 0;
    for (int i = 0; i < alternatives.size(); i++) {
      if (holds(value, alternatives.get(i))) {
        holding++;
      }
    }
    return holding;
  }

  private static boolean holds(Object value, Schema schema) {
    if (!Scalars.hasType(value, schema.type)) {
      return false;
    }
    boolean own =
        switch (value) {
          case Map<?, ?> map -> fields(map, schema);
          case List<?> list -> items(list, schema);
          default -> Scalars.problem(value, schema) == null;
        };
    return own
        && (schema.oneOf.isEmpty() || count(value, schema.oneOf) == 1)
        && (schema.anyOf.isEmpty() || count(value, schema.anyOf) > 0)
        && count(value, schema.allOf) == schema.allOf.size()
        && (schema.not == null || !holds(value, schema.not));
  }

  private static boolean fields(Map<?, ?> map, Schema schema) {
    for (String name : schema.required) {
      if (!map.containsKey(name)) {
        return false;
      }
    }
    if (map.size() < schema.minProperties || map.size() > schema.maxProperties) {
      return false;
    }
    for (Map.Entry<String, Schema> property : schema.properties.entrySet()) {
      Object value = map.get(property.getKey());
      if (value != null && !holds(value, property.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean items(List<?> list, Schema schema) {
    if (list.size() < schema.minItems || list.size() > schema.maxItems) {
      return false;
    }
    if (schema.items != null) {
      for (Object item : list) {
        if (!holds(item, schema.items)) {
          return false;
        }
      }
    }
    return true;
  }
}
