package io.meshkeel.policy.schema;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.policy.schema.Schema.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What puts a broken schema right for certain; null where more than one thing can be meant. */
final class Fixes {
  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  private Fixes() {}

  static Fix put(JsonPath path, Object value) {
    return Fix.of("write " + value, new Fix.Put(path, value));
  }

  /** A value that is a slip of one that is allowed. */
  static @Nullable Fix word(JsonPath path, Object value, Collection<String> allowed) {
    return value instanceof String word
        ? ClosestName.slip(word, allowed).map(meant -> put(path, meant)).orElse(null)
        : null;
  }

  /** A number or boolean where a text is wanted, or the other way round. */
  static @Nullable Fix type(JsonPath path, Object value, Schema schema) {
    if (schema.type == Type.STRING && (value instanceof Number || value instanceof Boolean)) {
      return Fix.of("put it in quotes", new Fix.Quote(path));
    }
    if (!(value instanceof String text)) {
      return null;
    }
    if (schema.type == Type.INTEGER && WHOLE.matcher(text).matches()) {
      return put(path, Long.parseLong(text));
    }
    return schema.type == Type.BOOLEAN && (text.equals("true") || text.equals("false"))
        ? put(path, Boolean.parseBoolean(text))
        : null;
  }

  /** A field that is a slip of one that isn't there yet and takes what stands there. */
  static @Nullable Fix field(
      JsonPath path, String name, @Nullable Object value, Map<?, ?> map, Schema schema) {
    if (value == null) {
      return null;
    }
    Set<String> able = new HashSet<>();
    schema.properties.forEach((property, wanted) -> {
      if (!map.containsKey(property) && SchemaWalk.fits(value, wanted)) {
        able.add(property);
      }
    });
    return ClosestName.slip(name, able)
        .map(meant -> Fix.of("write " + meant, new Fix.Rename(path, meant)))
        .orElse(null);
  }
}
