package io.meshkeel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place within an object: field names and list indexes from its root.
 *
 * @param segments {@code String} for a field, {@code Integer} for an index counted from 0
 */
public record JsonPath(List<Object> segments) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

  /** The object itself. */
  public static final JsonPath ROOT = new JsonPath(List.of());

  /**
   * @throws IllegalArgumentException if a segment is neither a string nor a non-negative integer
   */
  public JsonPath {
    segments = List.copyOf(segments);
    for (Object segment : segments) {
      if (!(segment instanceof String) && !(segment instanceof Integer i && i >= 0)) {
        throw new IllegalArgumentException("not a path segment: " + segment);
      }
    }
  }

  public static JsonPath of(Object... segments) {
    return new JsonPath(List.of(segments));
  }

  /** The place that holds this one; the root is its own. */
  public JsonPath parent() {
    return segments.isEmpty() ? this : new JsonPath(segments.subList(0, segments.size() - 1));
  }

  public JsonPath field(String name) {
    return with(name);
  }

  public JsonPath index(int index) {
    return with(index);
  }

  private JsonPath with(Object segment) {
    List<Object> longer = new ArrayList<>(segments.size() + 1);
    longer.addAll(segments);
    longer.add(segment);
    return new JsonPath(longer);
  }

  /** What the tree holds at this path. */
  public Optional<Object> find(Map<String, Object> tree) {
    Object at = tree;
    for (Object segment : segments) {
      Object next = step(at, segment);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  private static @Nullable Object step(Object at, Object segment) {
    if (segment instanceof Integer index) {
      return at instanceof List<?> list && index < list.size() ? list.get(index) : null;
    }
    return at instanceof Map<?, ?> map ? map.get(segment) : null;
  }

  /**
   * {@code spec.http[0].route[1].weight}; a name that isn't plain is quoted: {@code
   * metadata.labels["a/b"]}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Object segment : segments) {
      if (segment instanceof Integer) {
        text.append('[').append(segment).append(']');
      } else if (PLAIN.matcher((String) segment).matches()) {
        text.append(text.isEmpty() ? "" : ".").append(segment);
      } else {
        text.append("[\"").append(((String) segment).replace("\"", "\\\"")).append("\"]");
      }
    }
    return text.toString();
  }
}
