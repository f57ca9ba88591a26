package io.meshkeel.testbed.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON that is small and still shows a change as a changed line. Pure. */
final class CompactJson {
  /** Characters up to which a value stands on one line. */
  static final int LINE = 140;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private CompactJson() {}

  /** A value on one line, keys sorted. */
  static String line(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getMessage(), e);
    }
  }

  /** A value on as many lines as it needs, with a line feed at its end. */
  static String text(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, 0, out);
    return out.append('\n').toString();
  }

  private static void write(Object value, int depth, StringBuilder out) {
    String line = line(value);
    if (line.length() + depth <= LINE) {
      out.append(line);
    } else if (value instanceof Map<?, ?> map) {
      out.append('{');
      Iterator<? extends Map.Entry<?, ?>> entries = new TreeMap<>(map).entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<?, ?> entry = entries.next();
        next(depth, out).append(line(entry.getKey())).append(':');
        write(entry.getValue(), depth + 1, out);
        out.append(entries.hasNext() ? "," : "");
      }
      out.append('}');
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        next(depth, out);
        write(list.get(i), depth + 1, out);
        out.append(i + 1 < list.size() ? "," : "");
      }
      out.append(']');
    } else {
      out.append(line);
    }
  }

  private static StringBuilder next(int depth, StringBuilder out) {
    return out.append('\n').repeat(' ', depth + 1);
  }
}
