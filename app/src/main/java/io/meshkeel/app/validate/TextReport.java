package io.meshkeel.app.validate;

import io.meshkeel.model.Finding;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.RulePages;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** For people: each finding with its line, worst first, then a line for each mesh. */
final class TextReport {
  private static final String PLAIN = "\u001B[0m";

  private final PrintWriter out;
  private final boolean coloured;

  /**
   * @param coloured whether severities and verdicts are told in colours
   */
  TextReport(PrintWriter out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  private String coloured(String text, int colour) {
    return coloured ? "\u001B[" + colour + "m" + text + PLAIN : text;
  }

  /** What may deny by its severity, what can't faint. */
  private String severity(Finding finding) {
    String word = finding.severity().word();
    if (!finding.standing().equals(Standing.NEW)) {
      return coloured(word, 2);
    }
    return switch (finding.severity()) {
      case ERROR -> coloured(word, 31);
      case WARN -> coloured(word, 33);
      case INFO -> coloured(word, 36);
    };
  }

  void print(Validation validation) {
    SourceExcerpt excerpt = new SourceExcerpt(validation.snapshot());
    Suggestions suggestions = new Suggestions(validation.snapshot());
    for (Finding finding : validation.findings()) {
      print(finding, excerpt);
      suggestions.of(finding).ifPresent(this::print);
      out.println();
    }
    settings(validation);
    for (int i = 0; i < validation.verdicts().size(); i++) {
      out.println(summary(validation.verdicts().get(i), validation.objects().get(i)));
      debt(validation.verdicts().get(i)).ifPresent(out::println);
      notJudged(validation.verdicts().get(i)).forEach(out::println);
    }
    if (validation.verdicts().isEmpty() && !validation.findings().isEmpty()) {
      out.println("no mesh was judged: " + counts(validation.findings()));
    }
    out.flush();
  }

  private void print(Finding finding, SourceExcerpt excerpt) {
    StringBuilder head = new StringBuilder();
    if (finding.position() != null) {
      head.append(finding.position()).append(": ");
    }
    String place = SourceExcerpt.printable(head.toString());
    head.setLength(0);
    head.append(standing(finding.standing())).append(' ');
    head.append(finding.ruleId());
    List<String> elsewhere = RulePages.elsewhere(finding.ruleId());
    if (!elsewhere.isEmpty()) {
      head.append(" (").append(String.join(", ", elsewhere)).append(')');
    }
    head.append(": ");
    if (finding.cluster() != null) {
      head.append("cluster ").append(finding.cluster()).append(": ");
    }
    if (finding.resource() != null) {
      head.append(finding.resource()).append(": ");
    }
    out.println(place + severity(finding) + SourceExcerpt.printable(head + finding.message()));
    if (finding.position() != null) {
      excerpt.of(finding.position()).ifPresent(out::print);
    }
    for (Finding.Related related : finding.related()) {
      out.println("  see: " + SourceExcerpt.printable(place(related)));
    }
    if (!finding.remediation().isEmpty()) {
      out.println("  fix: " + SourceExcerpt.printable(finding.remediation()));
    }
  }

  private void print(Suggestion suggestion) {
    String how =
        suggestion.byHand().isEmpty()
            ? "; `--fix` does it"
            : "; by hand, since " + suggestion.byHand();
    out.println("  certain: " + SourceExcerpt.printable(suggestion.title() + how));
  }

  private static String standing(Standing standing) {
    return switch (standing.state()) {
      case NEW -> "";
      case KNOWN -> " (known)";
      case WAIVED -> " (waived by " + standing.by() + ")";
    };
  }

  private static String place(Finding.Related related) {
    String object =
        (related.cluster() == null ? "" : "cluster " + related.cluster() + ": ")
            + related.resource();
    return related.position() == null ? object : related.position() + ": " + object;
  }

  /** What is known, and how much more or less than before; empty if nothing was compared. */
  static Optional<String> debt(Verdict verdict) {
    return verdict.debt().map(debt -> "mesh %s: debt %s".formatted(verdict.mesh(), debt));
  }

  /** What must not be taken for a pass: a line for each reason. */
  static List<String> notJudged(Verdict verdict) {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (Verdict.NotJudged one : verdict.notJudged()) {
      byReason
          .computeIfAbsent(one.reason(), r -> new ArrayList<>())
          .add(one.rule() + " (" + one.objects() + ")");
    }
    List<String> lines = new ArrayList<>();
    byReason.forEach((reason, rules) ->
        lines.add(
            "mesh %s: not judged, since %s: %d %s with the number of objects: %s"
                .formatted(
                    verdict.mesh(),
                    reason,
                    rules.size(),
                    rules.size() == 1 ? "rule" : "rules",
                    String.join(", ", rules))));
    return lines;
  }

  private String summary(Verdict verdict, int objects) {
    return "mesh %s: %s, %s in %d %s (policy %s)"
        .formatted(
            verdict.mesh(),
            coloured(
                verdict.outcome().name().toLowerCase(Locale.ROOT),
                verdict.outcome() == Verdict.Outcome.ACCEPTED ? 32 : 31),
            counts(verdict.findings()),
            objects,
            objects == 1 ? "object" : "objects",
            verdict.policyRevision().substring(0, Math.min(12, verdict.policyRevision().length())));
  }

  static String counts(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "no findings";
    }
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    Map<Standing.State, Integer> standings = new EnumMap<>(Standing.State.class);
    for (Finding finding : findings) {
      if (finding.standing().equals(Standing.NEW)) {
        counts.merge(finding.severity(), 1, Integer::sum);
      } else {
        standings.merge(finding.standing().state(), 1, Integer::sum);
      }
    }
    StringBuilder text = new StringBuilder();
    counts.forEach((severity, count) ->
        text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(severity.word()));
    standings.forEach((state, count) ->
        text.append(text.isEmpty() ? "" : ", ")
            .append(count)
            .append(' ')
            .append(state.name().toLowerCase(Locale.ROOT)));
    return text.toString();
  }

  /** What policies/config.yaml changes, so that nobody takes silence for a clean bill. */
  private void settings(Validation validation) {
    for (PolicySettings.Setting setting : validation.governance().settings().rules()) {
      setting
          .level()
          .ifPresent(level ->
              out.println(
                  setting.position()
                      + ": "
                      + setting.rule()
                      + " is "
                      + level.name().toLowerCase(Locale.ROOT)
                      + scope(setting.scope())));
    }
  }

  private static String scope(PolicySettings.Scope scope) {
    StringBuilder text = new StringBuilder();
    scope.mesh().ifPresent(mesh -> text.append(", mesh ").append(mesh));
    scope.cluster().ifPresent(cluster -> text.append(", cluster ").append(cluster));
    scope.namespace().ifPresent(namespace -> text.append(", namespace ").append(namespace));
    return text.isEmpty() ? "" : " in" + text.substring(1);
  }
}
