package io.meshkeel.policy.schema;

import io.meshkeel.policy.schema.Schema.Type;
import io.meshkeel.policy.text.GoAddress;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks single values, and shows them in messages. */
final class Scalars {
  /**
   * Characters up to which a text is matched against a pattern: 4,096. Java's matcher backtracks,
   * so a longer one could take its time; the patterns of the known schemas are for names and paths.
   */
  static final int MAX_MATCHED = 4_096;

  private static final int SHOWN = 80;

  /** As Kubernetes has it, so an empty text is none. */
  private static final Pattern BASE64 =
      Pattern.compile(
          "(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|(?<=[A-Za-z0-9+/]{4}))");

  private Scalars() {}

  static boolean hasType(Object value, Type type) {
    return switch (type) {
      case ANY -> true;
      case OBJECT -> value instanceof Map;
      case ARRAY -> value instanceof List;
      case STRING -> value instanceof String;
      case INTEGER -> value instanceof Long || value instanceof BigInteger;
      case NUMBER -> value instanceof Number;
      case BOOLEAN -> value instanceof Boolean;
      case INT_OR_STRING -> value instanceof Long || value instanceof String;
    };
  }

  /** What a value of the right type should be like and isn't; null if it is. */
  static @Nullable String problem(Object value, Schema schema) {
    if (!schema.allowedSet.isEmpty() && !schema.allowedSet.contains(value)) {
      return "is one of those allowed";
    }
    return switch (value) {
      case String text -> text(text, schema);
      case Number number -> number(number, schema);
      default -> null;
    };
  }

  private static @Nullable String text(String text, Schema schema) {
    if (schema.minLength > 0 || text.length() > schema.maxLength) {
      int length = text.codePointCount(0, text.length());
      if (length < schema.minLength) {
        return "has at least " + schema.minLength + " characters";
      }
      if (length > schema.maxLength) {
        return "has at most " + schema.maxLength + " characters";
      }
    }
    if (schema.pattern != null) {
      if (text.length() > MAX_MATCHED) {
        return "has at most " + MAX_MATCHED + " characters";
      }
      if (!schema.pattern.matcher(text).find()) {
        return "has the form " + schema.pattern;
      }
    }
    return format(text, schema.format);
  }

  /** The formats that the API server holds texts to; others it doesn't know are left alone. */
  private static @Nullable String format(String text, String format) {
    return switch (format) {
      case "date-time" ->
          isTime(text) ? null : "has the form of a time, for example 2026-01-31T12:00:00Z";
      case "ipv4" -> isIp(text, '.') ? null : "has the form of an IPv4 address";
      case "ipv6" -> isIp(text, ':') ? null : "has the form of an IPv6 address";
      case "byte" -> BASE64.matcher(text).matches() ? null : "has the form of base64, padded";
      default -> null;
    };
  }

  private static boolean isIp(String text, char separator) {
    return text.indexOf(separator) >= 0
        && GoAddress.of(text).filter(address -> address.zone().isEmpty()).isPresent();
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static @Nullable String number(Number number, Schema schema) {
    double value = number.doubleValue();
    if (schema.minimum != null
        && (value < schema.minimum || (schema.aboveMinimum && value == schema.minimum))) {
      return "is " + (schema.aboveMinimum ? "above " : "at least ") + plain(schema.minimum);
    }
    if (schema.maximum != null
        && (value > schema.maximum || (schema.belowMaximum && value == schema.maximum))) {
      return "is " + (schema.belowMaximum ? "below " : "at most ") + plain(schema.maximum);
    }
    if (schema.multipleOf != null && value % schema.multipleOf != 0) {
      return "is a multiple of " + plain(schema.multipleOf);
    }
    if (!SchemaWalk.inFormat(number, schema.format)) {
      return "fits " + schema.format;
    }
    return null;
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  static String describe(Object value) {
    return switch (value) {
      case Map<?, ?> map -> "a map";
      case List<?> list -> "a list";
      case String text -> "the text " + quote(text);
      case Boolean flag -> "the boolean " + flag;
      default -> "the number " + value;
    };
  }

  static String quote(Object value) {
    return switch (value) {
      case Map<?, ?> map -> "a map";
      case List<?> list -> "a list";
      case String text -> "'" + shortened(text) + "'";
      default -> String.valueOf(value);
    };
  }

  static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /** At most twenty names. */
  static String shortList(Collection<String> names) {
    List<String> first = names.stream().limit(20).toList();
    return String.join(", ", first) + (names.size() > first.size() ? ", …" : "");
  }
}
