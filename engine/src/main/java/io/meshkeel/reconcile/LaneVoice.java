package io.meshkeel.reconcile;

import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.Revision;
import io.meshkeel.plan.Plan;
import io.meshkeel.report.ClusterRun;
import io.meshkeel.report.DriftRun;

/**
 * How a lane tells how its cluster stands. The forge is told last: who read it there finds the same
 * in the service's own answers and in its metrics. The thread of the lane.
 */
final class LaneVoice {
  private final MeshCluster cluster;
  private final EngineParts parts;
  private final Runnable publish;

  /**
   * @param publish shows the lane's status as it is now
   */
  LaneVoice(MeshCluster cluster, EngineParts parts, Runnable publish) {
    this.cluster = cluster;
    this.parts = parts;
    this.publish = publish;
  }

  /**
   * Tells how a revision stands in the cluster.
   *
   * @param inSync whether the cluster holds all of it
   */
  void cluster(Revision revision, ClusterRun run, boolean inSync) {
    publish.run();
    parts.metrics().inSync(cluster.mesh().value(), cluster.name().value(), inSync);
    parts.reporter().cluster(cluster.mesh(), revision, run);
  }

  /** Counts what was written, and whether all of it was; of interest to metrics only. */
  void wrote(Plan plan, ApplyResult result) {
    parts
        .metrics()
        .apply(
            cluster.mesh().value(),
            cluster.name().value(),
            LaneReports.failure(plan, result).map(LaneReports.Failure::reason),
            result.count(Outcome.Applied.class));
  }

  /** Tells what drifted. */
  void drift(DriftRun found) {
    publish.run();
    parts.metrics().drift(cluster.mesh().value(), cluster.name().value(), found.count());
    parts.reporter().drift(cluster.mesh(), found);
  }
}
