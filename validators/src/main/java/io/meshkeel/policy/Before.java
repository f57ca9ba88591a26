package io.meshkeel.policy;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Snapshot;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The revision of a mesh that another is compared with.
 *
 * @param always whether it is looked at even if nothing would deny, to tell all that was known
 * @param former finds it when it is needed; may block; empty if there is none
 */
public record Before(boolean always, Supplier<Optional<Former>> former) {
  /** Everything counts as brought in. */
  public static final Before NOTHING = new Before(false, Optional::empty);

  /** Looked at only when something would deny. */
  public static Before ifNeeded(Supplier<Optional<Former>> former) {
    return new Before(false, former);
  }

  /** Looked at in any case. */
  public static Before always(Former former) {
    return new Before(true, () -> Optional.of(former));
  }

  /**
   * A revision.
   *
   * @param mesh what it declares of the mesh
   * @param snapshot the revision it was read from
   */
  public record Former(MeshDeclarations mesh, Snapshot snapshot) {}
}
