package io.meshkeel.reconcile;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.PlanText;
import io.meshkeel.plan.Removal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Releases or deletes what a cluster that left the repository holds of ours. */
final class Retirement {
  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

  private Retirement() {}

  /**
   * How far a try came.
   *
   * @param done whether the cluster holds nothing of ours any more
   * @param failure why not, if something stands in the way; else workloads are waited for
   */
  record Standing(boolean done, Optional<LaneReports.Failure> failure) {}

  /**
   * One try; blocks. Idempotent: what it didn't do, the next one does. Workloads that restart when
   * our settings go are restarted a few at a time, as a revision restarts them.
   *
   * @param gone the mesh and the cluster as they were declared last
   * @param rollouts of the lane
   * @param now by which holds are measured
   */
  static Standing carryOut(
      Target gone,
      LaneLink link,
      Applier applier,
      Rollouts rollouts,
      Instant now,
      BooleanSupplier stopped) {
    rollouts.look(gone, link.live());
    Plan whole = Removal.plan(gone.desired(), link.live(), now);
    Plan plan = rollouts.admit(whole);
    boolean all = plan.changes().size() == whole.changes().size();
    ApplyResult result =
        all
            ? applier.apply(plan, link.cluster(), link.live(), Optional.empty(), stopped)
            : applier.members(plan, link.cluster(), stopped);
    rollouts.written(plan, result);
    Optional<LaneReports.Failure> failure = LaneReports.failure(plan, result);
    boolean done = all && failure.isEmpty();
    if (done) {
      LOG.info(
          "{}/{}: left the repository: {}",
          plan.mesh(),
          plan.cluster(),
          plan.changes().isEmpty() ? "nothing of ours was there" : PlanText.summary(plan));
    }
    return new Standing(done, failure);
  }
}
