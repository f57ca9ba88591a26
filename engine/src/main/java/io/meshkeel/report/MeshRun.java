package io.meshkeel.report;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
    List<DriftRun> drift) {
  public MeshRun {
    findings = List.copyOf(findings);
    clusters = List.copyOf(clusters);
    drift = List.copyOf(drift);
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
        List.of());
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
        mesh, outcome, findings, failure, policyRevision, kept, superseding, newClusters, newDrift);
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
