package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Clusters of which rules about what clusters hold can't say anything, since nobody looked: told of
 * the MeshCluster.
 */
final class UnseenClusters {
  private UnseenClusters() {}

  /**
   * @param slices where it is told
   */
  static void tell(JoinedMesh mesh, Function<Subject, Slice> slices) {
    boolean several = mesh.controlPlanes().size() > 1;
    for (MeshCluster cluster : mesh.clusters()) {
      Slice slice = slices.apply(Subject.of(cluster));
      unseen(mesh, cluster, slice, ObservedKinds.SERVICE, List.of("M701", "M702", "M703"));
      unseen(mesh, cluster, slice, ObservedKinds.NAMESPACE, List.of("M801", "M802"));
      mesh.unknownWorkloads(cluster.name())
          .ifPresent(why ->
              List.of("M703", "M803", "M804", "M805").forEach(rule -> slice.unjudged(rule, why)));
      boolean control = cluster.role() == MeshCluster.Role.CONTROL_PLANE;
      Optional<String> away = mesh.unknown(cluster.name());
      if (away.isPresent() && (several || !control)) {
        slice.unjudged(control ? "M1001" : "M1004", away.get());
      }
    }
  }

  private static void unseen(
      JoinedMesh mesh, MeshCluster cluster, Slice slice, GroupKind kind, List<String> rules) {
    mesh.unknown(cluster.name(), kind)
        .ifPresent(why -> rules.forEach(rule -> slice.unjudged(rule, why)));
  }
}
