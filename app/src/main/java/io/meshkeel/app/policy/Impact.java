package io.meshkeel.app.policy;

import io.meshkeel.app.validate.Validation;
import io.meshkeel.git.WorkingCopy.Commit;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fingerprint;
import io.meshkeel.model.Governance;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What other policies would change.
 *
 * @param heads of branches, as they stand
 * @param commits of the branch, newest first, by what they brought in
 */
record Impact(List<Head> heads, List<Merged> commits) {
  Impact {
    heads = List.copyOf(heads);
    commits = List.copyOf(commits);
  }

  /** What becomes of a verdict. */
  enum Change {
    NEWLY_FAILING,
    NEWLY_PASSING,
    UNCHANGED,
    /** Policy could not be asked, by the old or the new ones. */
    UNKNOWN
  }

  /**
   * The head of a branch.
   *
   * @param branch its name
   * @param revision its commit
   * @param meshes by name
   */
  record Head(String branch, Revision revision, List<OfMesh> meshes) {
    Head {
      meshes = List.copyOf(meshes);
    }
  }

  /**
   * A commit of the branch.
   *
   * @param commit which
   * @param meshes by name
   */
  record Merged(Commit commit, List<OfMesh> meshes) {
    Merged {
      meshes = List.copyOf(meshes);
    }

    /** Whether a mesh took it and wouldn't any more. */
    boolean stopped() {
      return meshes.stream().anyMatch(mesh -> mesh.change() == Change.NEWLY_FAILING);
    }
  }

  /**
   * What becomes of one mesh.
   *
   * @param mesh its name
   * @param before what the old policies say
   * @param after what the new ones say
   * @param failing findings that deny by the new and not by the old ones
   * @param passing findings that denied by the old and don't by the new ones
   * @param why why policy could not be asked; empty if it could
   */
  record OfMesh(
      MeshName mesh,
      Outcome before,
      Outcome after,
      List<Finding> failing,
      List<Finding> passing,
      String why) {
    OfMesh {
      failing = List.copyOf(failing);
      passing = List.copyOf(passing);
    }

    /** Compares two verdicts about the same revision. */
    static OfMesh of(
        Verdict before,
        Governance old,
        Verdict after,
        Governance fresh,
        Map<ResourceKey, Map<String, Object>> contents) {
      Map<String, Finding> denied = denying(before, old, contents);
      Map<String, Finding> denies = denying(after, fresh, contents);
      List<Finding> failing = new ArrayList<>();
      denies.forEach((print, finding) -> {
        if (!denied.containsKey(print)) {
          failing.add(finding);
        }
      });
      List<Finding> passing = new ArrayList<>();
      denied.forEach((print, finding) -> {
        if (!denies.containsKey(print)) {
          passing.add(finding);
        }
      });
      return new OfMesh(
          after.mesh(),
          before.outcome(),
          after.outcome(),
          failing,
          passing,
          after.failure().or(before::failure).orElse(""));
    }

    private static Map<String, Finding> denying(
        Verdict verdict, Governance governance, Map<ResourceKey, Map<String, Object>> contents) {
      List<Finding> findings =
          verdict.findings().stream()
              .filter(finding -> Validation.denies(finding, governance, false))
              .toList();
      List<String> prints =
          Fingerprint.ofAll(
              findings,
              finding ->
                  finding.resource() == null
                      ? Map.of()
                      : contents.getOrDefault(finding.resource(), Map.of()));
      Map<String, Finding> denying = new LinkedHashMap<>();
      for (int i = 0; i < findings.size(); i++) {
        denying.put(prints.get(i), findings.get(i));
      }
      return denying;
    }

    Change change() {
      if (before == Outcome.ERROR || after == Outcome.ERROR) {
        return Change.UNKNOWN;
      }
      return before == after
          ? Change.UNCHANGED
          : after == Outcome.DENIED ? Change.NEWLY_FAILING : Change.NEWLY_PASSING;
    }
  }

  /**
   * An exception without which a branch would fail.
   *
   * @param rule its id
   * @param match as a Waiver would have it
   * @param branches that need it
   */
  record Needed(String rule, Map<String, Object> match, List<String> branches) {}

  /** The waivers that the heads would need, by rule and object. */
  List<Needed> waivers() {
    Map<String, Needed> needed = new TreeMap<>();
    for (Head head : heads) {
      for (OfMesh mesh : head.meshes()) {
        for (Finding finding : mesh.failing()) {
          if (finding.resource() != null && !finding.ruleId().matches("[DSW][0-9]{3}")) {
            Map<String, Object> match = Baseline.match(finding, finding.resource());
            needed
                .computeIfAbsent(
                    finding.ruleId() + match,
                    key -> new Needed(finding.ruleId(), match, new ArrayList<>()))
                .branches()
                .add(head.branch());
          }
        }
      }
    }
    return needed.values().stream()
        .map(
            one -> new Needed(one.rule(), one.match(), one.branches().stream().distinct().toList()))
        .toList();
  }

  private boolean any(Change change) {
    return heads.stream()
            .flatMap(head -> head.meshes().stream())
            .anyMatch(mesh -> mesh.change() == change)
        || commits.stream()
            .flatMap(commit -> commit.meshes().stream())
            .anyMatch(mesh -> mesh.change() == change);
  }

  /** Whether something fails that didn't. */
  boolean fails() {
    return any(Change.NEWLY_FAILING)
        || heads.stream()
            .flatMap(head -> head.meshes().stream())
            .anyMatch(mesh -> !mesh.failing().isEmpty());
  }

  /** Whether policy could not be asked about something. */
  boolean unknown() {
    return any(Change.UNKNOWN);
  }
}
