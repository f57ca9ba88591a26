package io.meshkeel.apply;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Carries out plans. Blocks; made for virtual threads. One apply per mesh and cluster at a time.
 */
public final class Applier {
  /** Writes in flight to one cluster. */
  public static final int DEFAULT_IN_FLIGHT = 64;

  private final int inFlight;

  /**
   * @param inFlight most writes in flight at once
   * @throws IllegalArgumentException if that is none
   */
  public Applier(int inFlight) {
    if (inFlight < 1) {
      throw new IllegalArgumentException("at least one write must be in flight");
    }
    this.inFlight = inFlight;
  }

  /**
   * Carries out the plan, stage by stage. Writes what differs and nothing else; a plan that writes
   * nothing makes no call. A failure stops only what depends on it, but a cluster that doesn't
   * answer stops everything. Idempotent by planning again: whatever this one didn't do is in the
   * next plan.
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
    if (!plan.writes()) {
      return new ApplyResult(plan.cluster(), Map.of(), Optional.empty());
    }
    ParentRecord parent = new ParentRecord(plan, live);
    Optional<Outcome.Failed> widened =
        plan.removesInventory() ? Optional.empty() : write(() -> parent.widen(cluster));
    if (widened.isPresent()) {
      Map<ResourceKey, Outcome> none = new TreeMap<>();
      plan.steps()
          .forEach(step ->
              none.put(
                  step.key(), new Outcome.NotDone("the inventory could not be written first")));
      return new ApplyResult(plan.cluster(), none, widened);
    }
    Run run = new Run(cluster, stopped);
    plan.stages().forEach(run::stage);
    ApplyResult members = new ApplyResult(plan.cluster(), run.outcomes, Optional.empty());
    if (!members.complete() || (plan.removesInventory() && !plan.skipped().isEmpty())) {
      return members;
    }
    return new ApplyResult(
        plan.cluster(),
        run.outcomes,
        write(
            plan.removesInventory()
                ? () -> parent.remove(cluster)
                : () -> parent.finish(cluster, revision)));
  }

  /**
   * Carries out the steps of a part of a plan and leaves the inventory as it is: the rest follows.
   * Blocks; idempotent.
   *
   * @param stopped asked before each step
   */
  public ApplyResult members(Plan part, Cluster cluster, BooleanSupplier stopped) {
    Run run = new Run(cluster, stopped);
    part.stages().forEach(run::stage);
    return new ApplyResult(part.cluster(), run.outcomes, Optional.empty());
  }

  private interface Write {
    void run() throws ClusterException;
  }

  private static Optional<Outcome.Failed> write(Write write) {
    try {
      write.run();
      return Optional.empty();
    } catch (ClusterException e) {
      return Optional.of(failed(e));
    }
  }

  private static Outcome.Failed failed(ClusterException e) {
    return new Outcome.Failed(e.reason(), String.valueOf(e.getMessage()), e.retryable());
  }

  /** One run over the stages of a plan. */
  private final class Run {
    private final StepWriter writer;
    private final BooleanSupplier stopped;
    private final Map<ResourceKey, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Semaphore permits = new Semaphore(inFlight);
    private volatile boolean away;

    Run(Cluster cluster, BooleanSupplier stopped) {
      this.writer = new StepWriter(cluster);
      this.stopped = stopped;
    }

    void stage(List<Step> steps) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Step step : steps) {
          Optional<Outcome.NotDone> reason = whyNot(step);
          if (reason.isPresent()) {
            outcomes.put(step.key(), reason.get());
          } else {
            threads.execute(() -> carryOut(step));
          }
        }
      }
    }

    /** Waits for a permit; whoever gets none has the reason. */
    private Optional<Outcome.NotDone> whyNot(Step step) {
      Optional<ResourceKey> missing =
          step.after().stream()
              .filter(key -> !(outcomes.get(key) instanceof Outcome.Applied))
              .sorted()
              .findFirst();
      if (missing.isPresent()) {
        return notDone("it waits for " + missing.get() + ", which was not applied");
      }
      try {
        permits.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return notDone("the apply was interrupted");
      }
      if (away || stopped.getAsBoolean()) {
        permits.release();
        return notDone(away ? "the cluster stopped answering" : "the apply was stopped");
      }
      return Optional.empty();
    }

    private static Optional<Outcome.NotDone> notDone(String why) {
      return Optional.of(new Outcome.NotDone(why));
    }

    private void carryOut(Step step) {
      // Replaced below; stays only if the writer breaks its contract.
      outcomes.put(
          step.key(),
          new Outcome.Failed(FailureReason.APPLY_FAILED, "the write ended unexpectedly", true));
      try {
        writer.write(step.change());
        outcomes.put(step.key(), new Outcome.Applied());
      } catch (ClusterException e) {
        away |= e.reason() == FailureReason.CLUSTER_UNREACHABLE;
        outcomes.put(step.key(), failed(e));
      } finally {
        permits.release();
      }
    }
  }
}
