package io.meshkeel.report;

import io.meshkeel.model.Debt;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fix;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.NotJudged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One mesh of a run.
 *
 * @param mesh its name
 * @param outcome what policy says
 * @param findings in {@link Finding#ORDER}
 * @param failure why policy could not tell; empty if it could
 * @param policyRevision digest of the policies that judged; empty if none did
 * @param kept the revision that stays applied because this one isn't; empty if none or not denied
 * @param supersededBy the revision that took its place before all clusters had it; empty if none
 * @param clusters by name
 * @param drift by cluster; only told on the head of the branch
 * @param debt what it took over from the last accepted revision; null if there was none
 * @param trend what this and the accepted revisions before it had, oldest first; empty if this one
 *     is not accepted or no commit of the branch
 * @param notJudged what rules could not say, for want of knowledge of the clusters
 * @param audit what is found since, for what its clusters do
 */
public record MeshRun(
    String mesh,
    Verdict.Outcome outcome,
    List<Finding> findings,
    String failure,
    String policyRevision,
    String kept,
    String supersededBy,
    List<ClusterRun> clusters,
    List<DriftRun> drift,
    @Nullable Debt debt,
    List<DebtRun> trend,
    List<NotJudged> notJudged,
    AuditRun audit) {
  /** 20 revisions of a trend. */
  public static final int MOST_TREND = 20;

  // A run that an older version stored has no trend, and says nothing of audits.
  @SuppressWarnings("ConstantValue")
  public MeshRun {
    trend = trend == null ? List.of() : List.copyOf(trend);
    notJudged = List.copyOf(Objects.requireNonNullElse(notJudged, List.of()));
    audit = Objects.requireNonNullElse(audit, AuditRun.NOTHING);
    findings = stored(findings);
    clusters = List.copyOf(clusters);
    drift = List.copyOf(drift);
  }

  /** As they are stored: what a fix would change is for whoever has the files. */
  static List<Finding> stored(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.fix() == null ? finding : finding.with((Fix) null))
        .toList();
  }

  /** What policy says, nothing else known. */
  public static MeshRun of(Verdict verdict, String kept) {
    return new MeshRun(
        verdict.mesh().value(),
        verdict.outcome(),
        verdict.findings(),
        verdict.failure().orElse(""),
        verdict.policyRevision(),
        verdict.outcome() == Verdict.Outcome.ACCEPTED ? "" : kept,
        "",
        List.of(),
        List.of(),
        verdict.debt().orElse(null),
        List.of(),
        verdict.notJudged(),
        AuditRun.NOTHING);
  }

  public boolean accepted() {
    return outcome == Verdict.Outcome.ACCEPTED;
  }

  /** Whether every cluster that takes part confirmed it. */
  public boolean inSync() {
    return accepted() && clusters.stream().allMatch(ClusterRun::settled);
  }

  MeshRun withSync(String superseding, List<ClusterRun> newClusters, List<DriftRun> newDrift) {
    return new MeshRun(
        mesh,
        outcome,
        findings,
        failure,
        policyRevision,
        kept,
        superseding,
        newClusters,
        newDrift,
        debt,
        trend,
        notJudged,
        audit);
  }

  /**
   * With its place in the trend of its mesh.
   *
   * @param revision its own
   * @param former the accepted revisions before it
   */
  MeshRun after(String revision, List<DebtRun> former) {
    List<DebtRun> points = new ArrayList<>(former);
    points.removeIf(point -> point.revision().equals(revision));
    points.add(DebtRun.of(revision, findings));
    return new MeshRun(
        mesh,
        outcome,
        findings,
        failure,
        policyRevision,
        kept,
        supersededBy,
        clusters,
        drift,
        debt,
        points.subList(Math.max(0, points.size() - MOST_TREND), points.size()),
        notJudged,
        audit);
  }

  /** Whether policy said the same before, whatever it was compared with. */
  boolean saysTheSame(MeshRun other) {
    return outcome == other.outcome
        && policyRevision.equals(other.policyRevision)
        && unmarked(findings).equals(unmarked(other.findings));
  }

  private static List<Finding> unmarked(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.with(Standing.NEW))
        .sorted(Finding.ORDER)
        .toList();
  }

  /** With what is found now. */
  MeshRun audited(long now, Verdict verdict) {
    AuditRun found = AuditRun.of(now, findings, verdict);
    return found.says(audit) && notJudged.equals(verdict.notJudged())
        ? this
        : new MeshRun(
            mesh,
            outcome,
            findings,
            failure,
            policyRevision,
            kept,
            supersededBy,
            clusters,
            drift,
            debt,
            trend,
            verdict.notJudged(),
            found);
  }

  /** Superseded by a revision, or no longer superseded if empty. */
  public MeshRun supersededBy(String sha) {
    return withSync(sha, clusters, drift);
  }

  /**
   * With what is known of one cluster replaced. A cluster that is found in sync again, after a
   * restart, keeps what was told of it.
   */
  public MeshRun with(ClusterRun cluster) {
    boolean foundAsLeft =
        cluster.state() == ClusterRun.State.IN_SYNC
            && cluster.changes().isEmpty()
            && clusters.stream()
                .anyMatch(c ->
                    c.cluster().equals(cluster.cluster()) && c.state() == ClusterRun.State.IN_SYNC);
    if (foundAsLeft) {
      return this;
    }
    boolean failedBefore =
        clusters.stream().anyMatch(c -> c.cluster().equals(cluster.cluster()) && c.everFailed());
    List<ClusterRun> changed = new ArrayList<>(clusters);
    changed.removeIf(c -> c.cluster().equals(cluster.cluster()));
    changed.add(failedBefore ? cluster.failedBefore() : cluster);
    changed.sort(Comparator.comparing(ClusterRun::cluster));
    return withSync(supersededBy, changed, drift);
  }

  /** With a cluster that is to be brought here, unless it is known to have been already. */
  MeshRun started(ClusterRun cluster) {
    boolean known =
        clusters.stream().anyMatch(c -> c.cluster().equals(cluster.cluster()) && c.settled());
    return known && !cluster.settled() ? this : with(cluster);
  }

  /** With the drift of one cluster replaced. */
  public MeshRun with(DriftRun found) {
    List<DriftRun> changed = new ArrayList<>(drift);
    changed.removeIf(d -> d.cluster().equals(found.cluster()));
    changed.add(found);
    changed.sort(Comparator.comparing(DriftRun::cluster));
    return withSync(supersededBy, clusters, changed);
  }
}
