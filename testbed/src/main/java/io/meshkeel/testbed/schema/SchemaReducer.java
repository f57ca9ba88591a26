package io.meshkeel.testbed.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes the prose out of one custom resource definition and keeps what can be checked. Pure. */
final class SchemaReducer {
  private static final Set<String> PROSE =
      Set.of("description", "title", "example", "externalDocs", "x-kubernetes-map-type");
  private static final Set<String> VALUES =
      Set.of(
          "type",
          "format",
          "nullable",
          "enum",
          "default",
          "required",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties",
          "x-kubernetes-int-or-string",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys");
  private static final Set<String> RULE =
      Set.of("rule", "message", "messageExpression", "reason", "fieldPath", "optionalOldSelf");
  private static final Set<String> NOT_DECLARED =
      Set.of("apiVersion", "kind", "metadata", "status");

  private SchemaReducer() {}

  /** The entry of {@code kinds} for a definition. */
  static Map<String, Object> kind(Map<String, Object> crd) {
    Map<String, Object> spec = map(crd, "spec");
    Map<String, Object> names = map(spec, "names");
    Map<Map<String, Object>, Set<String>> versions = new LinkedHashMap<>();
    String storage = "";
    for (Object each : list(spec, "versions")) {
      Map<String, Object> version = map(each);
      if (Boolean.TRUE.equals(version.get("storage"))) {
        storage = text(version, "name");
      }
      if (Boolean.TRUE.equals(version.get("served"))) {
        Map<String, Object> root = root(map(map(version, "schema"), "openAPIV3Schema"));
        versions.computeIfAbsent(root, r -> new TreeSet<>()).add(text(version, "name"));
      }
    }
    List<Object> schemas = new ArrayList<>();
    versions.forEach((schema, served) ->
        schemas.add(new TreeMap<>(Map.of("schema", schema, "versions", List.copyOf(served)))));
    return new TreeMap<>(
        Map.of(
            "group", text(spec, "group"),
            "kind", text(names, "kind"),
            "plural", text(names, "plural"),
            "scope", text(spec, "scope"),
            "storage", storage,
            "schemas", schemas));
  }

  private static Map<String, Object> root(Map<String, Object> published) {
    Map<String, Object> reduced = schema(published, "");
    if (reduced.get("properties") instanceof Map<?, ?> properties) {
      properties.keySet().removeAll(NOT_DECLARED);
    }
    if (reduced.get("required") instanceof Collection<?> required) {
      List<Object> kept = new ArrayList<>(required);
      kept.removeAll(NOT_DECLARED);
      if (kept.isEmpty()) {
        reduced.remove("required");
      } else {
        reduced.put("required", kept);
      }
    }
    return reduced;
  }

  /** A schema without prose; a new, sorted, changeable map. */
  private static Map<String, Object> schema(Map<String, Object> published, String path) {
    Map<String, Object> reduced = new TreeMap<>();
    published.forEach((keyword, value) -> {
      if (VALUES.contains(keyword)) {
        reduced.put(keyword, value);
      } else if (!PROSE.contains(keyword)) {
        reduced.put(keyword, nested(keyword, value, path));
      }
    });
    return reduced;
  }

  private static Object nested(String keyword, Object value, String path) {
    return switch (keyword) {
      case "properties" -> {
        Map<String, Object> properties = new TreeMap<>();
        map(value)
            .forEach(
                (name, property) -> properties.put(name, schema(map(property), path + "." + name)));
        yield properties;
      }
      case "items", "not" -> schema(map(value), path + "." + keyword);
      case "additionalProperties" ->
          value instanceof Map<?, ?> ? schema(map(value), path + "{}") : value;
      case "oneOf", "anyOf", "allOf" ->
          ((List<?>) value).stream().map(one -> schema(map(one), path + "." + keyword)).toList();
      case "x-kubernetes-validations" ->
          ((List<?>) value).stream().map(one -> rule(map(one), path)).toList();
      default ->
          throw new IllegalArgumentException(
              "the keyword "
                  + keyword
                  + " at "
                  + path
                  + " is unknown to the reduction; decide in"
                  + " SchemaReducer whether a check needs it");
    };
  }

  private static Map<String, Object> rule(Map<String, Object> published, String path) {
    for (String key : published.keySet()) {
      if (!RULE.contains(key)) {
        throw new IllegalArgumentException(
            "the field " + key + " of a rule at " + path + " is unknown to the reduction");
      }
    }
    return new TreeMap<>(published);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  static Map<String, Object> map(Map<String, Object> parent, String key) {
    return map(required(parent, key));
  }

  static List<?> list(Map<String, Object> parent, String key) {
    return (List<?>) required(parent, key);
  }

  static String text(Map<String, Object> parent, String key) {
    return (String) required(parent, key);
  }

  private static Object required(Map<String, Object> parent, String key) {
    Object value = parent.get(key);
    if (value == null) {
      throw new IllegalArgumentException("a definition lacks the field " + key);
    }
    return value;
  }
}
