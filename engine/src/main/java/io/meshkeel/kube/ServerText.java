package io.meshkeel.kube;

import java.util.regex.Pattern;

/** Makes text that came from a server fit to be shown. */
final class ServerText {
  /** Longest text, in characters. */
  static final int MAX_LENGTH = 400;

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

  /** Long runs without a word break: tokens, keys, certificates. */
  private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9+/=_]{40,}");

  private ServerText() {}

  /** One line of bounded length, without control characters and what looks like a secret. */
  static String oneLine(String text) {
    String bounded = text.length() > 8 * MAX_LENGTH ? text.substring(0, 8 * MAX_LENGTH) : text;
    String line = UNPRINTABLE.matcher(bounded).replaceAll(" ").strip();
    String clean = OPAQUE.matcher(line).replaceAll("…");
    if (clean.length() <= MAX_LENGTH) {
      return clean;
    }
    int end = clean.offsetByCodePoints(0, MAX_LENGTH - 1);
    return clean.substring(0, end) + "…";
  }
}
