package io.meshkeel.plan;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.desired.Reference;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Decides which objects of ours go: those that nothing declares any more, and only those. */
final class Pruning {
  private final DesiredState desired;
  private final LiveState live;
  private final Parent parent;

  Pruning(DesiredState desired, LiveState live, Parent parent) {
    this.desired = desired;
    this.live = live;
    this.parent = parent;
  }

  /** Deletions and refusals for those of these keys that are ours and not declared. */
  List<Change> of(Collection<ResourceKey> keys) {
    if (!desired.mesh().spec().prune().enabled()) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>();
    List<Change.Delete> deletions = new ArrayList<>();
    for (ResourceKey key : new TreeSet<>(keys)) {
      Optional<LiveObject> object = live.get(key).filter(o -> member(o) && !o.deleting());
      if (declared(key) || object.isEmpty()) {
        continue;
      }
      Optional<Change> refusal = refusal(object.get());
      if (refusal.isPresent()) {
        changes.add(refusal.get());
      } else {
        deletions.add(new Change.Delete(key, object.get()));
      }
    }
    if (!deletions.isEmpty()) {
      changes.addAll(withinBudget(unreferenced(deletions)));
    }
    return changes;
  }

  private boolean declared(ResourceKey key) {
    return desired.objects().containsKey(key) || desired.withheld().containsKey(key);
  }

  private boolean member(LiveObject object) {
    return object.applySet().equals(desired.applySet().id());
  }

  private Optional<Change> refusal(LiveObject object) {
    ResourceKey key = object.key();
    if (!Hands.appliedByUs(object)) {
      return Optional.of(
          new Change.Skipped(
              key,
              FailureReason.ADOPTION_REFUSED,
              "it carries our labels, is not declared, and was not written by us; take the label "
                  + Labels.PART_OF
                  + " away or delete it"));
    }
    if (!parent.exists() || !parent.groupKinds().contains(key.groupKind().toString())) {
      return Optional.of(
          new Change.Skipped(
              key,
              FailureReason.INVENTORY_UNREADABLE,
              "it is not declared any more, but the inventory "
                  + desired.applySet().parent()
                  + (parent.exists() ? " doesn't list its kind" : " is missing")
                  + ", so it is left until that is written again"));
    }
    return Optional.empty();
  }

  /** Takes out what something that stays still refers to by name. */
  private List<Change> unreferenced(List<Change.Delete> deletions) {
    Map<ResourceKey, ResourceKey> referrers = new HashMap<>();
    deletions.forEach(deletion -> referrers.put(deletion.key(), deletion.key()));
    for (DesiredObject object : desired.objects().values()) {
      for (Reference reference : object.references()) {
        if (reference instanceof Reference.ToObject(ResourceKey to)) {
          referrers.computeIfPresent(
              to,
              (key, known) ->
                  known.equals(key) || object.key().compareTo(known) < 0 ? object.key() : known);
        }
      }
    }
    List<Change> changes = new ArrayList<>();
    for (Change.Delete deletion : deletions) {
      ResourceKey referrer = referrers.get(deletion.key());
      changes.add(
          deletion.key().equals(referrer)
              ? deletion
              : new Change.Skipped(
                  deletion.key(),
                  FailureReason.PRUNE_REFUSED,
                  "it is not declared any more, but "
                      + referrer
                      + " still refers to it; change that one or declare this one again"));
    }
    return changes;
  }

  private List<Change> withinBudget(List<Change> changes) {
    long count = changes.stream().filter(Change.Delete.class::isInstance).count();
    int inventory = live.inventorySize(desired.applySet().id());
    if (count <= budget(inventory) || count <= desired.confirmedPrune()) {
      return changes;
    }
    Mesh.Prune limits = desired.mesh().spec().prune();
    String message =
        count
            + " of "
            + inventory
            + " objects would be pruned, more than spec.prune allows ("
            + limits.maxObjects()
            + " objects, "
            + limits.maxPercent()
            + " %); if that is meant, annotate the Mesh with "
            + Labels.CONFIRM_PRUNE
            + ": \""
            + count
            + "\"";
    return changes.stream()
        .map(change ->
            change instanceof Change.Delete
                ? new Change.Skipped(change.key(), FailureReason.PRUNE_REFUSED, message)
                : change)
        .toList();
  }

  /** How many may go without a word; one always may, however small the inventory. */
  private int budget(int inventory) {
    Mesh.Prune limits = desired.mesh().spec().prune();
    int percent = (int) Math.max(1, (long) inventory * limits.maxPercent() / 100);
    return Math.min(limits.maxObjects(), percent);
  }
}
