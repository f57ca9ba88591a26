package io.meshkeel.reconcile;

import io.meshkeel.apply.AppliedRevision;
import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.DriftEntry;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a cluster was brought to before, and so which differences a new revision brings in and which
 * are drift.
 */
sealed interface Baseline {
  /** Nothing was applied yet: all differences are the revision's. */
  record Fresh() implements Baseline {}

  /** The cluster was brought to this. */
  record Known(DesiredState state) implements Baseline {}

  /**
   * A revision was applied that can't be had any more, so nobody can tell what it declared: nothing
   * is pruned without a confirmation, and the record on the cluster stays as it is until then.
   */
  record Lost(Revision revision) implements Baseline {
    /** One line. */
    String message() {
      return "revision "
          + revision.abbreviated()
          + ", which was applied here, is not in the repository any more";
    }

    private Plan withhold(Plan whole, DesiredState desired, LiveState live, Instant now) {
      List<ResourceKey> going = whole.of(Change.Delete.class).map(Change::key).toList();
      if (going.size() <= desired.confirmedPrune()) {
        return whole;
      }
      Set<ResourceKey> staying =
          whole.changes().stream()
              .filter(change -> !(change instanceof Change.Delete))
              .map(Change::key)
              .collect(Collectors.toSet());
      String why =
          message()
              + ", so nothing is pruned; to let go what is not declared, annotate the Mesh with "
              + Labels.CONFIRM_PRUNE
              + ": \""
              + going.size()
              + "\"";
      return Planner.plan(desired, live, staying, now)
          .refusing(
              going.stream()
                  .map(key -> new Change.Skipped(key, FailureReason.PRUNE_REFUSED, why))
                  .toList());
    }
  }

  /**
   * What the cluster itself says it was brought to.
   *
   * @param states what earlier revisions wanted of it
   */
  static Baseline recorded(
      Target target, LiveState live, Function<Revision, Optional<DesiredState>> states) {
    Optional<Revision> revision = AppliedRevision.of(live, target.desired().applySet());
    if (revision.isEmpty()) {
      return new Fresh();
    }
    return revision.get().equals(target.revision())
        ? new Known(target.desired())
        : states
            .apply(revision.get())
            .<Baseline>map(Known::new)
            .orElseGet(() -> new Lost(revision.get()));
  }

  /**
   * The plan of what a revision brings in.
   *
   * @param whole the plan of everything that differs
   * @param attempted keys that were written on the way to a revision that was not reached
   * @param now by which holds are measured
   */
  default Plan restrict(
      Plan whole, DesiredState desired, LiveState live, Set<ResourceKey> attempted, Instant now) {
    return switch (this) {
      case Fresh _ -> whole;
      case Lost lost -> lost.withhold(whole, desired, live, now);
      case Known known -> {
        Set<ResourceKey> keys = broughtIn(known.state(), whole, desired);
        keys.addAll(attempted);
        yield only(keys, whole, desired, live, now);
      }
    };
  }

  private static Plan only(
      Set<ResourceKey> keys, Plan whole, DesiredState desired, LiveState live, Instant now) {
    boolean all =
        keys.containsAll(whole.written())
            && keys.containsAll(whole.held())
            && whole.skipped().stream().map(Change::key).allMatch(keys::contains);
    return all ? whole : Planner.plan(desired, live, keys, now);
  }

  /**
   * What changed in the declarations, whatever is ours and no longer declared, and what we wrote
   * ourselves before we were interrupted.
   */
  private static Set<ResourceKey> broughtIn(DesiredState before, Plan whole, DesiredState desired) {
    Set<ResourceKey> keys = changed(before, desired);
    for (Change change : whole.changes()) {
      if (desired.get(change.key()).isEmpty()) {
        keys.add(change.key());
      }
    }
    for (DriftEntry entry : DriftEntry.of(whole)) {
      if (entry.manager().equals(Optional.of(Labels.MANAGER))) {
        keys.add(entry.key());
      }
    }
    return keys;
  }

  /**
   * The keys whose desired content differs. Two objects that aren't the same instance are compared
   * by content, so that one that was read anew is not taken for changed.
   */
  static Set<ResourceKey> changed(DesiredState before, DesiredState now) {
    Set<ResourceKey> changed = new HashSet<>();
    for (ResourceKey key : now.changedSince(before)) {
      Optional<DesiredObject> old = before.get(key);
      Optional<DesiredObject> fresh = now.get(key);
      boolean same =
          old.isPresent()
              && fresh.isPresent()
              && old.get().manifest().equals(fresh.get().manifest())
              && !now.withheld().containsKey(key);
      if (!same) {
        changed.add(key);
      }
    }
    return changed;
  }
}
