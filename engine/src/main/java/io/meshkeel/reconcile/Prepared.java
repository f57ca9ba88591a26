package io.meshkeel.reconcile;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.DriftEntry;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, and what else differs.
 *
 * @param plan the part that the revision brings in
 * @param drift what differs without the revision's doing; null if only a part was looked at
 * @param lost why nobody can tell what was applied before; empty if one can
 */
@SuppressWarnings("ReferenceEquality") // A restriction that takes nothing away is the plan itself.
record Prepared(Plan plan, @Nullable List<DriftEntry> drift, String lost) {
  /** Looks only at what the new revision declares otherwise than the one before. */
  static Prepared part(
      DesiredState desired, LiveState live, Set<ResourceKey> changed, Instant now) {
    return new Prepared(Planner.plan(desired, live, changed, now), null, "");
  }

  /**
   * Looks at everything the cluster should hold.
   *
   * @param baseline what it was brought to before
   * @param attempted what a try that didn't reach its end may have written
   */
  static Prepared whole(
      DesiredState desired,
      LiveState live,
      Baseline baseline,
      Set<ResourceKey> attempted,
      Instant now) {
    Plan whole = Planner.plan(desired, live, now);
    Plan plan = baseline.restrict(whole, desired, live, attempted, now);
    Set<ResourceKey> own = plan.changes().stream().map(Change::key).collect(Collectors.toSet());
    List<DriftEntry> rest =
        plan == whole
            ? List.of()
            : DriftEntry.of(whole).stream().filter(e -> !own.contains(e.key())).toList();
    return new Prepared(plan, rest, baseline instanceof Baseline.Lost l ? l.message() : "");
  }

  /** The same with the places of what is refused. */
  Prepared placed(UnaryOperator<Plan> places) {
    return new Prepared(places.apply(plan), drift, lost);
  }

  /** The same, of which only this is carried out now. */
  Prepared doing(Plan part) {
    return new Prepared(part, drift, lost);
  }

  /** Whether something is left because nobody can tell what was applied before. */
  boolean withholds() {
    return !lost.isEmpty() && !plan.skipped().isEmpty();
  }
}
