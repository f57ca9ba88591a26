package io.meshkeel.reconcile;

import io.meshkeel.apply.AppliedRevision;
import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.live.LiveStatus;
import io.meshkeel.live.LiveView;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.plan.Plan;
import io.meshkeel.report.ClusterRun;
import io.meshkeel.report.DriftRun;
import io.meshkeel.report.Run;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Brings one cluster to the newest accepted revision and watches it for drift. Has its own thread,
 * queue and pauses: a slow or dead cluster delays nobody else, and when it returns it goes straight
 * to the newest revision.
 */
@SuppressWarnings("ReferenceEquality") // One target is newer than another, whatever both hold.
final class ClusterLane extends Loop {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLane.class);

  /** A broken watch is told only when it lasts this long. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** How soon to look whether the view has caught up. */
  private static final Duration CATCH_UP_LOOK = Duration.ofMillis(20);

  /** A failure that trying again can't help is tried again as if it had failed so often. */
  private static final int PATIENCE = 5;

  /** What a lane tells where it came from. Any thread. */
  interface Home {
    /** The cluster says that this revision was applied; told while no revision is accepted. */
    void recorded(MeshCluster cluster, Revision revision);

    /** What is seen of the cluster may be another thing now; returns at once. */
    void seen();

    /** The cluster holds nothing of ours any more: the lane may be undeployed. */
    void retired(ClusterLane lane);
  }

  private final MeshCluster cluster;
  private final EngineParts parts;
  private final ReconcilerOptions options;
  private final Home home;
  private final Applier applier;
  private final LanePins pins;
  private final Serves serves;
  private final LaneVoice voice;

  private final AtomicReference<@Nullable Target> wanted = new AtomicReference<>();
  private volatile LaneStatus status;

  private volatile @Nullable LaneLink link;
  private @Nullable Target reached;
  private @Nullable Target tried;
  private @Nullable DesiredState confirmed;
  private final Awaited awaited = new Awaited();
  private final DriftWatch drift;
  private final LaneSecrets secrets;
  private final Rollouts rollouts;

  /** Written on the way to a target that wasn't reached. */
  private final Set<ResourceKey> attempted = new HashSet<>();

  /** Not as wanted after the last try. */
  private Set<ResourceKey> unsettled = Set.of();

  private @Nullable Instant brokenSince;
  private int failures;
  private Instant retryAt = Instant.MIN;
  private boolean toldRecorded;
  private String problem = "";
  private String told = "";

  ClusterLane(
      MeshCluster cluster,
      EngineParts parts,
      MeshStates states,
      ReconcilerOptions options,
      Home home) {
    this.cluster = cluster;
    this.parts = parts;
    this.options = options;
    this.home = home;
    this.applier = new Applier(options.inFlight());
    this.pins = new LanePins(parts.mirror(), cluster);
    this.serves = new Serves(cluster, parts.mirror(), options);
    this.secrets = new LaneSecrets(cluster, parts.credentials(), states);
    this.voice = new LaneVoice(cluster, parts, this::publish);
    this.rollouts = new Rollouts(cluster, voice, options, applier, awaited, pins, this::wakeAfter);
    this.drift =
        new DriftWatch(
            cluster, voice, options, applier, awaited, rollouts, this::stopping, this::wakeAfter);
    this.status = LaneStatus.unconnected(cluster);
  }

  MeshCluster declared() {
    return cluster;
  }

  LaneStatus status() {
    return status;
  }

  /** What modules see of the cluster; empty before it was reached. Any thread. */
  Optional<ClusterSight> sight() {
    LaneLink open = link;
    return open == null ? Optional.empty() : Optional.of(open.sight());
  }

  /** The newest target wins. Any thread. */
  void want(Target target) {
    wanted.set(target);
    parts.metrics().laneQueue(mesh(), name(), 1);
    wake();
  }

  @Override
  void turn() {
    Target target = sealed();
    if (target != null) {
      MDC.put("run", Run.idOf(target.revision()));
    }
    try {
      LiveView live = connect(target);
      if (live != null && known(live, target)) {
        if (target == null) {
          tellRecorded(live);
        } else if (!secrets.seen(live, target)) {
          // The view wakes the lane when it shows them.
        } else if (target.retiring()) {
          retire(target);
        } else if (!target.suspended()) {
          if (target != reached) {
            bring(target, live);
          }
          if (target == reached) {
            drift.turn(target, link());
            rollouts.turn(
                target, link(), () -> stopping() || overtaken(target), drift.holdsNothing());
          }
        }
      }
    } finally {
      publish();
      MDC.remove("run");
    }
  }

  /** What is wanted, with digests of credentials; a newer target may come at any time. */
  private @Nullable Target sealed() {
    Target target = wanted.get();
    if (target == null) {
      return null;
    }
    Target sealed = secrets.seal(target, now());
    secrets.rest(now()).ifPresent(this::wakeAfter);
    return wanted.compareAndSet(target, sealed) ? sealed : sealed();
  }

  private boolean overtaken(Target target) {
    return wanted.get() != target;
  }

  // Connecting.

  private @Nullable LiveView connect(@Nullable Target target) {
    LaneLink open = link;
    if (open == null) {
      if (now().isBefore(retryAt)) {
        wakeAfter(Duration.between(now(), retryAt));
        return null;
      }
      try {
        open = LaneLink.open(parts.clusters(), cluster, options, this::wake, home::seen);
        link = open;
        failures = 0;
      } catch (ClusterException e) {
        unavailable(target, e.reason().word(), String.valueOf(e.getMessage()));
        pause(e.retryable());
        return null;
      }
    }
    return open.live();
  }

  /** Whether the cluster's state is known well enough to plan. */
  private boolean known(LiveView live, @Nullable Target target) {
    LiveStatus now = live.status();
    if (now.failure().isEmpty()) {
      if (brokenSince != null) {
        brokenSince = null;
        retryAt = Instant.MIN;
        drift.lookAtAll();
      }
      return now.ready();
    }
    if (brokenSince == null) {
      brokenSince = now();
    }
    Duration left = GRACE.minus(Duration.between(brokenSince, now()));
    if (left.isPositive()) {
      wakeAfter(left);
    } else {
      unavailable(target, now.failure().get().word(), now.message());
    }
    return false;
  }

  private void unavailable(@Nullable Target target, String reason, String message) {
    if (!problem.equals(message)) {
      LOG.warn("{}/{}: {}: {}", mesh(), name(), reason, message);
    }
    problem = message;
    if (target != null && !target.suspended() && !target.retiring()) {
      if (target != reached) {
        voice.cluster(target.revision(), ClusterRun.failed(name(), reason, message), false);
      }
      drift.tell(DriftRun.unknown(name(), reason + ": " + message));
    }
  }

  private void tellRecorded(LiveView live) {
    if (!toldRecorded) {
      toldRecorded = true;
      AppliedRevision.of(live, ApplySet.of(cluster.mesh()))
          .ifPresent(revision -> home.recorded(cluster, revision));
    }
  }

  // Bringing the cluster to a revision: plan, apply, confirm, record.

  private void bring(Target target, LiveView live) {
    Set<ResourceKey> touched = unfinished() ? link().drain() : Set.of();
    touched.forEach(awaited::seen);
    if (target == tried
        && now().isBefore(retryAt)
        && touched.stream().noneMatch(unsettled::contains)) {
      wakeAfter(Duration.between(now(), retryAt));
      return;
    }
    if (!caughtUp()) {
      wakeAfter(CATCH_UP_LOOK);
      return;
    }
    Instant start = now();
    tried = target;
    Prepared prepared;
    try {
      serves.learn(link(), target.desired(), start);
      rollouts.look(target, live);
      Prepared found = plan(target, live).placed(p -> serves.placed(p, target.revision()));
      prepared = found.doing(rollouts.admit(found.plan()));
    } catch (ClusterException e) {
      unavailable(target, e.reason().word(), String.valueOf(e.getMessage()));
      pause(e.retryable());
      return;
    }
    ApplyResult result = apply(target, prepared, live);
    if (stopping() || overtaken(target)) {
      LOG.info(
          "{}/{}: {} is left for a newer one", mesh(), name(), target.revision().abbreviated());
      return;
    }
    confirm(target, prepared, result);
    record(target, prepared.plan(), result, start);
  }

  private Prepared plan(Target target, LiveView live) {
    DesiredState before = confirmed;
    boolean sameRules =
        before != null && before.mesh().spec().equals(target.desired().mesh().spec());
    if (before != null && sameRules && !unfinished()) {
      Set<ResourceKey> changed = Baseline.changed(before, target.desired());
      return Prepared.part(target.desired(), live, changed, now());
    }
    link().drain();
    Baseline baseline =
        before != null
            ? new Baseline.Known(before)
            : Baseline.recorded(target, live, secrets::state);
    return Prepared.whole(target.desired(), live, baseline, attempted, now());
  }

  private ApplyResult apply(Target target, Prepared prepared, LiveView live) {
    Plan plan = prepared.plan();
    if (!plan.writes()) {
      return LaneReports.nothing(plan);
    }
    pins.keep(target.revision());
    LOG.info(
        "{}/{}: applying {} changes of {}",
        mesh(),
        name(),
        plan.steps().size(),
        target.revision().abbreviated());
    Instant start = now();
    ApplyResult result =
        applier.apply(
            plan,
            link().cluster(),
            live,
            prepared.withholds() || plan.leavesOut() || drift.owes(plan)
                ? Optional.empty()
                : Optional.of(target.revision()),
            () -> stopping() || overtaken(target));
    parts.metrics().stage("apply", Duration.between(start, now()));
    awaited.written(result, now().plus(options.catchUp()));
    rollouts.written(plan, result);
    attempted.addAll(result.outcomes().keySet());
    return result;
  }

  private void confirm(Target target, Prepared prepared, ApplyResult result) {
    unsettled = LaneReports.unsettled(prepared.plan(), result);
    Optional<LaneReports.Failure> failure = LaneReports.failure(prepared.plan(), result);
    if (failure.isPresent()) {
      problem = failure.get().message();
      if (prepared.withholds()) {
        drift.tell(DriftRun.unknown(name(), prepared.lost()));
      }
      pause(failure.get().retryable());
      return;
    }
    problem = "";
    failures = 0;
    attempted.clear();
    reached = target;
    confirmed = target.desired();
    if (prepared.drift() != null) {
      drift.begin(prepared.drift());
    } else {
      drift.settled(prepared.plan().written());
    }
    drift.hold(prepared);
  }

  private void record(Target target, Plan plan, ApplyResult result, Instant start) {
    ClusterRun run = rollouts.shown(LaneReports.run(plan, result, Duration.between(start, now())));
    boolean inSync = target == reached;
    parts.metrics().laneQueue(mesh(), name(), inSync ? 0 : 1);
    voice.wrote(plan, result);
    if (inSync) {
      parts.metrics().commitToApplied(mesh(), name(), Duration.between(target.since(), now()));
    }
    voice.cluster(target.revision(), run, inSync && run.settled());
    if (!inSync) {
      if (!run.message().equals(told)) {
        LOG.warn("{}/{}: {}: {}", mesh(), name(), run.reason(), run.message());
      }
      told = run.message();
      return;
    }
    told = "";
    LOG.info(
        "{}/{}: {} {}, {} changes",
        mesh(),
        name(),
        rollouts.settled() ? "in sync with" : "written, and rolling out:",
        target.revision().abbreviated(),
        plan.steps().size());
    if (!drift.owes(plan)) {
      pins.pin(target.revision());
    }
  }

  // Leaving.

  /** The cluster left the repository: releases or deletes what is ours there. */
  private void retire(Target target) {
    Set<ResourceKey> touched = link().drain();
    touched.forEach(awaited::seen);
    if (target == tried && now().isBefore(retryAt) && touched.isEmpty()) {
      wakeAfter(Duration.between(now(), retryAt));
      return;
    }
    awaited.expire(now());
    if (awaited.anyMissing(link().live())) {
      wakeAfter(CATCH_UP_LOOK);
      return;
    }
    tried = target;
    reached = null;
    confirmed = null;
    attempted.clear();
    Retirement.Standing standing =
        Retirement.carryOut(
            target, link(), applier, rollouts, now(), () -> stopping() || overtaken(target));
    if (stopping() || overtaken(target)) {
      return;
    }
    Optional<LaneReports.Failure> failure = standing.failure();
    if (failure.isPresent()) {
      if (!problem.equals(failure.get().message())) {
        LOG.warn("{}/{}: not removed yet: {}", mesh(), name(), failure.get().message());
      }
      problem = failure.get().message();
      pause(failure.get().retryable());
    } else if (standing.done()) {
      home.retired(this);
    }
  }

  /** Whether what is wanted is that the cluster is left. Any thread. */
  boolean retiring() {
    Target target = wanted.get();
    return target != null && target.retiring();
  }

  // Small things.

  /**
   * Whether the view shows what a try that didn't reach its target wrote: a plan made before would
   * take these objects for as they were.
   */
  private boolean caughtUp() {
    awaited.expire(now());
    return !awaited.containsAny(attempted);
  }

  /** Whether the last try left something that is not as wanted. */
  private boolean unfinished() {
    return !unsettled.isEmpty() || !attempted.isEmpty();
  }

  private void pause(boolean retryable) {
    failures++;
    Duration pause = options.pause(retryable ? failures : Math.max(failures, PATIENCE));
    retryAt = now().plus(pause);
    wakeAfter(pause);
  }

  private void publish() {
    LaneLink open = link;
    boolean ready = open != null && open.live().ready();
    status = LaneStatus.of(cluster, ready, wanted.get(), reached, drift.count(), problem);
  }

  private LaneLink link() {
    LaneLink open = link;
    if (open == null) {
      throw new IllegalStateException("the lane isn't connected");
    }
    return open;
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

  @Override
  public Future<?> stop() {
    if (link != null) {
      link.close();
    }
    return Future.succeededFuture();
  }

  @Override
  public String toString() {
    return "lane " + mesh() + "/" + name();
  }
}
