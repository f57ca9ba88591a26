package io.meshkeel.model;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what was probably meant by a name that doesn't exist. */
public final class ClosestName {
  /** Longer names are not compared: they come from outside and the cost is quadratic. */
  public static final int MAX_LENGTH = 100;

  /** 4 letters: between shorter names one letter is much. */
  public static final int LEAST_LENGTH = 4;

  private ClosestName() {}

  /**
   * The known name with the smallest edit distance, if it is near enough to be a slip: a third of
   * the name's length, at least 2. Upper and lower case count as equal; of equally near names the
   * first in alphabetical order wins.
   */
  public static Optional<String> of(String name, Collection<String> known) {
    if (name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    int best = Math.max(2, name.length() / 3) + 1;
    String found = null;
    for (String candidate : known) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), best);
      if (distance < best
          || (distance == best && found != null && candidate.compareTo(found) < 0)) {
        best = distance;
        found = candidate;
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * The known name that a wrong one certainly stands for: other capitals, or one letter more, less,
   * other or swapped in a name of {@value #LEAST_LENGTH} letters or more. Empty if a second name is
   * nearly as close, or if the digits differ: v1 is no slip of v2.
   */
  public static Optional<String> slip(String name, Collection<String> known) {
    if (name.length() > MAX_LENGTH || known.contains(name)) {
      return Optional.empty();
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    List<String> same = known.stream().filter(name::equalsIgnoreCase).toList();
    if (!same.isEmpty()) {
      return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
    }
    if (name.length() < LEAST_LENGTH) {
      return Optional.empty();
    }
    String found = null;
    int near = 0;
    for (String candidate : known) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), 2);
      near += distance <= 2 ? 1 : 0;
      if (distance <= 1 && digits(wanted).equals(digits(candidate))) {
        found = candidate;
      }
    }
    return near == 1 ? Optional.ofNullable(found) : Optional.empty();
  }

  private static String digits(String name) {
    return name.chars()
        .filter(Character::isDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** {@code , did you mean 'x'?} for the closest name, else the empty text. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known).map(closest -> ", did you mean '" + closest + "'?").orElse("");
  }

  /**
   * Edit distance with swaps of neighbours; anything above {@code limit} is told as more than it.
   */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] spare = before;
      before = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
