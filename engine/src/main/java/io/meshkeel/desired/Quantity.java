package io.meshkeel.desired;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a quantity as an API server does when it stores one ({@code
 * apimachinery/pkg/api/resource/quantity.go}, {@code CanonicalizeBytes}): {@code 2000m} becomes
 * {@code 2}, {@code 1024Mi} becomes {@code 1Gi}. Else each look at a cluster would find a
 * difference.
 */
final class Quantity {
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");

  /** What a canonical form below a thousandth ends with, and the power of ten. */
  private static final Map<String, Integer> SMALL = Map.of("n", -9, "u", -6, "e-9", -9, "e-6", -6);

  private static final BigInteger KIBI = BigInteger.valueOf(1024);
  private static final BigInteger KILO = BigInteger.valueOf(1000);

  private Quantity() {}

  /**
   * The same quantity in its one form.
   *
   * @param text not negative
   * @throws NumberFormatException if it is no quantity
   */
  static String canonical(String text) {
    int end = 0;
    while (end < text.length() && "+.0123456789".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    BigDecimal number = new BigDecimal(text.substring(0, end));
    String suffix = text.substring(end);
    if (!suffix.isEmpty() && BINARY.contains(suffix)) {
      return binary(number.multiply(new BigDecimal(KIBI.pow(BINARY.indexOf(suffix)))));
    }
    boolean exponent = suffix.length() > 1 && suffix.toLowerCase(Locale.ROOT).startsWith("e");
    if (exponent) {
      return decimal(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))), true);
    }
    int unit = DECIMAL.indexOf(suffix);
    if (unit < 0) {
      throw new NumberFormatException(text + " is no quantity");
    }
    return decimal(number.scaleByPowerOfTen(3 * (unit - 3)), false);
  }

  /**
   * The form that the resources of a container have: there an API server rounds up to a thousandth
   * ({@code SetDefaults_ResourceList} of {@code pkg/apis/core/v1/defaults.go}).
   *
   * @throws NumberFormatException if it is no quantity
   */
  static String ofContainer(String text) {
    String canonical = canonical(text);
    for (Map.Entry<String, Integer> small : SMALL.entrySet()) {
      if (canonical.endsWith(small.getKey())) {
        String digits = canonical.substring(0, canonical.length() - small.getKey().length());
        BigDecimal thousandths =
            new BigDecimal(digits)
                .scaleByPowerOfTen(small.getValue() + 3)
                .setScale(0, RoundingMode.UP);
        return canonical(thousandths.toPlainString() + (canonical.contains("e") ? "e-3" : "m"));
      }
    }
    return canonical;
  }

  private static String binary(BigDecimal value) {
    if (value.compareTo(new BigDecimal(KIBI)) < 0 || value.stripTrailingZeros().scale() > 0) {
      return decimal(value, false);
    }
    BigInteger whole = value.toBigIntegerExact();
    int unit = 0;
    while (unit < BINARY.size() - 1 && whole.mod(KIBI).signum() == 0) {
      whole = whole.divide(KIBI);
      unit++;
    }
    return whole + BINARY.get(unit);
  }

  /** The largest unit in which it is a whole number; nothing is smaller than a nano. */
  private static String decimal(BigDecimal value, boolean exponent) {
    BigInteger nano = value.scaleByPowerOfTen(9).setScale(0, RoundingMode.UP).toBigIntegerExact();
    if (nano.signum() == 0) {
      return "0";
    }
    int unit = 0;
    while (unit < DECIMAL.size() - 1 && nano.mod(KILO).signum() == 0) {
      nano = nano.divide(KILO);
      unit++;
    }
    if (!exponent) {
      return nano + DECIMAL.get(unit);
    }
    int power = 3 * (unit - 3);
    return power == 0 ? nano.toString() : nano + "e" + power;
  }
}
