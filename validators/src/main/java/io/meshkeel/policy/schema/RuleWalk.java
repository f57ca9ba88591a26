package io.meshkeel.policy.schema;

import io.meshkeel.model.JsonPath;
import io.meshkeel.policy.cel.CelRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the CEL rules of a schema about one object, each at the place where it stands, if there is a
 * value. The object must have the structure that the schema asks for.
 */
final class RuleWalk {
  private final List<SchemaViolation> found = new ArrayList<>(0);
  private final List<Object> path = new ArrayList<>();

  /**
   * @param content with the defaults of the schema filled in
   * @param old the content before; null if there was no such object
   */
  static List<SchemaViolation> check(
      Map<String, Object> content, @Nullable Map<String, Object> old, Schema schema) {
    RuleWalk walk = new RuleWalk();
    walk.value(content, old, schema);
    return walk.found;
  }

  private void value(Object value, @Nullable Object old, Schema schema) {
    if (!schema.hasRules || found.size() >= SchemaWalk.MAX_VIOLATIONS) {
      return;
    }
    if (!schema.rules.isEmpty()) {
      Object self = RuleValues.of(value, schema);
      Object before = old == null ? null : RuleValues.of(old, schema);
      for (CelRule rule : schema.rules) {
        rule.broken(self, before).ifPresent(message -> add(rule, message));
      }
    }
    switch (value) {
      case Map<?, ?> map ->
          fields(map, old instanceof Map<?, ?> before ? before : Map.of(), schema);
      case List<?> list -> items(list, old instanceof List<?> before ? before : List.of(), schema);
      default -> {}
    }
  }

  private void fields(Map<?, ?> map, Map<?, ?> old, Schema schema) {
    map.forEach((name, value) -> {
      Schema property = schema.properties.getOrDefault(name, schema.additional);
      if (property != null && property.hasRules) {
        path.add(name);
        value(value, old.get(name), property);
        path.removeLast();
      }
    });
  }

  private void items(List<?> list, List<?> old, Schema schema) {
    Schema items = schema.items;
    if (items == null || !items.hasRules) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      path.add(i);
      value(list.get(i), before(list.get(i), old, schema), items);
      path.removeLast();
    }
  }

  /** Only items of a list that is a map by keys are told apart from others. */
  private static @Nullable Object before(Object item, List<?> old, Schema schema) {
    if (schema.mapKeys.isEmpty() || !(item instanceof Map<?, ?> map)) {
      return null;
    }
    for (Object each : old) {
      if (each instanceof Map<?, ?> former
          && schema.mapKeys.stream()
              .allMatch(key -> Objects.equals(former.get(key), map.get(key)))) {
        return each;
      }
    }
    return null;
  }

  private void add(CelRule rule, String message) {
    List<Object> place = new ArrayList<>(path);
    place.addAll(RuleValues.steps(rule.fieldPath()));
    JsonPath at = new JsonPath(place);
    found.add(
        new SchemaViolation(
            SchemaError.RULE, at, "'" + name(at) + "': " + message, rule.remediation()));
  }

  private static String name(JsonPath path) {
    List<Object> segments = path.segments();
    int at = segments.size() - 1;
    while (at > 0 && segments.get(at) instanceof Integer) {
      at--;
    }
    return at < 0
        ? "the object"
        : Scalars.shortened(new JsonPath(segments.subList(at, segments.size())).toString());
  }
}
