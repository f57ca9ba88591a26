package io.meshkeel.view;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Optional;

/**
 * A cluster of a mesh.
 *
 * @param name its name
 * @param role as declared; without a declaration, a control plane if an istiod was seen in it
 * @param declared its declaration, if there is one
 * @param seen what it holds, if it was looked at
 */
public record SceneCluster(
    ClusterName name, MeshCluster.Role role, Optional<MeshCluster> declared, Optional<Held> seen) {

  public boolean controlPlane() {
    return role == MeshCluster.Role.CONTROL_PLANE;
  }

  /** Whether objects of this kind were looked at. */
  boolean knows(GroupKind kind) {
    return seen.map(held -> held.known().contains(kind)).orElse(false);
  }

  /** The objects of this kind; none if the cluster or the kind wasn't looked at. */
  List<Manifest> of(GroupKind kind) {
    return seen.map(held -> held.of(kind)).orElse(List.of());
  }

  /** One object, if it was seen. */
  Optional<Manifest> get(ResourceKey key) {
    return seen.flatMap(held -> held.get(key));
  }
}
