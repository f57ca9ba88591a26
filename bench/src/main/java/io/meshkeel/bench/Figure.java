package io.meshkeel.bench;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param name what was measured
 * @param value as measured
 * @param unit of value and target
 * @param target the bound, with its direction: {@code >= 5}
 * @param met whether the value keeps the bound
 */
public record Figure(String name, double value, String unit, String target, boolean met) {

  /** A figure that should be at least the bound. */
  public static Figure atLeast(String name, double value, String unit, double bound) {
    return new Figure(name, value, unit, ">= " + plain(bound), value >= bound);
  }

  /** A figure that should be at most the bound. */
  public static Figure atMost(String name, double value, String unit, double bound) {
    return new Figure(name, value, unit, "<= " + plain(bound), value <= bound);
  }

  /** A figure that others are compared with; it has no bound of its own. */
  public static Figure yardstick(String name, double value, String unit) {
    return new Figure(name, value, unit, "-", true);
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? String.valueOf((long) number)
        : String.format(Locale.ROOT, "%.2f", number);
  }

  /** One line of the table. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-72s %10.2f %-9s %-10s %s",
        name,
        value,
        unit,
        target,
        target.equals("-") ? "" : met ? "met" : "MISSED");
  }
}
