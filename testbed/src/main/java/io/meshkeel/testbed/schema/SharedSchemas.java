package io.meshkeel.testbed.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores equal schemas once: what is used in several places moves to {@code definitions} and is
 * referred to by {@code $ref}. Pure.
 */
final class SharedSchemas {
  /** Characters of JSON below which a schema is simply repeated. */
  static final int WORTH_SHARING = 160;

  private final Map<Object, Integer> uses = new HashMap<>();
  private final Map<Object, String> names = new HashMap<>();
  private final Map<String, Object> definitions = new TreeMap<>();

  /** The schemas that are used more than once, by name. */
  Map<String, Object> definitions() {
    return definitions;
  }

  /** Counts the places that use each schema; first, for every schema of the file. */
  void count(Object schema) {
    if (uses.merge(schema, 1, Integer::sum) == 1) {
      walk(
          schema,
          "",
          (child, path) -> {
            count(child);
            return child;
          });
    }
  }

  /** The schema with everything that is used more than once replaced by a reference. */
  Object share(Object schema, String path) {
    boolean worth =
        uses.getOrDefault(schema, 0) > 1 && CompactJson.line(schema).length() >= WORTH_SHARING;
    if (!worth) {
      return walk(schema, path, this::share);
    }
    String name = names.get(schema);
    if (name == null) {
      // Two versions of a kind with different schemas have the same paths.
      name = path;
      for (int number = 2; names.containsValue(name); number++) {
        name = path + "~" + number;
      }
      names.put(schema, name);
      definitions.put(name, walk(schema, path, this::share));
    }
    return Map.of("$ref", name);
  }

  /** What is done with each schema directly within another. */
  @FunctionalInterface
  private interface Visit {
    Object child(Object schema, String path);
  }

  private static Object walk(Object schema, String path, Visit visit) {
    Map<String, Object> copy = new TreeMap<>();
    SchemaReducer.map(schema)
        .forEach((keyword, value) -> copy.put(keyword, keyword(keyword, value, path, visit)));
    return copy;
  }

  private static Object keyword(String keyword, Object value, String path, Visit visit) {
    return switch (keyword) {
      case "properties" -> {
        Map<String, Object> properties = new TreeMap<>();
        SchemaReducer.map(value)
            .forEach((name, child) -> properties.put(name, visit.child(child, path + "." + name)));
        yield properties;
      }
      case "items" -> visit.child(value, path + "[]");
      case "not" -> visit.child(value, path + ".not");
      case "additionalProperties" ->
          value instanceof Map<?, ?> ? visit.child(value, path + "{}") : value;
      case "oneOf", "anyOf", "allOf" -> {
        List<Object> all = new ArrayList<>();
        for (Object child : (List<?>) value) {
          all.add(visit.child(child, path + "." + keyword + all.size()));
        }
        yield all;
      }
      default -> value;
    };
  }
}
