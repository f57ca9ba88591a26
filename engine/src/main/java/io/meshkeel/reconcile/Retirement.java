package io.meshkeel.reconcile;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.desired.DesiredState;
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
   * One try; blocks. Idempotent: what it didn't do, the next one does.
   *
   * @param gone the mesh and the cluster as they were declared last
   * @param now by which holds are measured
   * @return why not all is done; empty if the cluster holds nothing of ours any more
   */
  static Optional<LaneReports.Failure> carryOut(
      DesiredState gone, LaneLink link, Applier applier, Instant now, BooleanSupplier stopped) {
    Plan plan = Removal.plan(gone, link.live(), now);
    ApplyResult result =
        applier.apply(plan, link.cluster(), link.live(), Optional.empty(), stopped);
    Optional<LaneReports.Failure> failure = LaneReports.failure(plan, result);
    if (failure.isEmpty()) {
      LOG.info(
          "{}/{}: left the repository: {}",
          plan.mesh(),
          plan.cluster(),
          plan.changes().isEmpty() ? "nothing of ours was there" : PlanText.summary(plan));
    }
    return failure;
  }
}
