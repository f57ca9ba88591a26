package io.meshkeel.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One column of a module.
 *
 * @param name stable, in camel case: the key in JSON and YAML
 * @param wide whether a table shows it only when asked for all columns
 * @param passing whether it says when or in which revision was looked: a row in which nothing else
 *     is otherwise is the same row still
 * @param text as a table shows it; empty if there is nothing
 * @param value as JSON holds it: a text, a number, a boolean, a list or a map of such, or an {@link
 *     Optional} of one, which is left out where it is empty
 * @param <R> the rows
 */
public record Column<R>(
    String name,
    boolean wide,
    boolean passing,
    Function<R, String> text,
    Function<R, Object> value) {
  Column(String name, boolean wide, Function<R, String> text, Function<R, Object> value) {
    this(name, wide, false, text, value);
  }

  /** A column whose text follows from its value. */
  static <R> Column<R> of(String name, Function<R, Object> value) {
    return new Column<>(name, false, value.andThen(Column::text), value);
  }

  /** The same, for wide tables only. */
  static <R> Column<R> wide(String name, Function<R, Object> value) {
    return new Column<>(name, true, value.andThen(Column::text), value);
  }

  /** The same, of when or in which revision was looked. */
  static <R> Column<R> passing(String name, Function<R, Object> value) {
    return new Column<>(name, true, true, value.andThen(Column::text), value);
  }

  /** As the header of a table: {@code remoteSecret} is {@code REMOTE-SECRET}. */
  public String header() {
    StringBuilder header = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (Character.isUpperCase(c)) {
        header.append('-');
      }
      header.append(Character.toUpperCase(c));
    }
    return header.toString();
  }

  private static String text(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(Column::text).orElse("");
      case List<?> list -> list.stream().map(Column::text).collect(Collectors.joining(","));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .sorted()
              .collect(Collectors.joining(","));
      default -> value.toString();
    };
  }
}
