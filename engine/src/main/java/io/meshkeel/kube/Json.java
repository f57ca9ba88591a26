package io.meshkeel.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.meshkeel.model.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of API servers. */
final class Json {
  /** Deepest nesting; API servers themselves take no more. */
  static final int MAX_DEPTH = 500;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Json() {}

  /**
   * @throws IOException if it is no JSON map
   */
  static Map<?, ?> map(byte[] bytes) throws IOException {
    Map<?, ?> map = MAPPER.readValue(bytes, Map.class);
    if (map == null) {
      throw new IOException("null is no map");
    }
    return map;
  }

  /** A {@code Status} as a tree; empty if it is none. */
  static Map<String, Object> statusOf(byte[] bytes) {
    try {
      return JsonTree.freeze(map(bytes));
    } catch (IOException | IllegalArgumentException e) {
      return Map.of();
    }
  }

  /** Keys in order. */
  static byte[] bytes(Object tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  static @Nullable Long number(@Nullable Object value) {
    return value instanceof Number number ? (Long) number.longValue() : null;
  }

  /** The maps in a list of any form. */
  static List<Map<?, ?>> maps(@Nullable Object list) {
    return list instanceof List<?> items
        ? items.stream()
            .<Map<?, ?>>mapMulti((item, to) -> {
              if (item instanceof Map<?, ?> map) {
                to.accept(map);
              }
            })
            .toList()
        : List.of();
  }
}
