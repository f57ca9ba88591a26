package io.meshkeel.declaration;

import io.meshkeel.model.JsonTree;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means, as Kubernetes reads it: {@code sigs.k8s.io/yaml} on {@code
 * go.yaml.in/yaml/v2}, function {@code resolve} of its {@code resolve.go}. That is YAML 1.1 with
 * few departures: {@code yes}, {@code on} and {@code y} are booleans, {@code 010} is 8, {@code
 * 1_000} is 1000, there are no base 60 numbers, and a timestamp stays the text it is.
 */
final class Scalars {
  /** Stands for null while a tree is built. */
  static final Object NULL = new Object();

  /** Stands for infinity and "not a number", which JSON doesn't have. */
  static final Object NOT_JSON = new Object();

  private Scalars() {}

  /** A {@link JsonTree} scalar, {@link #NULL} or {@link #NOT_JSON}. */
  static Object resolve(String text) {
    if (text.isEmpty()) {
      return NULL;
    }
    return switch (text.charAt(0)) {
      case '~', 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O' -> word(text);
      case '.' -> {
        Object word = dotWord(text);
        if (word != null) {
          yield word;
        }
        Object number = isFloat(text) ? number(text) : null;
        yield number == null ? text : number;
      }
      case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        Object number = numeric(text);
        yield number == null ? text : number;
      }
      default -> text;
    };
  }

  private static Object word(String text) {
    if (text.length() > 5) {
      return text;
    }
    return switch (text) {
      case "~", "null", "Null", "NULL" -> NULL;
      case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> Boolean.TRUE;
      case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" ->
          Boolean.FALSE;
      default -> text;
    };
  }

  private static @Nullable Object dotWord(String text) {
    return switch (text) {
      case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF" -> NOT_JSON;
      default -> null;
    };
  }

  private static @Nullable Object numeric(String text) {
    switch (text) {
      case "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF" -> {
        return NOT_JSON;
      }
      default -> {}
    }
    String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
    Object integer = integer(plain);
    if (integer != null) {
      return integer;
    }
    return isFloat(plain) ? number(plain) : null;
  }

  /** As {@code strconv.ParseInt(plain, 0, 64)} and {@code ParseUint}: a prefix tells the base. */
  private static @Nullable Object integer(String plain) {
    int at = 0;
    boolean signed = plain.charAt(0) == '+' || plain.charAt(0) == '-';
    if (signed) {
      at = 1;
    }
    int base = 10;
    if (plain.length() > at + 1 && plain.charAt(at) == '0') {
      char prefix = Character.toLowerCase(plain.charAt(at + 1));
      base = prefix == 'x' ? 16 : prefix == 'b' ? 2 : 8;
      at += prefix == 'x' || prefix == 'b' || prefix == 'o' ? 2 : 1;
    }
    if (at == plain.length()) {
      return null;
    }
    for (int i = at; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c > 'f' || Character.digit(c, base) < 0) {
        return null;
      }
    }
    if (plain.length() - at <= 15) {
      long value = Long.parseLong(plain, at, plain.length(), base);
      return plain.charAt(0) == '-' ? -value : value;
    }
    if (plain.length() - at > 70) {
      return null;
    }
    BigInteger value = new BigInteger(plain.substring(at), base);
    value = plain.charAt(0) == '-' ? value.negate() : value;
    if (value.bitLength() <= 63) {
      return value.longValue();
    }
    return !signed && value.bitLength() <= 64 ? value : null;
  }

  /** {@code [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?}, by hand. */
  private static boolean isFloat(String text) {
    int at = sign(text, 0);
    int whole = digits(text, at);
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digits(text, end + 1);
      if (whole == at && end == whole + 1) {
        return false;
      }
    } else if (whole == at) {
      return false;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = sign(text, end + 1);
      end = digits(text, exponent);
      if (end == exponent) {
        return false;
      }
    }
    return end == text.length();
  }

  private static int sign(String text, int at) {
    return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
  }

  private static int digits(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** Null if the number is beyond a double: Go's parser fails there too, so it stays a text. */
  private static @Nullable Object number(String text) {
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? null : JsonTree.number(value);
  }

  /** The key of a map: JSON has only strings there, so scalars become what JSON would print. */
  static String key(Object scalar) {
    if (scalar instanceof Double number) {
      return Float.toString(number.floatValue());
    }
    return scalar.toString();
  }
}
