package io.meshkeel.kube;

import io.meshkeel.model.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code metadata.managedFields}, reduced to what names a hand.
 *
 * @param manager the field manager, as the API server has it
 * @param operation {@code Apply} or {@code Update}
 * @param time when it last changed something; empty if not told
 * @param fields {@code fieldsV1}; empty for our own entry, whose fields are known
 */
public record FieldOwner(
    String manager, String operation, Optional<Instant> time, Map<String, Object> fields) {

  /** Whether it is our own entry. */
  public boolean ours() {
    return manager.equals(LiveObjects.MANAGER);
  }

  /** Whether it declares its fields, as we do, and didn't just write them once. */
  public boolean applies() {
    return operation.equals("Apply");
  }

  /**
   * Whether the entry owns what is at this path, or something above or below it.
   *
   * @param content the live object, as far as the path leads through lists
   */
  public boolean claims(JsonPath path, Map<String, Object> content) {
    @Nullable Object value = content;
    Map<?, ?> at = fields;
    boolean began = false;
    for (Object segment : path.segments()) {
      if (began && at.isEmpty()) {
        return true;
      }
      value = child(value, segment);
      Map<?, ?> below = segment instanceof String name ? map(at.get("f:" + name)) : item(at, value);
      if (below == null) {
        return false;
      }
      at = below;
      began = true;
    }
    return began;
  }

  /**
   * The paths of the fields that the entry owns, down to where it owns nothing below.
   *
   * @param content the live object, as far as the paths lead through lists; an item that isn't
   *     there is left out
   */
  public List<JsonPath> leaves(Map<String, Object> content) {
    List<JsonPath> leaves = new ArrayList<>();
    leaves(fields, JsonPath.ROOT, content, leaves);
    return leaves;
  }

  private static void leaves(
      Map<?, ?> at, JsonPath path, @Nullable Object value, List<JsonPath> leaves) {
    boolean below = false;
    for (Map.Entry<?, ?> entry : at.entrySet()) {
      String name = String.valueOf(entry.getKey());
      Map<?, ?> inner = entry.getValue() instanceof Map<?, ?> map ? map : Map.of();
      if (name.startsWith("f:")) {
        below = true;
        String field = name.substring(2);
        leaves(inner, path.field(field), child(value, field), leaves);
      } else if (value instanceof List<?> list && name.startsWith("k:")) {
        below = true;
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof Map<?, ?> item && hasKeys(item, name)) {
            leaves(inner, path.index(i), item, leaves);
          }
        }
      }
    }
    if (!below && !path.equals(JsonPath.ROOT)) {
      leaves.add(path);
    }
  }

  private static @Nullable Object child(@Nullable Object value, Object segment) {
    if (segment instanceof Integer index) {
      return value instanceof List<?> list && index < list.size() ? list.get(index) : null;
    }
    return value instanceof Map<?, ?> map ? map.get(segment) : null;
  }

  private static @Nullable Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : null;
  }

  /** The entry for a list's item: {@code k:{...}} names it by its keys, {@code v:} by its value. */
  private static @Nullable Map<?, ?> item(Map<?, ?> at, @Nullable Object item) {
    for (Map.Entry<?, ?> entry : at.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (name.startsWith("k:") && item instanceof Map<?, ?> map && hasKeys(map, name)) {
        return map(entry.getValue());
      }
      if (name.startsWith("v:") && item != null && name.equals("v:" + text(item))) {
        return map(entry.getValue());
      }
    }
    return null;
  }

  private static boolean hasKeys(Map<?, ?> item, String name) {
    try {
      for (Map.Entry<?, ?> key :
          Json.map(name.substring(2).getBytes(StandardCharsets.UTF_8)).entrySet()) {
        if (!text(key.getValue()).equals(text(item.get(key.getKey())))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : new String(Json.bytes(value), StandardCharsets.UTF_8);
  }
}
