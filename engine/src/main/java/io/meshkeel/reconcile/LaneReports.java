package io.meshkeel.reconcile;

import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.FieldDifference;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Step;
import io.meshkeel.report.ChangeRun;
import io.meshkeel.report.ClusterRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts plans and their results into words. Pure. */
final class LaneReports {
  /** Most fields named per object. */
  private static final int MAX_FIELDS = 20;

  private LaneReports() {}

  /** The first reason why not all is as it should be; empty if all is. */
  record Failure(FailureReason reason, String message, boolean retryable) {}

  static Optional<Failure> failure(Plan plan, ApplyResult result) {
    for (Outcome outcome : result.outcomes().values()) {
      if (outcome instanceof Outcome.Failed failed) {
        return Optional.of(
            new Failure(failed.reason(), failed.message() + more(result), failed.retryable()));
      }
    }
    if (result.parent().isPresent()) {
      Outcome.Failed failed = result.parent().get();
      return Optional.of(
          new Failure(failed.reason(), "the record: " + failed.message(), failed.retryable()));
    }
    List<Change.Skipped> skipped = plan.skipped();
    if (!skipped.isEmpty()) {
      Change.Skipped first = skipped.getFirst();
      String more = skipped.size() == 1 ? "" : " (" + (skipped.size() - 1) + " more)";
      return Optional.of(
          new Failure(first.reason(), first.key() + ": " + first.message() + more, false));
    }
    return result.complete()
        ? Optional.empty()
        : Optional.of(new Failure(FailureReason.APPLY_FAILED, "not finished", true));
  }

  private static String more(ApplyResult result) {
    long failed = result.count(Outcome.Failed.class);
    return failed <= 1 ? "" : " (" + (failed - 1) + " more failed)";
  }

  static ClusterRun run(Plan plan, ApplyResult result, Duration took) {
    List<ChangeRun> changes = new ArrayList<>();
    List<Step> steps = plan.steps();
    for (Step step : steps) {
      if (changes.size() < ClusterRun.MAX_CHANGES) {
        changes.add(change(step.change(), result));
      }
    }
    for (Change.Skipped skipped : plan.skipped()) {
      if (changes.size() < ClusterRun.MAX_CHANGES) {
        changes.add(
            new ChangeRun(
                "skip", skipped.key().toString(), List.of(), "refused", skipped.message()));
      }
    }
    List<Change.Awaited> awaited = plan.of(Change.Awaited.class).toList();
    for (Change.Awaited one : awaited) {
      if (changes.size() < ClusterRun.MAX_CHANGES) {
        changes.add(
            new ChangeRun(
                "await", one.key().toString(), List.of(), "awaited", Change.Awaited.MESSAGE));
      }
    }
    List<Change.Held> held = plan.of(Change.Held.class).toList();
    for (Change.Held one : held) {
      if (changes.size() < ClusterRun.MAX_CHANGES) {
        changes.add(
            new ChangeRun(
                "hold",
                one.key().toString(),
                List.of(),
                ChangeRun.HELD,
                "held until " + one.until() + " (" + one.reason() + ")"));
      }
    }
    List<Change.PendingRestart> pending = plan.of(Change.PendingRestart.class).toList();
    for (Change.PendingRestart one : pending) {
      if (changes.size() < ClusterRun.MAX_CHANGES) {
        changes.add(
            new ChangeRun(
                "withhold",
                one.key().toString(),
                List.of(),
                ChangeRun.PENDING_RESTART,
                one.message()));
      }
    }
    Optional<Failure> failure = failure(plan, result);
    return new ClusterRun(
        plan.cluster().value(),
        failure.isEmpty() ? ClusterRun.State.IN_SYNC : ClusterRun.State.FAILED,
        failure.map(f -> f.reason().word()).orElse(""),
        failure.map(Failure::message).orElse(""),
        failure.isPresent(),
        took.toMillis(),
        changes,
        steps.size()
            + plan.skipped().size()
            + awaited.size()
            + held.size()
            + pending.size()
            - changes.size());
  }

  private static ChangeRun change(Change change, ApplyResult result) {
    Outcome outcome = result.outcomes().get(change.key());
    return new ChangeRun(
        verb(change),
        change.key().toString(),
        fields(change),
        switch (outcome) {
          case Outcome.Applied _ -> "applied";
          case Outcome.Failed _ -> "failed";
          case Outcome.NotDone _ -> "not done";
          case null -> "not done";
        },
        switch (outcome) {
          case Outcome.Applied _ -> "";
          case Outcome.Failed failed -> failed.message();
          case Outcome.NotDone notDone -> notDone.message();
          case null -> "";
        });
  }

  private static String verb(Change change) {
    return switch (change) {
      case Change.Create _ -> "create";
      case Change.Update _ -> "update";
      case Change.Adopt _ -> "adopt";
      case Change.Delete _ -> "delete";
      case Change.Release _ -> "release";
      case Change.Held _ -> "hold";
      case Change.Unchanged _ -> "keep";
      case Change.PendingRestart _ -> "withhold";
      case Change.Skipped _ -> "skip";
      case Change.Awaited _ -> "await";
    };
  }

  private static List<String> fields(Change change) {
    List<FieldDifference> differences =
        switch (change) {
          case Change.Update update -> update.differences();
          case Change.Adopt adopt -> adopt.differences();
          default -> List.of();
        };
    return differences.stream().limit(MAX_FIELDS).map(d -> d.path().toString()).toList();
  }

  /** What is not as wanted after this. */
  static Set<ResourceKey> unsettled(Plan plan, ApplyResult result) {
    Set<ResourceKey> open = new HashSet<>();
    plan.skipped().forEach(skipped -> open.add(skipped.key()));
    result
        .outcomes()
        .forEach((key, outcome) -> {
          if (!(outcome instanceof Outcome.Applied)) {
            open.add(key);
          }
        });
    return Set.copyOf(open);
  }

  static ApplyResult nothing(Plan plan) {
    return new ApplyResult(plan.cluster(), Map.of(), Optional.empty());
  }
}
