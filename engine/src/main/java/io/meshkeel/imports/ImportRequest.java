package io.meshkeel.imports;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.MeshName;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be imported.
 *
 * @param mesh the name that the mesh gets
 * @param inventory what its clusters hold
 * @param controlPlanes clusters that are control planes though no istiod is seen in them
 * @param istioVersion {@code major.minor} instead of that of the istiods seen
 * @param includeManaged write objects too that somebody else manages
 * @param adoption how the declarations say that existing objects are taken over
 */
public record ImportRequest(
    MeshName mesh,
    Inventory inventory,
    Set<ClusterName> controlPlanes,
    Optional<String> istioVersion,
    boolean includeManaged,
    Adoption adoption) {
  public ImportRequest {
    controlPlanes = Set.copyOf(controlPlanes);
  }

  /** How the declarations say that existing objects are taken over. */
  public enum Adoption {
    /** Each object by an annotation of its own: nothing else that exists is ever taken over. */
    objects,
    /** All that the mesh declares, now and later, by {@code spec.adopt}. */
    mesh
  }
}
