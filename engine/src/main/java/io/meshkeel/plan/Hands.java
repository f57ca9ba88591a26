package io.meshkeel.plan;

import io.meshkeel.kube.FieldOwner;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whose hand changed an object, and whether it may be overruled. */
final class Hands {
  /** By time, the last first; then by name, so that the order is the same each time. */
  static final Comparator<FieldOwner> LATEST_FIRST =
      Comparator.comparing((FieldOwner owner) -> owner.time().orElse(Instant.MIN))
          .reversed()
          .thenComparing(FieldOwner::manager)
          .thenComparing(FieldOwner::operation);

  private Hands() {}

  /** Whether we ever applied this object. */
  static boolean appliedByUs(LiveObject live) {
    return live.owners().stream().anyMatch(owner -> owner.ours() && owner.applies());
  }

  /**
   * Who made this difference: the last one who owns the field. Of a field that was taken away
   * nobody is the owner: then the last one who wrote the object after us.
   */
  static Optional<FieldOwner> of(LiveObject live, FieldDifference difference) {
    List<FieldOwner> owners = Comparison.hands(live, difference.path());
    if (!owners.isEmpty()) {
      return Optional.of(owners.getFirst());
    }
    Instant ours =
        live.owners().stream()
            .filter(FieldOwner::ours)
            .flatMap(owner -> owner.time().stream())
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    return live.owners().stream()
        .filter(owner -> !owner.ours())
        .filter(owner -> !owner.time().orElse(Instant.MIN).isBefore(ours))
        .min(LATEST_FIRST);
  }

  /**
   * Whether an update may take fields from other managers. A hand that just wrote a declared field
   * of ours is overruled; a manager that applies it, as we do, only if the mesh says so.
   */
  static boolean force(
      LiveObject live, List<FieldDifference> differences, Mesh.Conflicts conflicts) {
    if (conflicts == Mesh.Conflicts.TAKE) {
      return true;
    }
    boolean hand = false;
    for (FieldDifference difference : differences) {
      JsonPath path = difference.path();
      for (FieldOwner owner : Comparison.hands(live, path)) {
        if (owner.applies()) {
          return false;
        }
        hand = true;
      }
    }
    return hand;
  }
}
