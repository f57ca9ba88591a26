package io.meshkeel.declaration;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Notes everything in a document that is not as its {@link Shape} says, each with its path. */
final class ShapeCheck {
  private final Problems problems;

  ShapeCheck(Problems problems) {
    this.problems = problems;
  }

  /** A value at a path. */
  void value(Shape shape, Object value, JsonPath at) {
    switch (shape) {
      case Shape.Text(TextForm form) -> text(form, value, at);
      case Shape.Word(List<String> words) -> word(words, value, at);
      case Shape.Flag() -> {
        if (!(value instanceof Boolean)) {
          wrongType(at, "true or false", value);
        }
      }
      case Shape.Whole(int least, int most) -> whole(least, most, value, at);
      case Shape.ListOf(Shape item, int least) -> list(item, least, value, at);
      case Shape.Texts() -> texts(value, at);
      case Shape.Struct struct -> {
        if (value instanceof Map<?, ?> map) {
          struct(struct, map, at);
        } else {
          wrongType(at, "a map", value);
        }
      }
      case Shape.Foreign(List<String> names) -> foreign(names, value, at);
      case Shape.Or(String word, Shape other) -> {
        if (value instanceof String text) {
          word(List.of(word), text, at, " or " + said(other));
        } else {
          value(other, value, at);
        }
      }
    }
  }

  private void struct(Shape.Struct struct, Map<?, ?> map, JsonPath at) {
    unknown(struct, map, at);
    for (Shape.Field field : struct.fields()) {
      JsonPath path = at.field(field.name());
      Object value = map.get(field.name());
      if (value == null) {
        if (field.need() == Shape.Need.REQUIRED && !isMisspelt(field.name(), struct, map)) {
          problems.add(
              DeclarationError.MISSING_FIELD,
              path,
              "the field '" + path + "' is missing",
              field.meaning());
        }
      } else if (field.need() == Shape.Need.LATER) {
        problems.add(
            DeclarationError.NOT_SUPPORTED,
            path,
            "'" + path + "' is not supported by this version",
            "remove it; this version would not carry it out");
      } else {
        value(field.shape(), value, path);
      }
    }
  }

  /** Then the unknown field is told, and what it was meant for. */
  private static boolean isMisspelt(String missing, Shape.Struct struct, Map<?, ?> map) {
    TreeSet<String> known = new TreeSet<>();
    struct.fields().forEach(field -> known.add(field.name()));
    return map.keySet().stream()
        .map(String::valueOf)
        .filter(name -> !known.contains(name))
        .anyMatch(name -> ClosestName.slip(name, known).filter(missing::equals).isPresent());
  }

  private void unknown(Shape.Struct struct, Map<?, ?> map, JsonPath at) {
    TreeSet<String> known = new TreeSet<>();
    TreeSet<String> all = new TreeSet<>();
    for (Shape.Field field : struct.fields()) {
      all.add(field.name());
      if (field.need() != Shape.Need.LATER) {
        known.add(field.name());
      }
    }
    for (Object key : new TreeSet<>(map.keySet())) {
      String name = String.valueOf(key);
      if (!all.contains(name)) {
        unknown(name, map, known, all, at);
      }
    }
  }

  private void unknown(
      String name, Map<?, ?> map, TreeSet<String> known, TreeSet<String> all, JsonPath at) {
    String where = at.equals(JsonPath.ROOT) ? "" : " in '" + at + "'";
    problems.add(
        DeclarationError.UNKNOWN_FIELD,
        at.field(name),
        "there is no field '"
            + Metadata.shortened(name)
            + "'"
            + where
            + ClosestName.hint(name, all),
        "use one of " + String.join(", ", known),
        ClosestName.slip(name, known)
            .filter(meant -> !map.containsKey(meant))
            .map(meant -> Fix.of("write " + meant, new Fix.Rename(at.field(name), meant)))
            .orElse(null));
  }

  private void text(TextForm form, Object value, JsonPath at) {
    Object given = form == TextForm.QUANTITY && value instanceof Long ? value.toString() : value;
    if (!(given instanceof String text)) {
      wrongType(at, "a text", value);
    } else if (text.isEmpty()) {
      problems.add(
          DeclarationError.BAD_VALUE,
          at,
          "'" + at + "' is empty",
          "write a value, or leave the field out");
    } else if (!form.matches(text)) {
      problems.add(
          DeclarationError.BAD_VALUE,
          at,
          "'" + at + "' is '" + Metadata.shortened(text) + "'",
          "write " + form.said());
    }
  }

  private void word(List<String> words, Object value, JsonPath at) {
    if (value instanceof String text) {
      word(words, text, at, "");
    } else {
      wrongType(at, "a text", value);
    }
  }

  private void word(List<String> words, String text, JsonPath at, String more) {
    if (!words.contains(text)) {
      problems.add(
          DeclarationError.BAD_VALUE,
          at,
          "'" + at + "' is '" + Metadata.shortened(text) + "'" + ClosestName.hint(text, words),
          "use one of " + String.join(", ", words) + more,
          ClosestName.slip(text, words)
              .map(meant -> Fix.of("write " + meant, new Fix.Put(at, meant)))
              .orElse(null));
    }
  }

  private void whole(int least, int most, Object value, JsonPath at) {
    if (!(value instanceof Long number)) {
      wrongType(at, "a whole number", value);
    } else if (number < least || number > most) {
      problems.add(
          DeclarationError.BAD_VALUE,
          at,
          "'" + at + "' is " + number,
          "write a number from " + least + " to " + most);
    }
  }

  private void list(Shape item, int least, Object value, JsonPath at) {
    if (!(value instanceof List<?> items)) {
      wrongType(at, "a list of " + said(item), value);
      return;
    }
    if (items.size() < least) {
      problems.add(
          DeclarationError.BAD_VALUE,
          at,
          "'" + at + "' is empty",
          "write at least " + least + ", or leave the field out if it isn't required");
    }
    List<Object> seen = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Object each = items.get(i);
      if (item instanceof Shape.Text && !(each instanceof String)) {
        problems.add(
            DeclarationError.WRONG_TYPE,
            at.index(i),
            "item " + i + " of '" + at + "' is not a text with content",
            "write a name; put it in quotes if it looks like a number");
      } else {
        value(item, each, at.index(i));
      }
      if (!(each instanceof Map) && seen.contains(each)) {
        problems.add(
            DeclarationError.BAD_VALUE,
            at.index(i),
            "'" + at + "' holds '" + Metadata.shortened(String.valueOf(each)) + "' twice",
            "write it once");
      }
      seen.add(each);
    }
  }

  private void texts(Object value, JsonPath at) {
    if (!(value instanceof Map<?, ?> map)) {
      wrongType(at, "a map", value);
      return;
    }
    map.forEach((key, each) -> {
      if (!(each instanceof String)) {
        wrongType(at.field(String.valueOf(key)), "a text", each);
      }
    });
  }

  private void foreign(List<String> names, Object value, JsonPath at) {
    if (!(value instanceof Map<?, ?> map)) {
      wrongType(at, "a map", value);
      return;
    }
    TreeSet<String> known = new TreeSet<>(names);
    for (Object key : new TreeSet<>(map.keySet())) {
      if (!known.contains(key)) {
        unknown(String.valueOf(key), map, known, known, at);
      }
    }
  }

  private void wrongType(JsonPath at, String wanted, Object value) {
    problems.add(
        DeclarationError.WRONG_TYPE,
        at,
        "'" + at + "' must be " + wanted + ", not " + Fields.typeOf(value),
        value instanceof Number || value instanceof Boolean
            ? "put the value in quotes if a text is meant, else write " + wanted
            : "write " + wanted);
  }

  private static String said(Shape shape) {
    return switch (shape) {
      case Shape.Text _, Shape.Word _ -> "texts";
      case Shape.Flag _ -> "flags";
      case Shape.Whole _ -> "whole numbers";
      case Shape.ListOf(Shape item, _) -> "a list of " + said(item);
      case Shape.Texts _, Shape.Struct _, Shape.Foreign _ -> "maps";
      case Shape.Or(String word, Shape other) -> "'" + word + "' or " + said(other);
    };
  }
}
