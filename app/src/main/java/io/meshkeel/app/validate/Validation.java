package io.meshkeel.app.validate;

import io.meshkeel.app.ExitCode;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fingerprint;
import io.meshkeel.model.Governance;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings.Enforce;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.policy.PolicyError;
import io.meshkeel.policy.RuleCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was said of a folder.
 *
 * @param snapshot the folder
 * @param findings of all meshes and of none, worst first; one that is told both of a mesh and of
 *     none (a file that may be the mesh's own) only of the mesh; what is wrong with a rule of the
 *     repository's own, which may be told of several meshes, only once and then of none
 * @param verdicts one for each mesh that could be judged, by name
 * @param objects the number of objects of each verdict's mesh, in the same order
 * @param counts what each rule looked at, by verdict in the same order; empty where nobody wants to
 *     know
 * @param contents what the objects of each mesh hold, to know their list items by name
 * @param governance how the repository wants findings to be taken
 * @param strangers clusters of the snapshot that no mesh has
 * @param broken whether declarations could not be read
 * @param strict whether findings that are no errors deny too
 * @param failure why policy could not be asked at all
 */
public record Validation(
    Snapshot snapshot,
    List<Finding> findings,
    List<Verdict> verdicts,
    List<Integer> objects,
    List<List<RuleCount>> counts,
    Map<MeshName, Map<ResourceKey, Map<String, Object>>> contents,
    Governance governance,
    List<String> strangers,
    boolean broken,
    boolean strict,
    Optional<String> failure) {
  public Validation {
    List<Finding> sorted = onceEach(findings);
    sorted.sort(Finding.ORDER);
    findings = List.copyOf(sorted);
    verdicts = List.copyOf(verdicts);
    objects = List.copyOf(objects);
    counts = List.copyOf(counts);
    contents = Map.copyOf(contents);
    strangers = List.copyOf(strangers);
  }

  private static List<Finding> onceEach(List<Finding> findings) {
    Set<Finding> ofMeshes = new HashSet<>();
    for (Finding finding : findings) {
      if (finding.mesh() != null) {
        ofMeshes.add(ofNoMesh(finding));
      }
    }
    List<Finding> once = new ArrayList<>();
    Map<Finding, Integer> ofRules = new HashMap<>();
    for (Finding finding : findings) {
      if (finding.mesh() == null && ofMeshes.contains(finding)) {
        continue;
      }
      Integer before = PolicyError.isOf(finding) ? ofRules.get(sameRule(finding)) : null;
      if (before != null) {
        once.set(before, ofNoMesh(once.get(before)));
        continue;
      }
      ofRules.put(sameRule(finding), once.size());
      once.add(finding);
    }
    return once;
  }

  /** Findings about one rule that are equal in this are told once. */
  private static Finding sameRule(Finding finding) {
    boolean ranOver = finding.ruleId().equals(PolicyError.RAN_OVER.id());
    return new Finding(
        finding.ruleId(),
        finding.severity(),
        // What it took too much of may not be the same everywhere; its place is that of the rule.
        ranOver ? "" : finding.message(),
        null,
        finding.resource(),
        finding.path(),
        finding.position(),
        finding.remediation(),
        null,
        List.of(),
        finding.standing());
  }

  /** Whether a finding of a mesh is told of none, since it is also told of others. */
  boolean isTogether(Finding finding) {
    return PolicyError.isOf(finding)
        && findings.stream()
            .anyMatch(each -> each.mesh() == null && sameRule(each).equals(sameRule(finding)));
  }

  private static Finding ofNoMesh(Finding finding) {
    return new Finding(
        finding.ruleId(),
        finding.severity(),
        finding.message(),
        null,
        finding.resource(),
        finding.path(),
        finding.position(),
        finding.remediation(),
        finding.cluster(),
        finding.related(),
        finding.standing(),
        finding.fix());
  }

  /** One {@link Fingerprint} for each finding, in their order. */
  List<String> fingerprints() {
    return Fingerprint.ofAll(findings, this::content);
  }

  private Map<String, Object> content(Finding finding) {
    if (finding.mesh() == null || finding.resource() == null) {
      return Map.of();
    }
    return contents
        .getOrDefault(finding.mesh(), Map.of())
        .getOrDefault(finding.resource(), Map.of());
  }

  /** Whether this finding denies. */
  public boolean denies(Finding finding) {
    return denies(finding, governance, strict);
  }

  /**
   * Whether a finding denies.
   *
   * @param governance that it is judged under
   * @param strict whether findings that are no errors deny too
   */
  public static boolean denies(Finding finding, Governance governance, boolean strict) {
    if (!strict && finding.severity() != Severity.ERROR) {
      return false;
    }
    return switch (finding.standing().state()) {
      case NEW -> true;
      case KNOWN -> governance.settings().enforce() == Enforce.ALL;
      case WAIVED -> false;
    };
  }

  /** Every reason why policy could not be asked. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    failure.ifPresent(failures::add);
    for (Verdict verdict : verdicts) {
      verdict.failure().ifPresent(why -> failures.add("mesh " + verdict.mesh() + ": " + why));
    }
    return failures;
  }

  /** One of {@link ExitCode}: the worst that applies. */
  public int exitCode() {
    if (!failures().isEmpty()) {
      return ExitCode.UNABLE;
    }
    if (broken) {
      return ExitCode.WRONG_USE;
    }
    return verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.DENIED)
        ? ExitCode.FINDINGS
        : ExitCode.GOOD;
  }
}
