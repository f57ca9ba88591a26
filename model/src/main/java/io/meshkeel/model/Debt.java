package io.meshkeel.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a revision took over from the one that it was compared with: findings that are known, so
 * that they don't deny, and what a waiver was meant to except not counted.
 *
 * @param now by severity, what it still has
 * @param before by severity, what the former has, those that are gone now included
 */
public record Debt(Map<Severity, Integer> now, Map<Severity, Integer> before) {
  /** Neither has any. */
  public static final Debt NONE = new Debt(Map.of(), Map.of());

  public Debt {
    now = ordered(now);
    before = ordered(before);
  }

  private static Map<Severity, Integer> ordered(Map<Severity, Integer> counts) {
    Map<Severity, Integer> ordered = new EnumMap<>(Severity.class);
    counts.forEach((severity, count) -> {
      if (count > 0) {
        ordered.put(severity, count);
      }
    });
    return Collections.unmodifiableMap(ordered);
  }

  /**
   * Counts.
   *
   * @param known findings of the revision that the former has too
   * @param former all findings of the former that can be debt
   */
  public static Debt of(List<Finding> known, List<Finding> former) {
    return new Debt(counted(known), counted(former));
  }

  private static Map<Severity, Integer> counted(List<Finding> findings) {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    findings.forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
    return counts;
  }

  /** Of all severities. */
  public int total() {
    return sum(now);
  }

  /** What came (more than 0) or went (less) since the former. */
  public int change() {
    return sum(now) - sum(before);
  }

  private static int sum(Map<Severity, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Both together, of several meshes. */
  public Debt plus(Debt other) {
    return new Debt(plus(now, other.now), plus(before, other.before));
  }

  private static Map<Severity, Integer> plus(
      Map<Severity, Integer> one, Map<Severity, Integer> other) {
    Map<Severity, Integer> sum = new EnumMap<>(Severity.class);
    sum.putAll(one);
    other.forEach((severity, count) -> sum.merge(severity, count, Integer::sum));
    return sum;
  }

  /** {@code 12 (-2)}; without brackets if nothing changed. */
  public String inShort() {
    int change = change();
    return total() + (change == 0 ? "" : " (%+d)".formatted(change));
  }

  /** {@code 12 (-2): 2 error, 10 warn}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    now.forEach((severity, count) -> parts.add(count + " " + severity.word()));
    return inShort() + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }
}
