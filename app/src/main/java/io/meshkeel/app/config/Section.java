package io.meshkeel.app.config;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one map of the configuration. A key that is asked for is known; what is left
 * over is a mistake. A mistake is noted and answered with a fallback, so that all are found at
 * once.
 */
final class Section {
  private final Map<String, Object> map;
  private final JsonPath at;
  private final Mistakes mistakes;
  private final Map<String, Section> children = new TreeMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  Section(Map<String, Object> map, JsonPath at, Mistakes mistakes) {
    this.map = map;
    this.at = at;
    this.mistakes = mistakes;
  }

  /** The map at a key; an empty one if it is missing. */
  Section section(String key) {
    return children.computeIfAbsent(
        key,
        name -> {
          Object value = value(name);
          if (value != null && !(value instanceof Map)) {
            wrongType(name, "a map", value);
          }
          return new Section(JsonTree.map(map, name), at.field(name), mistakes);
        });
  }

  boolean has(String key) {
    return map.containsKey(key);
  }

  Optional<String> text(String key) {
    Object value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      wrongType(key, "a text", value);
      return Optional.empty();
    }
    if (text.isBlank()) {
      mistakes.add(
          at.field(key), "'" + at.field(key) + "' is empty", "write a value or leave it out");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  String text(String key, String fallback) {
    return text(key).orElse(fallback);
  }

  /** A text that must be there; empty after the mistake was noted. */
  String required(String key, String what) {
    Optional<String> text = text(key);
    if (!map.containsKey(key)) {
      mistakes.add(at, "'" + at.field(key) + "' is missing", "write " + what);
    }
    return text.orElse("");
  }

  boolean flag(String key, boolean fallback) {
    Object value = value(key);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Boolean flag)) {
      wrongType(key, "true or false", value);
      return fallback;
    }
    return flag;
  }

  int number(String key, int fallback, int least, int most) {
    Object value = value(key);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Long number)) {
      wrongType(key, "a whole number", value);
      return fallback;
    }
    if (number < least || number > most) {
      mistakes.add(
          at.field(key),
          "'" + at.field(key) + "' is " + number,
          "write a number from " + least + " to " + most);
      return fallback;
    }
    return number.intValue();
  }

  /** A length of time: a whole number with ms, s, m or h. */
  Duration duration(String key, Duration fallback, Duration least, Duration most) {
    Object value = value(key);
    if (value == null) {
      return fallback;
    }
    Optional<Duration> read =
        value instanceof String text ? Durations.parse(text) : Optional.empty();
    if (read.isEmpty() || read.get().compareTo(least) < 0 || read.get().compareTo(most) > 0) {
      mistakes.add(
          at.field(key),
          "'" + at.field(key) + "' is " + value,
          "write a length of time from "
              + Durations.format(least)
              + " to "
              + Durations.format(most)
              + ", for example "
              + Durations.format(fallback));
      return fallback;
    }
    return read.get();
  }

  /** All keys with the texts they hold; for maps whose keys are free. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    for (String key : new TreeSet<>(map.keySet())) {
      text(key).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  void mistake(String key, String message, String remediation) {
    mistakes.add(at.field(key), message, remediation);
  }

  JsonPath path() {
    return at;
  }

  /** Notes each key that nobody asked for, here and below. */
  void close() {
    for (String key : new TreeSet<>(map.keySet())) {
      if (!known.contains(key)) {
        mistakes.add(
            at.field(key),
            "there is no key '" + at.field(key) + "'" + ClosestName.hint(key, known),
            "use one of " + String.join(", ", known));
      }
    }
    children.values().forEach(Section::close);
  }

  /** The paths of all keys that were asked for, here and below, without those of free maps. */
  void collect(TreeSet<String> paths) {
    for (String key : known) {
      Section child = children.get(key);
      if (child == null || child.known.isEmpty()) {
        paths.add(at.field(key).toString());
      } else {
        child.collect(paths);
      }
    }
  }

  private @Nullable Object value(String key) {
    known.add(key);
    return map.get(key);
  }

  private void wrongType(String key, String wanted, Object value) {
    String found =
        switch (value) {
          case Map<?, ?> ignored -> "a map";
          case List<?> ignored -> "a list";
          case String ignored -> "a text";
          default -> value.toString();
        };
    mistakes.add(at.field(key), "'" + at.field(key) + "' is " + found, "write " + wanted);
  }
}
