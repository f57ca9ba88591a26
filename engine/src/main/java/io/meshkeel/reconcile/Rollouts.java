package io.meshkeel.reconcile;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.Ownership;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.kube.Rollout;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import io.meshkeel.report.ClusterRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workloads of one cluster that are restarted by what is written to their pod templates: a few
 * at a time, each waited for until Kubernetes replaced its pods. Never waits itself: it looks once
 * in each turn of the lane, so that a newer revision is taken at any time. What it knows is found
 * again in the cluster after a restart of the service. The thread of the lane.
 */
final class Rollouts {
  private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);

  /** Workloads named in a status. */
  private static final int NAMED = 3;

  private final MeshCluster cluster;
  private final LaneVoice voice;
  private final ReconcilerOptions options;
  private final Applier applier;
  private final Awaited awaited;
  private final LanePins pins;
  private final Consumer<Duration> wakeAfter;

  /** Written and not finished: since when, and what is wrong. */
  private final Map<ResourceKey, Waiting> rolling = new TreeMap<>();

  /** To be written when it is their turn. */
  private final Map<ResourceKey, Owed> owed = new TreeMap<>();

  private boolean began;
  private @Nullable ClusterRun run;
  private @Nullable ClusterRun told;

  private record Waiting(Instant since, String problem) {}

  private record Owed(Instant from, int failures, String reason, String problem) {
    static final Owed NOW = new Owed(Instant.MIN, 0, "", "");
  }

  /**
   * @param awaited what the lane wrote, shared with it
   * @param wakeAfter asks the lane to look again later
   */
  Rollouts(
      MeshCluster cluster,
      LaneVoice voice,
      ReconcilerOptions options,
      Applier applier,
      Awaited awaited,
      LanePins pins,
      Consumer<Duration> wakeAfter) {
    this.cluster = cluster;
    this.voice = voice;
    this.options = options;
    this.applier = applier;
    this.awaited = awaited;
    this.pins = pins;
    this.wakeAfter = wakeAfter;
  }

  /** Whether workloads are still to be written: the revision is not wholly there. */
  boolean owes() {
    return !owed.isEmpty();
  }

  /** Whether this one is. */
  boolean owes(ResourceKey key) {
    return owed.containsKey(key);
  }

  /** Whether nothing is left to be waited for. */
  boolean settled() {
    return owed.isEmpty() && rolling.isEmpty();
  }

  /** The part of a plan that may be carried out now: restarts beyond the limit are owed. */
  Plan admit(Plan plan) {
    long free = free();
    Set<ResourceKey> later = new HashSet<>();
    for (Change change : plan.changes()) {
      if (change.restarts() && !rolling.containsKey(change.key())) {
        if (free > 0) {
          free--;
          owed.remove(change.key());
        } else {
          later.add(change.key());
          owed.putIfAbsent(change.key(), Owed.NOW);
        }
      }
    }
    return later.isEmpty() ? plan : plan.without(later);
  }

  private long free() {
    return options.rollouts()
        - rolling.values().stream().filter(waiting -> waiting.problem().isEmpty()).count();
  }

  /** Takes note of what was carried out. */
  void written(Plan plan, ApplyResult result) {
    for (Change change : plan.changes()) {
      if (change.restarts() && result.outcomes().get(change.key()) instanceof Outcome.Applied) {
        rolling.put(change.key(), new Waiting(now(), ""));
      }
    }
  }

  /** Looks how far it is; the first time also for what a former process began. */
  void look(Target target, LiveState live) {
    if (!began) {
      began = true;
      begin(target, live);
    }
    for (ResourceKey key : Set.copyOf(rolling.keySet())) {
      look(key, target, live);
    }
  }

  private void begin(Target target, LiveState live) {
    for (DesiredObject object : target.desired().objects().values()) {
      ResourceKey key = object.key();
      if (object.ownership() instanceof Ownership.Shared(var _, var _, String holds)
          && holds.isEmpty()
          && key.group().equals("apps")) {
        live.get(key)
            .filter(LiveObject::appliedByUs)
            .filter(there -> there.rollout().state() != Rollout.State.DONE)
            .ifPresent(there -> rolling.putIfAbsent(key, new Waiting(written(there), "")));
      }
    }
  }

  /** When it was last written by anybody but for its status: its rollout began then or before. */
  private Instant written(LiveObject there) {
    return there.owners().stream()
        .flatMap(owner -> owner.time().stream())
        .filter(time -> time.isBefore(now()))
        .max(Comparator.naturalOrder())
        .orElse(now());
  }

  /** How a revision stands that was written as far as it may be by now. */
  ClusterRun shown(ClusterRun written) {
    run = written;
    told = standing(written);
    return told;
  }

  /** Looks how far it is, and writes the next; tells what is new. */
  void turn(Target target, LaneLink link, BooleanSupplier stopped, boolean recordable) {
    look(target, link.live());
    next(target, link, stopped, recordable);
    ClusterRun written = run;
    if (written == null) {
      return;
    }
    ClusterRun now = standing(written);
    if (!now.equals(told)) {
      told = now;
      voice.cluster(target.revision(), now, now.settled());
      LOG.info(
          "{}/{}: {}",
          mesh(),
          name(),
          now.settled() ? "all workloads have rolled out" : now.message());
    }
  }

  private void look(ResourceKey key, Target target, LiveState live) {
    Waiting waiting = rolling.remove(key);
    Optional<LiveObject> there = live.get(key);
    if (waiting == null || there.isEmpty()) {
      return;
    }
    // As long as the plan would write it, the view shows it as it was before.
    boolean shown = !Planner.plan(target.desired(), live, Set.of(key), now()).writes();
    Rollout rollout = there.get().rollout();
    if (!shown || rollout.state() != Rollout.State.DONE) {
      Instant end = waiting.since().plus(options.rolloutTimeout());
      boolean inTime = now().isBefore(end);
      rolling.put(key, new Waiting(waiting.since(), shown ? problem(rollout, inTime) : ""));
      if (inTime) {
        wakeAfter.accept(Duration.between(now(), end).plusMillis(1));
      }
    }
  }

  private String problem(Rollout rollout, boolean inTime) {
    return switch (rollout.state()) {
      case DONE -> "";
      case STUCK -> rollout.detail();
      case MANUAL -> rollout.detail();
      case ROLLING ->
          inTime ? "" : "after " + options.rolloutTimeout().toSeconds() + " s " + rollout.detail();
    };
  }

  private void next(Target target, LaneLink link, BooleanSupplier stopped, boolean recordable) {
    Set<ResourceKey> batch = new HashSet<>();
    long free = free();
    for (Map.Entry<ResourceKey, Owed> entry : owed.entrySet()) {
      Instant from = entry.getValue().from();
      if (now().isBefore(from)) {
        wakeAfter.accept(Duration.between(now(), from).plusMillis(1));
      } else if (batch.size() < free) {
        batch.add(entry.getKey());
      }
    }
    if (batch.isEmpty() || stopped.getAsBoolean()) {
      return;
    }
    Plan plan = Planner.plan(target.desired(), link.live(), batch, now());
    boolean last = recordable && batch.containsAll(owed.keySet());
    ApplyResult result =
        applier.apply(
            plan,
            link.cluster(),
            link.live(),
            last ? Optional.of(target.revision()) : Optional.empty(),
            stopped);
    awaited.written(result, now().plus(options.catchUp()));
    written(plan, result);
    ClusterRun more = LaneReports.run(plan, result, Duration.ZERO);
    ClusterRun before = run;
    run = before == null ? null : before.and(more.changes());
    for (ResourceKey key : batch) {
      Owed was = owed.getOrDefault(key, Owed.NOW);
      switch (result.outcomes().get(key)) {
        case Outcome.Failed failed -> {
          Instant again = now().plus(options.pause(was.failures() + 1));
          owed.put(
              key, new Owed(again, was.failures() + 1, failed.reason().word(), failed.message()));
          wakeAfter.accept(Duration.between(now(), again).plusMillis(1));
        }
        case Outcome.NotDone _ -> wakeAfter.accept(options.pause(1));
        case Outcome.Applied _ -> owed.remove(key);
        case null -> owed.remove(key);
      }
    }
    if (last && owed.isEmpty()) {
      pins.pin(target.revision());
    }
  }

  private ClusterRun standing(ClusterRun written) {
    if (written.state() != ClusterRun.State.IN_SYNC || settled()) {
      return written;
    }
    List<String> wrong = new ArrayList<>();
    String reason = FailureReason.ROLLOUT_FAILED.word();
    for (Map.Entry<ResourceKey, Waiting> entry : rolling.entrySet()) {
      if (!entry.getValue().problem().isEmpty()) {
        wrong.add(entry.getKey() + " has not rolled out: " + entry.getValue().problem());
      }
    }
    if (!wrong.isEmpty()) {
      String first = wrong.getFirst();
      return written.failing(
          reason,
          first
              + "; look at its pods, then correct the workload or its declaration"
              + more(wrong.size() - 1)
              + left());
    }
    for (Owed each : owed.values()) {
      if (!each.problem().isEmpty()) {
        return written.failing(each.reason(), each.problem());
      }
    }
    List<String> names = rolling.keySet().stream().limit(NAMED).map(ResourceKey::toString).toList();
    String named = names.isEmpty() ? "" : ": " + String.join(", ", names);
    return written.waiting(
        rolling.size()
            + (rolling.size() == 1 ? " workload rolls out" : " workloads roll out")
            + (owed.isEmpty() ? "" : ", " + owed.size() + " to follow")
            + named);
  }

  private static String more(int count) {
    return count == 0 ? "" : " (" + count + " more)";
  }

  private String left() {
    return owed.isEmpty() ? "" : "; " + owed.size() + " to follow";
  }

  private Instant now() {
    return options.clock().instant();
  }

  private String mesh() {
    return cluster.mesh().value();
  }

  private String name() {
    return cluster.name().value();
  }
}
