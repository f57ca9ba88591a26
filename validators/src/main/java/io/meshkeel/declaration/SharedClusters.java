package io.meshkeel.declaration;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshCluster.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds data plane clusters that two meshes would write to. A cluster has one name in each mesh, so
 * it is known by its credential.
 */
final class SharedClusters {
  private SharedClusters() {}

  /** Notes each such cluster in both meshes. */
  static void check(Collection<MeshSlot> meshes) {
    Map<String, List<Listed>> byCredential = new HashMap<>();
    for (MeshSlot mesh : meshes) {
      for (MeshCluster cluster : mesh.clusters()) {
        List<Listed> before =
            byCredential.computeIfAbsent(cluster.credential(), _ -> new ArrayList<>(1));
        for (Listed other : before) {
          if (other.mesh != mesh && overlap(cluster, other.cluster)) {
            note(mesh, cluster, other.cluster);
            note(other.mesh, other.cluster, cluster);
          }
        }
        before.add(new Listed(mesh, cluster));
      }
    }
  }

  private static boolean overlap(MeshCluster one, MeshCluster other) {
    boolean dataPlane = one.role() == Role.DATA_PLANE || other.role() == Role.DATA_PLANE;
    return dataPlane
        && (one.namespaces().isEmpty()
            || other.namespaces().isEmpty()
            || one.namespaces().stream().anyMatch(other.namespaces()::contains));
  }

  private static void note(MeshSlot mesh, MeshCluster cluster, MeshCluster other) {
    mesh.problem(
        DeclarationError.SHARED_CLUSTER,
        MeshSlot.clusterKey(cluster),
        JsonPath.of("spec", "namespaces"),
        cluster.position(),
        "the credential '"
            + Metadata.shortened(cluster.credential())
            + "' is also that of cluster "
            + other.name()
            + " of mesh "
            + other.mesh()
            + ", declared at "
            + other.position()
            + ", and both may write to the same namespaces",
        "give each of the two spec.namespaces of its own");
  }

  private record Listed(MeshSlot mesh, MeshCluster cluster) {}
}
