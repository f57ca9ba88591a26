package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The lines of rules that were evaluated, and all that could have been.
 *
 * @param covered lines that came true at least once, by file
 * @param all lines with an expression or the head of a rule, by file
 */
public record Coverage(
    SortedMap<String, SortedSet<Integer>> covered, SortedMap<String, SortedSet<Integer>> all) {
  /** Of nothing. */
  static final Coverage NONE =
      new Coverage(Collections.emptySortedMap(), Collections.emptySortedMap());

  /** Reads OPA's report; only files of the repository's own rules count. */
  static Coverage read(JsonNode report) {
    SortedMap<String, SortedSet<Integer>> covered = new TreeMap<>();
    SortedMap<String, SortedSet<Integer>> all = new TreeMap<>();
    for (var file : report.path("files").properties()) {
      String path = file.getKey();
      int at = path.indexOf(PolicyCompiler.OWN + "/policies/");
      if (at >= 0 && !path.endsWith("_test.rego")) {
        String own = path.substring(at + PolicyCompiler.OWN.length() + 1);
        rows(file.getValue().path("covered"), covered, own);
        rows(file.getValue().path("covered"), all, own);
        rows(file.getValue().path("not_covered"), all, own);
      }
    }
    return new Coverage(covered, all);
  }

  private static void rows(
      JsonNode ranges, SortedMap<String, SortedSet<Integer>> into, String file) {
    for (JsonNode range : ranges) {
      into.computeIfAbsent(file, f -> new TreeSet<>())
          .add(range.path("start").path("row").asInt(1));
    }
  }

  /** Both together. */
  public Coverage and(Coverage other) {
    return new Coverage(union(covered, other.covered), union(all, other.all));
  }

  private static SortedMap<String, SortedSet<Integer>> union(
      SortedMap<String, SortedSet<Integer>> one, SortedMap<String, SortedSet<Integer>> other) {
    SortedMap<String, SortedSet<Integer>> both = new TreeMap<>();
    one.forEach((file, rows) -> both.put(file, new TreeSet<>(rows)));
    other.forEach((file, rows) -> both.computeIfAbsent(file, f -> new TreeSet<>()).addAll(rows));
    return both;
  }

  /** How many lines could have been evaluated. */
  public int lines() {
    return all.values().stream().mapToInt(SortedSet::size).sum();
  }

  /** How many of them were, in per cent; 100 if there is none. */
  public int percent() {
    int lines = lines();
    return lines == 0
        ? 100
        : 100 * covered.values().stream().mapToInt(SortedSet::size).sum() / lines;
  }

  /** The lines that never came true, by file. */
  public SortedMap<String, SortedSet<Integer>> uncovered() {
    SortedMap<String, SortedSet<Integer>> left = new TreeMap<>();
    all.forEach((file, rows) -> {
      SortedSet<Integer> missed = new TreeSet<>(rows);
      missed.removeAll(covered.getOrDefault(file, Collections.emptySortedSet()));
      if (!missed.isEmpty()) {
        left.put(file, missed);
      }
    });
    return left;
  }

  /** Whether a line came true. */
  boolean covers(String file, int line) {
    return covered.getOrDefault(file, Collections.emptySortedSet()).contains(line);
  }
}
