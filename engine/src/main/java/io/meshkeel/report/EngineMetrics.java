package io.meshkeel.report;

import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the engine counts and measures. Names begin with {@code meshkeel.}. Any thread. */
public final class EngineMetrics {
  private final MeterRegistry registry;
  private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

  public EngineMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A call to the forge, timed and counted by how it ends. */
  public <T> T forgeCall(String call, ForgeCall<T> body) throws ForgeException {
    Timer.Sample sample = Timer.start(registry);
    String outcome = "failed";
    try {
      T result = body.call();
      outcome = "ok";
      return result;
    } catch (ForgeException e) {
      outcome = e.retryable() ? "retry" : "refused";
      throw e;
    } finally {
      sample.stop(registry.timer("meshkeel.forge.calls", "call", call, "outcome", outcome));
    }
  }

  /** A call to the forge. */
  @FunctionalInterface
  public interface ForgeCall<T> {
    T call() throws ForgeException;
  }

  /** A revision was judged for a mesh: {@code accepted}, {@code denied} or {@code error}. */
  public void verdict(String mesh, String outcome) {
    registry.counter("meshkeel.verdicts", "mesh", mesh, "outcome", outcome).increment();
  }

  /** What an accepted revision leaves to be put right, by severity; waived findings not counted. */
  public void debt(Verdict verdict) {
    if (verdict.outcome() != Verdict.Outcome.ACCEPTED) {
      return;
    }
    DebtRun debt = DebtRun.of("", verdict.findings());
    String mesh = verdict.mesh().value();
    debt(mesh, Severity.ERROR).set(debt.errors());
    debt(mesh, Severity.WARN).set(debt.warnings());
    debt(mesh, Severity.INFO).set(debt.notes());
  }

  private AtomicLong debt(String mesh, Severity severity) {
    return gauges.computeIfAbsent(
        "meshkeel.debt " + mesh + " " + severity,
        key -> {
          AtomicLong value = new AtomicLong();
          Gauge.builder("meshkeel.debt", value, AtomicLong::doubleValue)
              .tag("mesh", mesh)
              .tag("severity", severity.word())
              .register(registry);
          return value;
        });
  }

  /** A commit of the branch or a pull request was looked at: {@code branch}, {@code pull}. */
  public void commit(String kind) {
    registry.counter("meshkeel.commits", "kind", kind).increment();
  }

  /** How long a stage took: {@code fetch}, {@code parse}, {@code judge}, {@code apply} … */
  public void stage(String stage, Duration took) {
    registry.timer("meshkeel.stage", "stage", stage).record(took);
  }

  /** From the start of a look at the repository to the confirmation of a cluster. */
  public void commitToApplied(String mesh, String cluster, Duration took) {
    registry.timer("meshkeel.commit.to.applied", "mesh", mesh, "cluster", cluster).record(took);
  }

  /** An apply ended; {@code reason} is empty if all was applied. */
  public void apply(String mesh, String cluster, Optional<FailureReason> reason, long objects) {
    String outcome = reason.map(FailureReason::word).orElse("ok");
    registry
        .counter("meshkeel.applies", "mesh", mesh, "cluster", cluster, "outcome", outcome)
        .increment();
    registry
        .counter("meshkeel.objects.written", "mesh", mesh, "cluster", cluster)
        .increment(objects);
  }

  /** Fields and objects that drifted now. */
  public void drift(String mesh, String cluster, long count) {
    gauge("meshkeel.drift", mesh, cluster).set(count);
  }

  /** What is found of an accepted mesh now, by severity; what a waiver excepts is left out. */
  public void findings(String mesh, List<Finding> findings) {
    for (Severity severity : Severity.values()) {
      long count =
          findings.stream()
              .filter(finding -> finding.severity() == severity)
              .filter(finding -> finding.standing().state() != Standing.State.WAIVED)
              .count();
      gauges
          .computeIfAbsent(
              "meshkeel.findings " + mesh + " " + severity,
              key -> {
                AtomicLong value = new AtomicLong();
                Gauge.builder("meshkeel.findings", value, AtomicLong::doubleValue)
                    .tag("mesh", mesh)
                    .tag("severity", severity.word())
                    .register(registry);
                return value;
              })
          .set(count);
    }
  }

  /** Work that waits in a lane: 0 or 1 target, and keys that were touched. */
  public void laneQueue(String mesh, String cluster, long length) {
    gauge("meshkeel.lane.queue", mesh, cluster).set(length);
  }

  /** Whether a cluster is in sync with its target: 1, or 0. */
  public void inSync(String mesh, String cluster, boolean inSync) {
    gauge("meshkeel.in.sync", mesh, cluster).set(inSync ? 1 : 0);
  }

  /** Commits whose statuses are kept track of. */
  public void statusQueue(long length) {
    gauges
        .computeIfAbsent(
            "meshkeel.status.queue",
            name -> {
              AtomicLong value = new AtomicLong();
              Gauge.builder(name, value, AtomicLong::doubleValue).register(registry);
              return value;
            })
        .set(length);
  }

  private AtomicLong gauge(String name, String mesh, String cluster) {
    return gauges.computeIfAbsent(
        name + " " + mesh + " " + cluster,
        key -> {
          AtomicLong value = new AtomicLong();
          Gauge.builder(name, value, AtomicLong::doubleValue)
              .tag("mesh", mesh)
              .tag("cluster", cluster)
              .register(registry);
          return value;
        });
  }
}
