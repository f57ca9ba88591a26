package io.meshkeel.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Shows values of fields as one line of bounded length, JSON as far as it fits. */
public final class ValueText {
  /** Longest text, in characters. */
  static final int MAX_LENGTH = 120;

  private final StringBuilder text = new StringBuilder();

  private ValueText() {}

  /** The value; an empty string for none. */
  public static String of(Optional<Object> value) {
    ValueText shown = new ValueText();
    value.ifPresent(shown::value);
    return shown.text.length() <= MAX_LENGTH
        ? shown.text.toString()
        : shown.text.substring(0, shown.text.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
  }

  private void value(Object value) {
    if (text.length() > 2 * MAX_LENGTH) {
      return;
    }
    switch (value) {
      case Map<?, ?> map -> {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
          text.append(separator);
          quoted(String.valueOf(entry.getKey()));
          text.append(": ");
          value(entry.getValue());
          separator = ", ";
        }
        text.append('}');
      }
      case List<?> list -> {
        text.append('[');
        String separator = "";
        for (Object item : list) {
          text.append(separator);
          value(item);
          separator = ", ";
        }
        text.append(']');
      }
      case String string -> quoted(string);
      default -> text.append(value);
    }
  }

  private void quoted(String string) {
    text.append('"');
    string
        .codePoints()
        .limit(2L * MAX_LENGTH)
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            text.append('\\').appendCodePoint(c);
          } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            text.append(String.format("\\u%04x", c));
          } else {
            text.appendCodePoint(c);
          }
        });
    text.append('"');
  }
}
