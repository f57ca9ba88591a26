package io.meshkeel.report;

import io.meshkeel.model.Debt;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Words of commit statuses: one line, fit for the forge by telling less, never by cutting a word.
 */
final class StatusTexts {
  /** Digits of a commit id in a text. */
  private static final int SHA = 8;

  private final int limit;

  /**
   * @param limit longest text, in characters
   */
  StatusTexts(int limit) {
    this.limit = limit;
  }

  /** The first of the candidates that fits, longest first; the last is shortened by whole words. */
  String fit(String... candidates) {
    for (String candidate : candidates) {
      String line = oneLine(candidate);
      if (line.length() <= limit) {
        return line;
      }
    }
    return shorten(oneLine(candidates[candidates.length - 1]));
  }

  private String shorten(String line) {
    int end = line.lastIndexOf(' ', limit - 2);
    return end <= 0
        ? line.substring(0, Math.max(0, limit - 1)) + "…"
        : line.substring(0, end) + " …";
  }

  /** Without control characters and line ends. */
  static String oneLine(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .replaceAll(" {2,}", " ")
        .strip();
  }

  static String shortSha(String sha) {
    return sha.length() <= SHA ? sha : sha.substring(0, SHA);
  }

  /**
   * {@code 2 errors, 1 warning, 1 waived; debt 3 (-1)}; empty if there is nothing to tell. Known
   * and waived ones are told by their number only, so that debt doesn't hide what is new.
   *
   * @param debt of all meshes; empty if nothing was compared
   */
  static String counts(List<Finding> findings, Optional<Debt> debt) {
    List<String> parts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long count =
          findings.stream()
              .filter(f -> f.severity() == severity && f.standing().equals(Standing.NEW))
              .count();
      if (count > 0) {
        parts.add(
            count + " " + word(severity) + (count == 1 || severity == Severity.INFO ? "" : "s"));
      }
    }
    long waived =
        findings.stream().filter(f -> f.standing().state() == Standing.State.WAIVED).count();
    if (waived > 0) {
      parts.add(waived + " waived");
    }
    String counts = String.join(", ", parts);
    return debt.filter(known -> known.total() > 0 || known.change() != 0)
        .map(known -> counts + (counts.isEmpty() ? "" : "; ") + "debt " + known.inShort())
        .orElse(counts);
  }

  private static String word(Severity severity) {
    return severity == Severity.WARN ? "warning" : severity.word();
  }

  /** {@code file:line: Kind namespace/name: message [id]}. */
  static String worst(Finding finding) {
    String place =
        finding.position() == null
            ? ""
            : finding.position().file() + ":" + finding.position().line() + ": ";
    String object = finding.resource() == null ? "" : finding.resource() + ": ";
    return place + object + finding.message() + " [" + finding.ruleId() + "]";
  }

  /** {@code file:line [id]}. */
  static String worstPlace(Finding finding) {
    return finding.position() == null
        ? "[" + finding.ruleId() + "]"
        : finding.position().file()
            + ":"
            + finding.position().line()
            + " ["
            + finding.ruleId()
            + "]";
  }

  String verdict(List<Finding> findings, int meshes, Optional<Debt> debt) {
    String accepted = meshes == 1 ? "1 mesh accepted" : meshes + " meshes accepted";
    String counts = counts(findings, debt);
    return counts.isEmpty() ? fit(accepted) : fit(accepted + "; " + counts, accepted);
  }

  String denial(List<Finding> findings, Optional<Debt> debt) {
    String counts = counts(findings, debt);
    if (findings.isEmpty()) {
      return fit("denied");
    }
    Finding worst = findings.getFirst();
    return fit(counts + ": " + worst(worst), counts + ": " + worstPlace(worst), counts);
  }

  String clusters(List<ClusterRun> clusters) {
    List<ClusterRun> taking =
        clusters.stream().filter(c -> c.state() != ClusterRun.State.SUSPENDED).toList();
    int suspended = clusters.size() - taking.size();
    long done = taking.stream().filter(c -> c.state() == ClusterRun.State.IN_SYNC).count();
    String head =
        done
            + "/"
            + taking.size()
            + (taking.size() == 1 ? " cluster" : " clusters")
            + " in sync"
            + (suspended == 0 ? "" : ", " + suspended + " suspended");
    List<ClusterRun> failed =
        taking.stream().filter(c -> c.state() == ClusterRun.State.FAILED).toList();
    if (!failed.isEmpty()) {
      ClusterRun first = failed.getFirst();
      String clause = firstClause(first.message());
      String more = failed.size() == 1 ? "" : "; " + (failed.size() - 1) + " more failed";
      return fit(
          head + "; " + first.cluster() + ": " + first.reason() + ": " + first.message() + more,
          head + "; " + first.cluster() + ": " + first.reason() + ": " + clause + more,
          head + "; " + first.cluster() + ": " + first.reason() + more,
          head + "; " + failed.size() + " failed");
    }
    String waiting =
        taking.stream()
            .filter(c -> c.state() == ClusterRun.State.PENDING)
            .map(ClusterRun::cluster)
            .collect(Collectors.joining(", "));
    return waiting.isEmpty() ? fit(head) : fit(head + "; waiting for " + waiting, head);
  }

  String drift(List<DriftRun> drift) {
    List<DriftRun> drifted = drift.stream().filter(d -> d.count() > 0).toList();
    List<DriftRun> unknown = drift.stream().filter(d -> !d.failure().isEmpty()).toList();
    if (!drifted.isEmpty()) {
      DriftRun first = drifted.getFirst();
      int total = drifted.stream().mapToInt(DriftRun::count).sum();
      String more = total == 1 ? "" : " (" + (total - 1) + " more)";
      String where =
          drifted.stream().map(DriftRun::cluster).collect(Collectors.joining(", ", "on ", ""));
      String line = first.lines().isEmpty() ? "" : first.lines().getFirst();
      return fit(
          first.cluster() + ": " + line + more,
          first.cluster() + ": " + beforeComma(line) + more,
          total + " drifted " + where,
          total + " drifted on " + drifted.size() + " clusters");
    }
    if (!unknown.isEmpty()) {
      DriftRun first = unknown.getFirst();
      return fit(
          "can't be told: " + first.cluster() + ": " + first.failure(),
          "can't be told: " + first.cluster());
    }
    return fit("in sync");
  }

  /** What is wrong, without how to fix it. */
  static String firstClause(String message) {
    int end = message.indexOf("; ");
    return end < 0 ? message : message.substring(0, end);
  }

  private static String beforeComma(String line) {
    int comma = line.indexOf(',');
    return comma < 0 ? line : line.substring(0, comma);
  }
}
