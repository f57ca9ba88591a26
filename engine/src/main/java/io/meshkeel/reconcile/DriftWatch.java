package io.meshkeel.reconcile;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.live.LiveView;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.DriftEntry;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import io.meshkeel.report.DriftRun;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a cluster that was brought to its revision: drift is that a plan of this revision isn't
 * empty. What was touched is planned again at once, all of it now and then. The thread of the lane.
 */
final class DriftWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

  private final MeshCluster cluster;
  private final LaneVoice voice;
  private final ReconcilerOptions options;
  private final Applier applier;
  private final Awaited awaited;
  private final Rollouts rollouts;
  private final BooleanSupplier stopping;
  private final Consumer<Duration> wakeAfter;

  private final DriftBook drift = new DriftBook();
  private final HealPacer pacer = new HealPacer();
  private final Holds holds = new Holds();
  private @Nullable DriftRun told;
  private Instant nextResync = Instant.MAX;

  /**
   * @param awaited what the lane wrote, shared with it
   * @param rollouts workloads that are written when it is their turn
   * @param stopping whether the lane is to end
   * @param wakeAfter asks the lane to look again later
   */
  DriftWatch(
      MeshCluster cluster,
      LaneVoice voice,
      ReconcilerOptions options,
      Applier applier,
      Awaited awaited,
      Rollouts rollouts,
      BooleanSupplier stopping,
      Consumer<Duration> wakeAfter) {
    this.cluster = cluster;
    this.voice = voice;
    this.options = options;
    this.applier = applier;
    this.awaited = awaited;
    this.rollouts = rollouts;
    this.stopping = stopping;
    this.wakeAfter = wakeAfter;
  }

  /** The cluster was brought to its revision, and this is what differs beside. */
  void begin(List<DriftEntry> found) {
    drift.replace(found);
    nextResync = now().plus(options.nextResync());
  }

  /** These objects were just written as declared. */
  void settled(Set<ResourceKey> keys) {
    drift.replace(keys, List.of());
    holds.settled(keys);
  }

  /** The plan was carried out, but for what is held: that is owed when the hold ends. */
  void hold(Prepared prepared) {
    holds.owe(prepared.plan().held());
    holds.lookAgain(prepared.plan().refusedHolds().keySet());
    if (prepared.drift() != null) {
      prepared.drift().stream()
          .filter(entry -> entry.sort() == DriftEntry.Sort.HELD)
          .forEach(entry -> holds.lookAgain(Set.of(entry.key())));
    }
  }

  /** Whether a revision is not wholly there after this plan, since something of it is held. */
  boolean owes(Plan plan) {
    return holds.owes() || rollouts.owes() || !plan.held().isEmpty();
  }

  /** Whether no hold keeps a part of the revision back. */
  boolean holdsNothing() {
    return !holds.owes();
  }

  /** Look at everything at the next turn: events may have been missed. */
  void lookAtAll() {
    nextResync = now();
  }

  int count() {
    return drift.count();
  }

  /** Looks at what was touched, tells what drifted, puts back what is to be put back. */
  void turn(Target target, LaneLink link) {
    LiveView live = link.live();
    Set<ResourceKey> keys = link.drain();
    keys.addAll(holds.due(now()));
    awaited.expire(now());
    if (!now().isBefore(nextResync)) {
      nextResync = now().plus(options.nextResync());
      look(Planner.plan(target.desired(), live, now()), null);
    } else if (!keys.isEmpty()) {
      look(Planner.plan(target.desired(), live, keys, now()), keys);
    }
    tell(drift.run(name()));
    heal(target, link);
    rest();
  }

  /**
   * Takes note of what a plan of the applied revision finds.
   *
   * @param keys what was looked at; null for all
   */
  private void look(Plan plan, @Nullable Set<ResourceKey> keys) {
    holds.looked(plan, keys);
    Set<ResourceKey> pending = new HashSet<>();
    for (Change change : plan.changes()) {
      if (!change.writes()) {
        awaited.seen(change.key());
      } else if (awaited.contains(change.key()) || rollouts.owes(change.key())) {
        pending.add(change.key());
      }
    }
    List<DriftEntry> found =
        DriftEntry.of(plan).stream().filter(e -> !pending.contains(e.key())).toList();
    if (keys == null) {
      drift.replace(found);
    } else {
      drift.replace(keys, found);
    }
    if (!found.isEmpty()) {
      LOG.info("{}/{}: drift: {}", mesh(), name(), found.getFirst().oneLine());
    }
  }

  /** Tells it to the reporter, once. */
  void tell(DriftRun found) {
    if (!found.equals(told)) {
      told = found;
      voice.drift(found);
    }
  }

  private void heal(Target target, LaneLink link) {
    Set<ResourceKey> due = due();
    due.addAll(holds.payable());
    if (due.isEmpty()) {
      return;
    }
    Plan plan = rollouts.admit(Planner.plan(target.desired(), link.live(), due, now()));
    if (!plan.writes()) {
      return;
    }
    LOG.info("{}/{}: healing {} objects", mesh(), name(), plan.steps().size());
    ApplyResult result =
        applier.apply(
            plan,
            link.cluster(),
            link.live(),
            holds.paidBy(plan) && !rollouts.owes()
                ? Optional.of(target.revision())
                : Optional.empty(),
            stopping);
    awaited.written(result, now().plus(options.catchUp()));
    rollouts.written(plan, result);
    due.forEach(key -> pacer.healed(key, now()));
    Set<ResourceKey> healed = new HashSet<>();
    result
        .outcomes()
        .forEach((key, outcome) -> {
          if (outcome instanceof Outcome.Applied) {
            healed.add(key);
          }
        });
    settled(healed);
    voice.wrote(plan, result);
    tell(drift.run(name()));
  }

  /** What is to be put back now; the lane is woken for the rest. */
  private Set<ResourceKey> due() {
    Set<ResourceKey> due = new HashSet<>();
    for (ResourceKey key : drift.toHeal()) {
      Duration wait = pacer.wait(key, now());
      if (wait.isZero()) {
        due.add(key);
      } else {
        wakeAfter.accept(wait);
      }
    }
    return due;
  }

  /** Until when to look again without being woken. */
  private void rest() {
    Instant expires = awaited.next();
    if (expires.isBefore(nextResync)) {
      nextResync = expires;
    }
    holds.next().ifPresent(end -> wakeAfter.accept(Duration.between(now(), end).plusMillis(1)));
    if (nextResync.isBefore(Instant.MAX)) {
      wakeAfter.accept(Duration.between(now(), nextResync).plusMillis(1));
    }
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
