package io.meshkeel.plan;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Works out what becomes of our objects when their mesh or their cluster leaves the repository. The
 * choice is the one that the ApplySet's parent tells, since the declaration is gone by then. Pure;
 * any thread.
 */
public final class Removal {
  private final Parent parent;
  private final Instant now;
  private final boolean delete;

  private Removal(Parent parent, Instant now) {
    this.parent = parent;
    this.now = now;
    this.delete = parent.onRemoval().equals(Mesh.OnRemoval.DELETE.word());
  }

  /**
   * The plan: members deleted in the reverse order of references, or released; the parent last.
   * Empty without a parent, since then nobody tells what is ours. The budget of pruning doesn't
   * count here: that a mesh leaves is a change of its own, and {@code Delete} was declared for it.
   *
   * @param gone the mesh and the cluster as they were declared last, without any object
   * @param now by which holds are measured
   */
  public static Plan plan(DesiredState gone, LiveState live, Instant now) {
    Parent parent = Parent.of(live, gone.applySet());
    List<Change> changes = new ArrayList<>();
    if (parent.exists()) {
      Removal removal = new Removal(parent, now);
      for (ResourceKey key : new TreeSet<>(live.inventory(gone.applySet().id()))) {
        live.get(key).map(removal::change).ifPresent(changes::add);
      }
      for (ResourceKey key : new TreeSet<>(live.shared(gone.mesh().name()))) {
        live.get(key).map(removal::shared).ifPresent(changes::add);
      }
    }
    return new Plan(
        gone,
        changes,
        Order.stages(gone, changes.stream().filter(Change::writes).toList()),
        Set.of(),
        Set.of(),
        false,
        parent.exists(),
        Map.of());
  }

  /** What isn't surely ours is never deleted: a copy with our labels only loses them. */
  private Change change(LiveObject object) {
    ResourceKey key = object.key();
    if (object.deleting()) {
      return new Change.Skipped(
          key, FailureReason.APPLY_FAILED, "it is being deleted and waits for a finalizer");
    }
    boolean ours =
        Hands.appliedByUs(object) && parent.groupKinds().contains(key.groupKind().toString());
    if (!delete || !ours) {
      return new Change.Release(key, object);
    }
    return Hold.of(object, now) instanceof Hold.Until hold
        ? new Change.Skipped(
            key,
            FailureReason.APPLY_REFUSED,
            "it is held until " + hold.end() + " (" + hold.reason() + ")")
        : new Change.Delete(key, object);
  }

  /** Fields of ours in an object that isn't: they stay without us, or go. */
  private Change shared(LiveObject object) {
    return delete ? SharedFields.release(object) : new Change.Release(object.key(), object);
  }

  /** The labels that tell that an object is ours. */
  public static Set<String> labels(LiveObject object) {
    Set<String> labels = new TreeSet<>(Set.of(Labels.MESH, Labels.PART_OF));
    Optional.of(object.label(Labels.MANAGED_BY))
        .filter(Labels.MANAGER::equals)
        .ifPresent(ours -> labels.add(Labels.MANAGED_BY));
    return labels;
  }
}
