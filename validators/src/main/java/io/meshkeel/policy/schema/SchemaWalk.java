package io.meshkeel.policy.schema;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.policy.schema.Schema.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One walk over one object. The path is kept on a stack and only made when something is wrong. */
final class SchemaWalk {
  /** What is told of one object: 50 places. */
  static final int MAX_VIOLATIONS = 50;

  private static final Set<String> EVERY_OBJECT =
      Set.of("apiVersion", "kind", "metadata", "status");

  private final List<SchemaViolation> found = new ArrayList<>(0);
  private Object[] stack = new Object[24];
  private int depth;

  List<SchemaViolation> check(Map<String, Object> content, Schema schema) {
    fields(content, schema, true);
    combinations(content, schema);
    return List.copyOf(found);
  }

  /** Whether a value is as a schema wants it. */
  static boolean fits(Object value, Schema schema) {
    SchemaWalk walk = new SchemaWalk();
    walk.value(value, schema);
    return walk.found.isEmpty();
  }

  private void value(Object value, Schema schema) {
    if (!Scalars.hasType(value, schema.type)) {
      wrongType(value, schema);
      return;
    }
    switch (value) {
      case Map<?, ?> map -> fields(map, schema, false);
      case List<?> list -> items(list, schema);
      default -> {
        String wrong = Scalars.problem(value, schema);
        if (wrong != null) {
          scalar(value, schema, wrong);
        }
      }
    }
    if (schema.combined()) {
      combinations(value, schema);
    }
  }

  private void wrongType(Object value, Schema schema) {
    String remediation =
        schema.type == Type.STRING && !(value instanceof Map || value instanceof List)
            ? "put the value in quotes"
            : value instanceof String && schema.type != Type.ARRAY && schema.type != Type.OBJECT
                ? "write " + schema.type.words() + ", without quotes"
                : "write " + schema.type.words();
    add(
        SchemaError.TYPE,
        "'" + name() + "' must be " + schema.type.words() + ", not " + Scalars.describe(value),
        remediation,
        Fixes.type(path(), value, schema));
  }

  private void scalar(Object value, Schema schema, String wrong) {
    if (!schema.allowedSet.isEmpty() && !schema.allowedSet.contains(value)) {
      List<String> allowed = schema.allowed.stream().map(String::valueOf).toList();
      add(
          SchemaError.ENUM,
          "'"
              + name()
              + "' is "
              + Scalars.quote(value)
              + ClosestName.hint(String.valueOf(value), allowed),
          "use one of " + String.join(", ", allowed),
          Fixes.word(path(), value, allowed));
      return;
    }
    boolean form = value instanceof String && wrong.startsWith("has the form");
    add(
        form ? SchemaError.FORMAT : SchemaError.BOUNDS,
        "'" + name() + "' is " + Scalars.quote(value) + ", not a value that " + wrong,
        "write a value that " + wrong);
  }

  private void fields(Map<?, ?> map, Schema schema, boolean root) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = (String) entry.getKey();
      Schema property = schema.properties.get(name);
      if (property == null) {
        property = schema.additional;
      }
      push(name);
      if (property != null) {
        value(entry.getValue(), property);
      } else if (!allowsUnknown(schema) && !(root && EVERY_OBJECT.contains(name))) {
        unknown(name, map, schema);
      }
      depth--;
    }
    for (int i = 0; i < schema.required.size(); i++) {
      String name = schema.required.get(i);
      if (!map.containsKey(name)) {
        push(name);
        add(SchemaError.REQUIRED, "the field '" + name + "' is missing", "write it");
        depth--;
      }
    }
    if (map.size() < schema.minProperties || map.size() > schema.maxProperties) {
      size("fields", map.size(), schema.minProperties, schema.maxProperties);
    }
  }

  /** An object without any {@code properties} holds whatever it likes. */
  private static boolean allowsUnknown(Schema schema) {
    return schema.open || schema.type == Type.ANY;
  }

  private void unknown(String name, Map<?, ?> map, Schema schema) {
    Set<String> known = schema.properties.keySet();
    add(
        SchemaError.UNKNOWN_FIELD,
        "there is no field '" + Scalars.shortened(name) + "' here" + ClosestName.hint(name, known),
        known.isEmpty() ? "remove it" : "use one of " + Scalars.shortList(new TreeSet<>(known)),
        Fixes.field(path(), name, map.get(name), map, schema));
  }

  private void items(List<?> list, Schema schema) {
    if (list.size() < schema.minItems || list.size() > schema.maxItems) {
      size("items", list.size(), schema.minItems, schema.maxItems);
    }
    if (schema.items != null && list.size() <= schema.maxItems) {
      for (int i = 0; i < list.size(); i++) {
        push(i);
        value(list.get(i), schema.items);
        depth--;
      }
    }
    if (schema.distinct || !schema.mapKeys.isEmpty()) {
      duplicates(list, schema);
    }
  }

  private void duplicates(List<?> list, Schema schema) {
    Set<Object> seen = HashSet.newHashSet(list.size());
    for (int i = 0; i < list.size(); i++) {
      Object identity = schema.distinct ? list.get(i) : keys(list.get(i), schema);
      if (identity != null && !seen.add(identity)) {
        push(i);
        add(
            SchemaError.DUPLICATE,
            "the list holds " + Scalars.quote(identity) + " twice",
            "keep one of the two");
        depth--;
      }
    }
  }

  private static @Nullable Object keys(Object item, Schema schema) {
    if (!(item instanceof Map<?, ?> map) || schema.items == null) {
      return null;
    }
    List<String> values = new ArrayList<>(schema.mapKeys.size());
    for (String key : schema.mapKeys) {
      Object value = map.get(key);
      Schema property = schema.items.properties.get(key);
      if (value == null && property != null) {
        value = property.defaultValue;
      }
      values.add(key + ": " + value);
    }
    return String.join(", ", values);
  }

  private void size(String what, int size, int least, int most) {
    String wanted = size < least ? "at least " + least : "at most " + most;
    add(
        SchemaError.BOUNDS,
        "'" + name() + "' has " + size + " " + what,
        "write " + wanted + " " + what);
  }

  private void combinations(Object value, Schema schema) {
    String wrong = Alternatives.problem(value, schema);
    if (wrong != null) {
      String at = depth == 0 ? "the object" : "'" + name() + "'";
      add(SchemaError.ALTERNATIVES, at + " " + wrong, "write one of the alternatives only");
    }
  }

  private void push(Object segment) {
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, depth * 2);
    }
    stack[depth++] = segment;
  }

  /** The last field name of the path, with the index behind it. */
  private String name() {
    if (depth == 0) {
      return "the object";
    }
    int at = depth - 1;
    while (at > 0 && stack[at] instanceof Integer) {
      at--;
    }
    return Scalars.shortened(new JsonPath(Arrays.asList(stack).subList(at, depth)).toString());
  }

  private void add(SchemaError error, String message, String remediation) {
    add(error, message, remediation, null);
  }

  private void add(SchemaError error, String message, String remediation, @Nullable Fix fix) {
    if (found.size() < MAX_VIOLATIONS) {
      found.add(new SchemaViolation(error, path(), message, remediation, fix));
    }
  }

  private JsonPath path() {
    return new JsonPath(Arrays.asList(stack).subList(0, depth));
  }

  /** Whether a whole number fits {@code format}. */
  static boolean inFormat(Object value, String format) {
    if (value instanceof BigInteger) {
      return format.equals("uint64") || format.isEmpty();
    }
    return !(value instanceof Long number)
        || switch (format) {
          case "int32" -> number == number.intValue();
          case "uint32" -> number >= 0 && number <= 0xFFFF_FFFFL;
          default -> true;
        };
  }
}
