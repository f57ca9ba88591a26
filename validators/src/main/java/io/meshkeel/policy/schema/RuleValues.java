package io.meshkeel.policy.schema;

import io.meshkeel.policy.schema.Schema.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values as Kubernetes shows them to CEL rules: fields that aren't described are left out, names
 * that CEL reserves are escaped ({@code namespace} is {@code __namespace__}), a {@code number} is a
 * double even if it is whole.
 */
final class RuleValues {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private RuleValues() {}

  /** Whether a value of this schema is shown as it is. */
  static boolean isPlain(Schema schema) {
    if (schema.type == Type.NUMBER || schema.open || schema.type == Type.ANY) {
      return false;
    }
    return schema.properties.entrySet().stream()
            .allMatch(each -> each.getValue().plain && escaped(each.getKey()).equals(each.getKey()))
        && (schema.items == null || schema.items.plain)
        && (schema.additional == null || schema.additional.plain);
  }

  /** The value of a place as its rules see it. */
  static Object of(Object value, Schema schema) {
    if (schema.plain) {
      return value;
    }
    return switch (value) {
      case Map<?, ?> map -> map(map, schema);
      case List<?> list -> {
        Schema items = schema.items;
        yield items == null || items.plain
            ? list
            : list.stream().map(item -> of(item, items)).toList();
      }
      case Long number when schema.type == Type.NUMBER -> (double) number;
      case BigInteger number -> number.doubleValue();
      default -> value;
    };
  }

  private static Map<String, Object> map(Map<?, ?> map, Schema schema) {
    Map<String, Object> shown = HashMap.newHashMap(map.size());
    map.forEach((key, value) -> {
      String name = (String) key;
      Schema property = schema.properties.get(name);
      if (property != null) {
        shown.put(escaped(name), of(value, property));
      } else if (schema.additional != null) {
        shown.put(name, of(value, schema.additional));
      }
    });
    return shown;
  }

  /** The name of a field as an expression writes it. */
  static String escaped(String name) {
    if (RESERVED.contains(name)) {
      return "__" + name + "__";
    }
    boolean harmless =
        !name.contains("__") && name.chars().noneMatch(c -> c == '.' || c == '-' || c == '/');
    return harmless
        ? name
        : name.replace("__", "__underscores__")
            .replace(".", "__dot__")
            .replace("-", "__dash__")
            .replace("/", "__slash__");
  }

  /** The steps of a rule's {@code fieldPath}: {@code .a.b} and {@code ['a.b']}. */
  static List<String> steps(String fieldPath) {
    List<String> steps = new ArrayList<>();
    int at = 0;
    while (at < fieldPath.length()) {
      if (fieldPath.startsWith("['", at)) {
        int end = fieldPath.indexOf("']", at);
        steps.add(fieldPath.substring(at + 2, end < 0 ? fieldPath.length() : end));
        at = end < 0 ? fieldPath.length() : end + 2;
      } else {
        int start = fieldPath.charAt(at) == '.' ? at + 1 : at;
        int end = start;
        while (end < fieldPath.length() && ".[".indexOf(fieldPath.charAt(end)) < 0) {
          end++;
        }
        steps.add(fieldPath.substring(start, end));
        at = Math.max(end, at + 1);
      }
    }
    return steps;
  }
}
