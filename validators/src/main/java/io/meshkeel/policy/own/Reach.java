package io.meshkeel.policy.own;

import io.meshkeel.model.JsonPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a path leads within an object. Pure. */
final class Reach {
  private Reach() {}

  /** The longest part of the path that is there. */
  static JsonPath within(Map<String, Object> content, JsonPath path) {
    Object at = content;
    int depth = 0;
    for (Object segment : path.segments()) {
      Object next = next(at, segment);
      if (next == null) {
        break;
      }
      at = next;
      depth++;
    }
    return new JsonPath(path.segments().subList(0, depth));
  }

  /** Whether the path leads to where nothing could be: beyond a list's end, or below a scalar. */
  static boolean isBeyond(Map<String, Object> content, JsonPath path) {
    int depth = within(content, path).segments().size();
    if (depth == path.segments().size()) {
      return false;
    }
    Object at = content;
    for (Object segment : path.segments().subList(0, depth)) {
      at = next(at, segment);
    }
    return !(at instanceof Map<?, ?> && path.segments().get(depth) instanceof String);
  }

  private static @Nullable Object next(@Nullable Object at, Object segment) {
    if (at instanceof Map<?, ?> map && segment instanceof String) {
      return map.get(segment);
    }
    if (at instanceof List<?> list && segment instanceof Integer index && index < list.size()) {
      return list.get(index);
    }
    return null;
  }
}
