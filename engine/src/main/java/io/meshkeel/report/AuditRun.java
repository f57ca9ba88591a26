package io.meshkeel.report;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Fix;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of an accepted mesh since its verdict, by what its clusters do. It denies nothing.
 *
 * @param at when that was first found, in milliseconds since 1970
 * @param appeared findings that the verdict didn't have
 * @param gone how many findings of the verdict are no longer found
 */
public record AuditRun(long at, List<Finding> appeared, int gone) {
  public AuditRun {
    appeared = MeshRun.stored(appeared);
  }

  /** The same is found as by the verdict. */
  static final AuditRun NOTHING = new AuditRun(0, List.of(), 0);

  /**
   * @param now in milliseconds since 1970
   * @param before what the verdict found
   */
  static AuditRun of(long now, List<Finding> before, Verdict audit) {
    Set<Finding> known = new HashSet<>();
    before.forEach(finding -> known.add(bare(finding)));
    Set<Finding> found = new HashSet<>();
    audit.findings().forEach(finding -> found.add(bare(finding)));
    List<Finding> appeared =
        audit.findings().stream().filter(finding -> !known.contains(bare(finding))).toList();
    known.removeAll(found);
    return appeared.isEmpty() && known.isEmpty()
        ? NOTHING
        : new AuditRun(now, appeared, known.size());
  }

  /** Whether it says the same, whenever. */
  boolean says(AuditRun other) {
    return gone == other.gone && appeared.equals(other.appeared);
  }

  private static Finding bare(Finding finding) {
    return finding.with(Standing.NEW).with((Fix) null);
  }
}
