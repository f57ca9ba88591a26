package io.meshkeel.policy.schema;

import io.meshkeel.model.JsonTree;
import io.meshkeel.policy.cel.CelRule;
import io.meshkeel.policy.schema.Schema.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns schemas as they are stored into {@link Schema}; each definition once. Any thread. */
final class SchemaCompiler {
  private final Map<String, Object> definitions;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

  /**
   * @param definitions what {@code $ref} may name
   */
  SchemaCompiler(Map<String, Object> definitions) {
    this.definitions = definitions;
  }

  /**
   * @throws IllegalArgumentException if a reference names nothing, or a keyword is misused
   */
  Schema compile(Object stored) {
    Map<String, Object> tree = map(stored);
    Object reference = tree.get("$ref");
    if (!(reference instanceof String name)) {
      return build(tree);
    }
    Schema known = compiled.get(name);
    if (known != null) {
      return known;
    }
    if (!(definitions.get(name) instanceof Map<?, ?> definition)) {
      throw new IllegalArgumentException("the schema refers to '" + name + "', which isn't there");
    }
    Schema made = compile(definition);
    Schema before = compiled.putIfAbsent(name, made);
    return before == null ? made : before;
  }

  private Schema build(Map<String, Object> tree) {
    Schema schema = new Schema();
    schema.type = type(tree);
    schema.format = JsonTree.string(tree, "format", "");
    objects(schema, tree);
    lists(schema, tree);
    scalars(schema, tree);
    schema.oneOf = all(tree, "oneOf");
    schema.anyOf = schema.type == Type.INT_OR_STRING ? List.of() : all(tree, "anyOf");
    schema.allOf = all(tree, "allOf");
    schema.not = tree.get("not") == null ? null : compile(map(tree.get("not")));
    Object standard = tree.get("default");
    schema.defaultValue =
        standard == null ? null : JsonTree.freeze(Map.of("value", standard)).get("value");
    schema.hasDefaults = hasDefaults(schema);
    schema.rules =
        JsonTree.maps(tree, "x-kubernetes-validations").stream().map(SchemaCompiler::rule).toList();
    schema.hasRules = !schema.rules.isEmpty() || below(schema, each -> each.hasRules);
    schema.hasTransitionRules =
        schema.rules.stream().anyMatch(CelRule::isTransition)
            || below(schema, each -> each.hasTransitionRules);
    schema.plain = RuleValues.isPlain(schema);
    return schema;
  }

  private static CelRule rule(Map<String, Object> stored) {
    return new CelRule(
        JsonTree.string(stored, "rule", ""),
        JsonTree.string(stored, "message", ""),
        JsonTree.string(stored, "messageExpression", ""),
        JsonTree.string(stored, "fieldPath", ""),
        Boolean.TRUE.equals(stored.get("optionalOldSelf")));
  }

  private static boolean below(Schema schema, Predicate<Schema> test) {
    return schema.properties.values().stream().anyMatch(test)
        || (schema.items != null && test.test(schema.items))
        || (schema.additional != null && test.test(schema.additional));
  }

  private static boolean hasDefaults(Schema schema) {
    return schema.properties.values().stream().anyMatch(each -> each.defaultValue != null)
        || below(schema, each -> each.hasDefaults);
  }

  private static Type type(Map<String, Object> tree) {
    if (Boolean.TRUE.equals(tree.get("x-kubernetes-int-or-string"))) {
      return Type.INT_OR_STRING;
    }
    String type = JsonTree.string(tree, "type", "");
    return switch (type) {
      case "" -> Type.ANY;
      case "object" -> Type.OBJECT;
      case "array" -> Type.ARRAY;
      case "string" -> Type.STRING;
      case "integer" -> Type.INTEGER;
      case "number" -> Type.NUMBER;
      case "boolean" -> Type.BOOLEAN;
      default -> throw new IllegalArgumentException("there is no type '" + type + "'");
    };
  }

  private void objects(Schema schema, Map<String, Object> tree) {
    Map<String, Schema> properties = new HashMap<>();
    JsonTree.map(tree, "properties").forEach((name, each) -> properties.put(name, compile(each)));
    schema.properties = Map.copyOf(properties);
    schema.required = JsonTree.strings(tree, "required");
    Object additional = tree.get("additionalProperties");
    schema.open =
        Boolean.TRUE.equals(tree.get("x-kubernetes-preserve-unknown-fields"))
            || Boolean.TRUE.equals(additional);
    schema.additional = additional instanceof Map<?, ?> each ? compile(each) : null;
    schema.minProperties = integer(tree, "minProperties", 0);
    schema.maxProperties = integer(tree, "maxProperties", Integer.MAX_VALUE);
  }

  private void lists(Schema schema, Map<String, Object> tree) {
    Object items = tree.get("items");
    schema.items = items == null ? null : compile(map(items));
    schema.minItems = integer(tree, "minItems", 0);
    schema.maxItems = integer(tree, "maxItems", Integer.MAX_VALUE);
    String listType = JsonTree.string(tree, "x-kubernetes-list-type", "");
    schema.distinct = listType.equals("set") || Boolean.TRUE.equals(tree.get("uniqueItems"));
    schema.mapKeys =
        listType.equals("map") ? JsonTree.strings(tree, "x-kubernetes-list-map-keys") : List.of();
  }

  private static void scalars(Schema schema, Map<String, Object> tree) {
    schema.allowed = JsonTree.list(tree, "enum");
    schema.allowedSet = Set.copyOf(schema.allowed);
    schema.minimum = number(tree, "minimum");
    schema.maximum = number(tree, "maximum");
    schema.aboveMinimum = Boolean.TRUE.equals(tree.get("exclusiveMinimum"));
    schema.belowMaximum = Boolean.TRUE.equals(tree.get("exclusiveMaximum"));
    schema.multipleOf = number(tree, "multipleOf");
    schema.minLength = integer(tree, "minLength", 0);
    schema.maxLength = integer(tree, "maxLength", Integer.MAX_VALUE);
    String pattern = JsonTree.string(tree, "pattern", "");
    schema.pattern = pattern.isEmpty() ? null : Pattern.compile(pattern);
  }

  private List<Schema> all(Map<String, Object> tree, String keyword) {
    List<Schema> schemas = new ArrayList<>();
    for (Object each : JsonTree.list(tree, keyword)) {
      schemas.add(compile(each));
    }
    return List.copyOf(schemas);
  }

  private static int integer(Map<String, Object> tree, String keyword, int fallback) {
    return tree.get(keyword) instanceof Long value
        ? (int) Math.min(value, Integer.MAX_VALUE)
        : fallback;
  }

  private static @Nullable Double number(Map<String, Object> tree, String keyword) {
    return tree.get(keyword) instanceof Number value ? value.doubleValue() : null;
  }

  @SuppressWarnings("unchecked") // keys are strings: it was read as JSON
  private static Map<String, Object> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("a schema must be a map, not " + value);
  }
}
