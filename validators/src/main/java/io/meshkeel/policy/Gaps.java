package io.meshkeel.policy;

import io.meshkeel.facts.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How often rules could not judge an object, or only in part, by rule and reason. */
final class Gaps {
  private final Map<String, Map<String, Integer>> counts = new HashMap<>();

  /** The same; what is added to one is not added to the other. */
  Gaps copy() {
    Gaps copy = new Gaps();
    counts.forEach((rule, reasons) -> copy.counts.put(rule, new TreeMap<>(reasons)));
    return copy;
  }

  /** Counts what was told of an object. */
  void add(Slice slice) {
    count(slice, 1);
  }

  /** Counts it no more. */
  void remove(Slice slice) {
    count(slice, -1);
  }

  private void count(Slice slice, int more) {
    if (slice.hasGaps()) {
      slice.unjudged().forEach((rule, reason) -> count(rule, reason, more));
      slice.partly().forEach((rule, reason) -> count(rule, reason, more));
    }
  }

  private void count(String rule, String reason, int more) {
    counts
        .computeIfAbsent(rule, r -> new TreeMap<>())
        .merge(reason, more, (one, other) -> one + other == 0 ? null : one + other);
  }

  /** Of one rule, how often for which reason. */
  Map<String, Integer> of(String rule) {
    return counts.getOrDefault(rule, Map.of());
  }
}
