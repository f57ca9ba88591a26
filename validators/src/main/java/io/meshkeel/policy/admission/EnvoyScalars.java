package io.meshkeel.policy.admission;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which single values the JSON form of protobuf takes for a type. */
final class EnvoyScalars {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?");
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern DURATION =
      Pattern.compile("[+-]?(?=\\.?[0-9])(?<seconds>[0-9]*)(\\.[0-9]{0,9})?s");

  /** Some 10,000 years, in seconds. */
  private static final BigInteger LONGEST = BigInteger.valueOf(315_576_000_000L);

  private static final BigInteger TWO = BigInteger.TWO;

  private EnvoyScalars() {}

  /**
   * What a value should be; null if it is right.
   *
   * @param type one letter of the list of messages
   */
  static @Nullable String wanted(@Nullable Object value, String type) {
    return switch (type) {
      case "s" -> value instanceof String ? null : "a text";
      case "b" -> value instanceof Boolean ? null : "true or false";
      case "y" -> isBytes(value) ? null : "bytes in Base64";
      case "i" -> isWhole(value, 31, true) ? null : "a whole number of 32 bits";
      case "u" -> isWhole(value, 32, false) ? null : "a whole number of 32 bits, 0 at least";
      case "l" -> isWhole(value, 63, true) ? null : "a whole number";
      case "v" -> isWhole(value, 64, false) ? null : "a whole number, 0 at least";
      case "d" -> isNumber(value) ? null : "a number";
      default -> null;
    };
  }

  /** What a value of an enumeration should be; null if it is right. */
  static @Nullable String wanted(@Nullable Object value, Set<String> words) {
    boolean right = value instanceof String word ? words.contains(word) : isWhole(value, 31, true);
    return right ? null : "one of " + String.join(", ", new TreeSet<>(words));
  }

  /** What a duration should be; null if it is right. */
  static @Nullable String duration(@Nullable Object value) {
    boolean right = false;
    if (value instanceof String text) {
      var read = DURATION.matcher(text);
      right =
          read.matches()
              && (read.group("seconds").isEmpty()
                  || new BigInteger(read.group("seconds")).compareTo(LONGEST) <= 0);
    }
    return right ? null : "seconds as a text such as 1.5s";
  }

  private static boolean isNumber(@Nullable Object value) {
    return value instanceof Number
        || value instanceof String text
            && (text.equals("NaN")
                || text.equals("Infinity")
                || text.equals("-Infinity")
                || NUMBER.matcher(text).matches());
  }

  private static boolean isWhole(@Nullable Object value, int bits, boolean signed) {
    Optional<BigInteger> whole = whole(value);
    if (whole.isEmpty()) {
      return false;
    }
    BigInteger most = TWO.pow(bits).subtract(BigInteger.ONE);
    BigInteger least = signed ? TWO.pow(bits).negate() : BigInteger.ZERO;
    return whole.get().compareTo(least) >= 0 && whole.get().compareTo(most) <= 0;
  }

  private static Optional<BigInteger> whole(@Nullable Object value) {
    if (value instanceof String text && !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    String text = value instanceof Number || value instanceof String ? String.valueOf(value) : "";
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(text);
    if (number.precision() - number.scale() > 25) {
      return Optional.empty();
    }
    return number.stripTrailingZeros().scale() <= 0
        ? Optional.of(number.toBigInteger())
        : Optional.empty();
  }

  /** Also as a list of numbers, as Go reads it. */
  private static boolean isBytes(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().allMatch(each -> each instanceof Number && isWhole(each, 8, false));
    }
    if (!(value instanceof String text) || text.length() % 4 != 0) {
      return false;
    }
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
