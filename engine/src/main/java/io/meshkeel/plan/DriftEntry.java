package io.meshkeel.plan;

import static io.meshkeel.model.Mesh.DriftMode.HEAL;
import static io.meshkeel.model.Mesh.DriftMode.REPORT;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FieldOwner;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field, or a whole object, that is not as the applied revision declares it.
 *
 * @param key the object
 * @param sort what happened
 * @param path the field; the root if it is the whole object
 * @param live what the cluster holds, as one line of bounded length; empty if nothing; of a hold
 *     its reason, or why it is not honoured
 * @param desired what is declared, as one line of bounded length; empty if nothing; of a hold its
 *     end
 * @param manager the field manager whose hand it was; empty if the cluster doesn't tell
 * @param time when; empty if the cluster doesn't tell
 * @param mode what is to be done about it
 */
public record DriftEntry(
    ResourceKey key,
    Sort sort,
    JsonPath path,
    String live,
    String desired,
    Optional<String> manager,
    Optional<Instant> time,
    Mesh.DriftMode mode) {

  /** What happened. */
  public enum Sort {
    /** A declared field has another value or is gone. */
    CHANGED,
    /** A field was added that nothing declares. */
    ADDED,
    /** The object is gone. */
    DELETED,
    /** An object of ours is there that nothing declares. */
    LEFT_OVER,
    /** The object differs and is left alone for a while: a person asked for it. */
    HELD,
    /** A person asked to leave it alone in a way that is not honoured. */
    HOLD_REFUSED
  }

  /** What drifted, from a plan of the revision that was applied, in the order of keys and paths. */
  public static List<DriftEntry> of(Plan plan) {
    List<DriftEntry> entries = new ArrayList<>();
    for (Change each : plan.changes()) {
      // What can't be put back because the cluster doesn't serve it differs all the same.
      Change change =
          each instanceof Change.Skipped skipped && skipped.unserved().isPresent()
              ? skipped.unserved().get().instead()
              : each;
      Mesh.DriftMode mode =
          plan.desired()
              .get(change.key())
              .flatMap(DesiredObject::drift)
              .orElse(plan.desired().mesh().spec().drift());
      switch (change) {
        case Change.Update update -> {
          Mesh.DriftMode now = pending(update) && mode == REPORT ? HEAL : mode;
          update.differences().forEach(d -> entries.add(field(update.live(), d, now)));
        }
        case Change.Create create -> {
          if (!create.key().groupKind().equals(Kinds.NAMESPACE)
              || plan.desired().get(create.key()).isPresent()) {
            entries.add(whole(create.key(), Sort.DELETED, mode));
          }
        }
        case Change.Delete delete -> entries.add(whole(delete.key(), Sort.LEFT_OVER, mode));
        case Change.Held held -> entries.add(held(held));
        case Change.Adopt _,
            Change.Release _,
            Change.Unchanged _,
            Change.Skipped _,
            Change.Awaited _,
            Change.PendingRestart _ -> {}
      }
    }
    plan.refusedHolds().forEach((key, why) -> entries.add(refused(key, why)));
    return entries;
  }

  private static DriftEntry held(Change.Held held) {
    return new DriftEntry(
        held.key(),
        Sort.HELD,
        JsonPath.ROOT,
        held.reason(),
        held.until().toString(),
        held.by(),
        Optional.empty(),
        Mesh.DriftMode.REPORT);
  }

  private static DriftEntry refused(ResourceKey key, String why) {
    return new DriftEntry(
        key,
        Sort.HOLD_REFUSED,
        JsonPath.ROOT,
        why,
        "",
        Optional.empty(),
        Optional.empty(),
        Mesh.DriftMode.REPORT);
  }

  /**
   * An object that isn't ours and that appeared after the revision was applied: no hand's doing.
   */
  private static boolean pending(Change.Update update) {
    return !update.manifest().labels().containsKey(Labels.PART_OF) && !update.live().appliedByUs();
  }

  private static DriftEntry field(
      LiveObject object, FieldDifference difference, Mesh.DriftMode mode) {
    Optional<FieldOwner> hand = Hands.of(object, difference);
    return new DriftEntry(
        object.key(),
        difference.foreign() ? Sort.ADDED : Sort.CHANGED,
        difference.path(),
        ValueText.of(difference.live()),
        ValueText.of(difference.desired()),
        hand.map(FieldOwner::manager),
        hand.flatMap(FieldOwner::time),
        mode);
  }

  private static DriftEntry whole(ResourceKey key, Sort sort, Mesh.DriftMode mode) {
    return new DriftEntry(
        key, sort, JsonPath.ROOT, "", "", Optional.empty(), Optional.empty(), mode);
  }

  /**
   * One line: {@code VirtualService shop/reviews: spec.http[0].timeout is "5s", declared "3s", by
   * kubectl-edit}.
   */
  public String oneLine() {
    String what =
        switch (sort) {
          case CHANGED ->
              path + (live.isEmpty() ? " is missing" : " is " + live) + ", declared " + desired;
          case ADDED -> path + " was added: " + live;
          case DELETED -> "is declared but doesn't exist";
          case LEFT_OVER -> "exists but is not declared any more";
          case HELD -> "differs and is held until " + desired + " (" + live + ")";
          case HOLD_REFUSED -> live;
        };
    return key
        + (path.segments().isEmpty() ? " " : ": ")
        + what
        + manager.map(name -> ", by " + name).orElse("")
        + time.map(at -> " at " + at).orElse("");
  }
}
