package io.meshkeel.reconcile;

import io.meshkeel.model.Declarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.policy.PolicyError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a proposal's own rules and settings would do, told beside the verdict by those of the
 * branch, which bind it. Pure but for the judge it is given.
 */
final class PolicyChange {
  private PolicyChange() {}

  /**
   * A note for each mesh, and as errors what is wrong with the proposal's rules: once merged they
   * would deny every mesh.
   *
   * @param proposed what the proposal declares, under its own rules and settings
   * @param binding what binds it
   * @param verdicts by what binds it
   * @param judge judges declarations as they are; asked only if rules or settings differ
   * @return nothing if the proposal leaves both as they are
   */
  static List<Finding> effect(
      Declarations proposed,
      Governance binding,
      Map<MeshName, Verdict> verdicts,
      Function<Declarations, Map<MeshName, Verdict>> judge) {
    Governance own = proposed.governance();
    if (own.policies().equals(binding.policies()) && own.settings().equals(binding.settings())) {
      return List.of();
    }
    Set<Finding> effect = new LinkedHashSet<>();
    for (var after : new TreeMap<>(judge.apply(proposed)).entrySet()) {
      Verdict before = verdicts.get(after.getKey());
      if (before != null) {
        after.getValue().findings().stream()
            .filter(PolicyError::isOf)
            .map(PolicyChange::ofNoMesh)
            .forEach(effect::add);
        effect.add(note(own, before, after.getValue()));
      }
    }
    return List.copyOf(effect);
  }

  private static Finding ofNoMesh(Finding finding) {
    return new Finding(
        finding.ruleId(),
        finding.severity(),
        finding.message(),
        null,
        null,
        finding.path(),
        finding.position(),
        finding.remediation());
  }

  private static Finding note(Governance own, Verdict before, Verdict after) {
    Severity severity =
        after.outcome() == Outcome.ERROR
            ? Severity.ERROR
            : before.outcome() == Outcome.ACCEPTED && after.outcome() == Outcome.DENIED
                ? Severity.WARN
                : Severity.INFO;
    List<Finding> more = less(after.findings(), before.findings());
    List<Finding> fewer = less(before.findings(), after.findings());
    String outcome = after.outcome().name().toLowerCase(Locale.ROOT);
    return new Finding(
        PolicyError.CHANGE.id(),
        severity,
        "by the rules and settings of this proposal, which hold once it is merged, mesh "
            + after.mesh()
            + " would be "
            + (after.outcome() == Outcome.ERROR
                ? "an error (" + after.failure().orElse("") + ")"
                : outcome)
            + (more.isEmpty() && fewer.isEmpty()
                ? ", with the same findings"
                : ": "
                    + more.size()
                    + " findings more"
                    + byRule(more)
                    + ", "
                    + fewer.size()
                    + " fewer"
                    + byRule(fewer)),
        after.mesh(),
        null,
        JsonPath.ROOT,
        place(own),
        severity == Severity.INFO ? "" : "look at what changes before it is merged");
  }

  private static SourcePosition place(Governance own) {
    String file =
        own.settings().equals(PolicySettings.DEFAULT) && !own.policies().files().isEmpty()
            ? own.policies().files().firstKey()
            : "policies/config.yaml";
    return new SourcePosition(file, 1, 1, false);
  }

  private static List<Finding> less(List<Finding> these, List<Finding> those) {
    Set<List<Object>> there = those.stream().map(PolicyChange::key).collect(Collectors.toSet());
    List<Finding> left = new ArrayList<>(these);
    left.removeIf(finding -> there.contains(key(finding)));
    return left;
  }

  /** What makes two findings the same one, severity included. */
  private static List<Object> key(Finding finding) {
    return List.of(
        finding.ruleId(),
        finding.severity(),
        finding.message(),
        String.valueOf(finding.resource()),
        finding.path(),
        String.valueOf(finding.cluster()));
  }

  private static String byRule(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "";
    }
    Map<String, Long> counts =
        findings.stream()
            .collect(Collectors.groupingBy(Finding::ruleId, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(rule -> rule.getKey() + " " + rule.getValue())
        .collect(Collectors.joining(", ", " (", ")"));
  }
}
