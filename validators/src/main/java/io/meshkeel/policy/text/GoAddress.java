package io.meshkeel.policy.text;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as Go's {@code netip} reads them.
 *
 * @param six whether it is an IPv6 address
 * @param mapped whether it is an IPv4 address within IPv6 ({@code ::ffff:10.0.0.1})
 * @param zone the zone behind {@code %}; empty without one
 */
public record GoAddress(boolean six, boolean mapped, String zone) {
  private static final GoAddress FOUR = new GoAddress(false, false, "");
  private static final int PARTS = 8;

  /** Reads a text; empty if it is no address. */
  public static Optional<GoAddress> of(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '.' -> {
          return four(text) == null ? Optional.empty() : Optional.of(FOUR);
        }
        case ':' -> {
          return six(text);
        }
        case '%' -> {
          return Optional.empty();
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /** Whether the text is an address. */
  public static boolean isAddress(String text) {
    return of(text).isPresent();
  }

  /** Whether the text is an address, {@code /} and a number of bits that it has. */
  public static boolean isPrefix(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      return false;
    }
    Optional<GoAddress> address = of(text.substring(0, slash));
    String bits = text.substring(slash + 1);
    if (address.isEmpty() || !address.get().zone.isEmpty() || !isSmallNumber(bits)) {
      return false;
    }
    return Integer.parseInt(bits) <= (address.get().six ? 128 : 32);
  }

  private static boolean isSmallNumber(String text) {
    if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.charAt(0) == '0')) {
      return false;
    }
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The four numbers; null if it isn't four from 0 to 255 without leading zeros. */
  private static int @Nullable [] four(String text) {
    String[] parts = text.split("\\.", -1);
    int[] numbers = new int[4];
    if (parts.length != numbers.length) {
      return null;
    }
    for (int i = 0; i < numbers.length; i++) {
      if (!isSmallNumber(parts[i])) {
        return null;
      }
      numbers[i] = Integer.parseInt(parts[i]);
      if (numbers[i] > 255) {
        return null;
      }
    }
    return numbers;
  }

  private static Optional<GoAddress> six(String whole) {
    int percent = whole.indexOf('%');
    String text = percent < 0 ? whole : whole.substring(0, percent);
    String zone = percent < 0 ? "" : whole.substring(percent + 1);
    if (percent >= 0 && zone.isEmpty()) {
      return Optional.empty();
    }
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    int[] parts = new int[PARTS];
    if (gap < 0) {
      return numbers(text, parts, 0, true) == PARTS
          ? Optional.of(new GoAddress(true, isMapped(parts), zone))
          : Optional.empty();
    }
    String tail = text.substring(gap + 2);
    int[] behind = new int[PARTS];
    int before = gap == 0 ? 0 : numbers(text.substring(0, gap), parts, 0, false);
    int after = tail.isEmpty() ? 0 : numbers(tail, behind, 0, true);
    if (before < 0 || after < 0 || before + after >= PARTS) {
      return Optional.empty();
    }
    System.arraycopy(behind, 0, parts, PARTS - after, after);
    return Optional.of(new GoAddress(true, isMapped(parts), zone));
  }

  private static boolean isMapped(int[] parts) {
    for (int i = 0; i < 5; i++) {
      if (parts[i] != 0) {
        return false;
      }
    }
    return parts[5] == 0xffff;
  }

  /** How many parts of 16 bits the text has, the last two perhaps in IPv4's form; -1 if none. */
  private static int numbers(String text, int[] into, int from, boolean fourAllowed) {
    String[] words = text.split(":", -1);
    int count = from;
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (fourAllowed && i == words.length - 1 && word.contains(".")) {
        int[] four = four(word);
        if (four == null || count + 2 > PARTS) {
          return -1;
        }
        into[count++] = four[0] << 8 | four[1];
        into[count++] = four[2] << 8 | four[3];
        return count;
      }
      if (word.isEmpty() || word.length() > 4 || count == PARTS || !isHex(word)) {
        return -1;
      }
      into[count++] = Integer.parseInt(word, 16);
    }
    return count;
  }

  private static boolean isHex(String word) {
    return word.chars()
        .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
  }
}
