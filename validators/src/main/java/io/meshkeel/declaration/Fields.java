package io.meshkeel.declaration;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the fields of a map of an own kind. Each mistake is noted; the answer is then the fallback,
 * so that reading goes on and finds the next one.
 */
final class Fields {
  private final Map<String, Object> map;
  private final JsonPath at;
  private final Problems problems;

  Fields(Map<String, Object> map, JsonPath at, Problems problems) {
    this.map = map;
    this.at = at;
    this.problems = problems;
  }

  /**
   * Notes each field that isn't known, and each that is but isn't supported by this version.
   *
   * @param unsupported fields that the kind has and this version can't carry out
   */
  Fields allow(Set<String> known, Set<String> unsupported) {
    for (String name : new TreeSet<>(map.keySet())) {
      if (known.contains(name)) {
        continue;
      }
      if (unsupported.contains(name)) {
        problems.add(
            DeclarationError.NOT_SUPPORTED,
            at.field(name),
            "'" + at.field(name) + "' is not supported by this version",
            "remove it; this version would not carry it out");
        continue;
      }
      Set<String> all = new TreeSet<>(known);
      all.addAll(unsupported);
      String where = at.equals(JsonPath.ROOT) ? "" : " in '" + at + "'";
      problems.add(
          DeclarationError.UNKNOWN_FIELD,
          at.field(name),
          "there is no field '" + name + "'" + where + ClosestName.hint(name, all),
          "use one of " + String.join(", ", new TreeSet<>(known)));
    }
    return this;
  }

  /** The map at this field; an empty one if it is missing. */
  Fields child(String name) {
    Object value = map.get(name);
    if (value != null && !(value instanceof Map)) {
      wrongType(name, "a map", value);
    }
    return new Fields(JsonTree.map(map, name), at.field(name), problems);
  }

  String requiredText(String name, String why) {
    Object value = map.get(name);
    if (value == null) {
      problems.add(
          DeclarationError.MISSING_FIELD,
          at.field(name),
          "the field '" + at.field(name) + "' is missing",
          why);
      return "";
    }
    return text(name).orElse("");
  }

  Optional<String> text(String name) {
    Object value = map.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      wrongType(name, "a text", value);
      return Optional.empty();
    }
    if (text.isEmpty()) {
      problems.add(
          DeclarationError.BAD_VALUE,
          at.field(name),
          "'" + at.field(name) + "' is empty",
          "write a value, or leave the field out");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  boolean flag(String name, boolean fallback) {
    Object value = map.get(name);
    if (value != null && !(value instanceof Boolean)) {
      wrongType(name, "true or false", value);
    }
    return value instanceof Boolean flag ? flag : fallback;
  }

  int number(String name, int fallback, int least, int most) {
    Object value = map.get(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Long number)) {
      wrongType(name, "a whole number", value);
      return fallback;
    }
    if (number < least || number > most) {
      problems.add(
          DeclarationError.BAD_VALUE,
          at.field(name),
          "'" + at.field(name) + "' is " + number,
          "write a number from " + least + " to " + most);
      return fallback;
    }
    return number.intValue();
  }

  List<String> texts(String name) {
    Object value = map.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> items)) {
      wrongType(name, "a list of texts", value);
      return List.of();
    }
    List<String> texts = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof String text && !text.isEmpty()) {
        texts.add(text);
      } else {
        problems.add(
            DeclarationError.WRONG_TYPE,
            at.field(name).index(i),
            "item " + i + " of '" + at.field(name) + "' is not a text with content",
            "write a name; put it in quotes if it looks like a number");
      }
    }
    return texts;
  }

  /** One of the values of an enumeration; {@code fallback} if it is missing. */
  <E extends Enum<E>> E word(String name, E[] values, Function<E, String> word, E fallback) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    for (E value : values) {
      if (word.apply(value).equals(text.get())) {
        return value;
      }
    }
    List<String> allowed = Arrays.stream(values).map(word).toList();
    badValue(name, text.get(), allowed);
    return fallback;
  }

  void badValue(String name, String value, List<String> allowed) {
    problems.add(
        DeclarationError.BAD_VALUE,
        at.field(name),
        "'" + at.field(name) + "' is '" + value + "'" + ClosestName.hint(value, allowed),
        "use one of " + String.join(", ", allowed));
  }

  private void wrongType(String name, String wanted, Object value) {
    problems.add(
        DeclarationError.WRONG_TYPE,
        at.field(name),
        "'" + at.field(name) + "' must be " + wanted + ", not " + typeOf(value),
        value instanceof Number || value instanceof Boolean
            ? "put the value in quotes if a text is meant, else write " + wanted
            : "write " + wanted);
  }

  static String typeOf(Object value) {
    return switch (value) {
      case Map<?, ?> m -> "a map";
      case List<?> l -> "a list";
      case String s -> "a text";
      case Boolean b -> "the boolean " + b + " (YAML reads yes, no, on, off, y, n as booleans)";
      default -> "the number " + value;
    };
  }
}
