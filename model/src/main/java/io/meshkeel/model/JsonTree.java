package io.meshkeel.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one form in which the content of an object is held: {@code Map<String, Object>}, {@code
 * List<Object>}, {@code String}, {@code Boolean}, {@code Long}, {@code Double}, {@code BigInteger}
 * beyond the range of {@code Long}; all immutable. Two trees are equal exactly if they stand for
 * the same JSON, so 80 read from YAML equals 80 read from an API server.
 *
 * <p>There is no null: a field that is null is left out, as the API server and protobuf's JSON
 * mapping read it. Maps have no order; whoever writes a tree sorts its keys.
 */
public final class JsonTree {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private JsonTree() {}

  /**
   * An immutable tree with the same content; a null field is left out.
   *
   * @throws IllegalArgumentException on a null list item, a map key that is no string, or a value
   *     that JSON doesn't have
   */
  public static Map<String, Object> freeze(Map<?, ?> map) {
    Map<String, Object> copy = HashMap.newHashMap(map.size());
    map.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new IllegalArgumentException("the key " + key + " is not a string");
      }
      if (value != null) {
        copy.put(name, freezeValue(value));
      }
    });
    return Map.copyOf(copy);
  }

  private static Object freezeValue(@Nullable Object value) {
    return switch (value) {
      case null -> throw new IllegalArgumentException("a list item is null");
      case Map<?, ?> map -> freeze(map);
      case List<?> list -> {
        List<Object> copy = new ArrayList<>(list.size());
        for (Object item : list) {
          copy.add(freezeValue(item));
        }
        yield List.copyOf(copy);
      }
      case String s -> s;
      case Boolean b -> b;
      case Long l -> l;
      case Integer i -> i.longValue();
      case Short s -> s.longValue();
      case Double d -> number(d);
      case Float f -> number(Double.parseDouble(f.toString()));
      case BigDecimal d -> number(d.doubleValue());
      case BigInteger i ->
          i.compareTo(LONG_MIN) < 0 || i.compareTo(LONG_MAX) > 0 ? i : i.longValue();
      default -> throw new IllegalArgumentException(value.getClass() + " has no JSON form");
    };
  }

  /**
   * The one form of a number that has a fraction or an exponent: JSON knows one kind of number, so
   * 1.0 and 1 are the same.
   *
   * @throws IllegalArgumentException if it is infinite or no number
   */
  public static Object number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(value + " has no JSON form");
    }
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? (Object) (long) value
        : (Object) value;
  }

  /** The map at this key; empty if it is missing or no map. */
  @SuppressWarnings("unchecked") // keys are strings by the class contract
  public static Map<String, Object> map(Map<String, Object> tree, String key) {
    return tree.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The list at this key; empty if it is missing or no list. */
  @SuppressWarnings("unchecked") // items are non-null by the class contract
  public static List<Object> list(Map<String, Object> tree, String key) {
    return tree.get(key) instanceof List<?> list ? (List<Object>) list : List.of();
  }

  /** The maps among the items of the list at this key, in their order. */
  @SuppressWarnings("unchecked") // keys are strings by the class contract
  public static List<Map<String, Object>> maps(Map<String, Object> tree, String key) {
    return list(tree, key).stream()
        .filter(Map.class::isInstance)
        .map(item -> (Map<String, Object>) item)
        .toList();
  }

  /** The strings among the items of the list at this key, in their order. */
  public static List<String> strings(Map<String, Object> tree, String key) {
    return list(tree, key).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  /** The string at this key; {@code fallback} if it is missing or no string. */
  public static String string(Map<String, Object> tree, String key, String fallback) {
    return tree.get(key) instanceof String s ? s : fallback;
  }
}
