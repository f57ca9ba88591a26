package io.meshkeel.policy.text;

import java.util.Map;
import java.util.OptionalLong;

/** Durations as Go's {@code time.ParseDuration} reads them: {@code 1h30m}, {@code 1.5s}. */
public final class GoDuration {
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private final String text;
  private int at;

  private GoDuration(String text) {
    this.text = text;
  }

  /** Nanoseconds; empty if the text is no duration, or one beyond about 292 years. */
  public static OptionalLong nanos(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return OptionalLong.of(0);
    }
    if (rest.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long nanos = new GoDuration(rest).sum();
      return nanos < 0 ? OptionalLong.empty() : OptionalLong.of(negative ? -nanos : nanos);
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private long sum() {
    long sum = 0;
    while (at < text.length()) {
      long part = part();
      if (part < 0) {
        return -1;
      }
      sum = Math.addExact(sum, part);
    }
    return sum;
  }

  /** A number and its unit; -1 if there is none. */
  private long part() {
    int start = at;
    long whole = 0;
    while (isDigit()) {
      whole = Math.addExact(Math.multiplyExact(whole, 10L), text.charAt(at++) - '0');
    }
    boolean digits = at > start;
    long fraction = 0;
    double scale = 1;
    boolean full = false;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      while (isDigit()) {
        // Digits beyond what 63 bits hold are left out, as Go does.
        if (!full && fraction <= (Long.MAX_VALUE - 9) / 10) {
          fraction = fraction * 10 + (text.charAt(at) - '0');
          scale *= 10;
        } else {
          full = true;
        }
        at++;
        digits = true;
      }
    }
    int unitStart = at;
    while (at < text.length() && text.charAt(at) != '.' && !isDigit()) {
      at++;
    }
    Long unit = UNITS.get(text.substring(unitStart, at));
    if (!digits || unit == null) {
      return -1;
    }
    return Math.addExact(
        Math.multiplyExact(whole, unit), (long) ((double) fraction * (unit / scale)));
  }

  private boolean isDigit() {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }
}
