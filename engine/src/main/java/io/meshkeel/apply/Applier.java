package io.meshkeel.apply;

import io.meshkeel.kube.Cluster;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.Revision;
import io.meshkeel.plan.Plan;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Carries out plans. Blocks; made for virtual threads. One apply per cluster at a time. */
public final class Applier {
  /** Writes in flight to one cluster. */
  public static final int DEFAULT_IN_FLIGHT = 64;

  /**
   * @param inFlight most writes in flight at once
   */
  public Applier(int inFlight) {}

  /**
   * Carries out the plan, stage by stage. Writes what differs and nothing else; an empty plan
   * writes nothing. A failure stops only what depends on it. Idempotent by planning again: whatever
   * this one didn't do is in the next plan.
   *
   * @param revision recorded on the cluster when all is done; empty keeps the recorded one
   * @param stopped asked before each write; when it says yes, writes in flight are finished and the
   *     rest is reported as not done
   */
  public ApplyResult apply(
      Plan plan,
      Cluster cluster,
      LiveState live,
      Optional<Revision> revision,
      BooleanSupplier stopped) {
    throw new UnsupportedOperationException();
  }
}
