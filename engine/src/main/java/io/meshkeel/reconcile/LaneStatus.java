package io.meshkeel.reconcile;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one cluster stands, for health, pages and logs.
 *
 * @param mesh its mesh
 * @param cluster its name
 * @param ready whether the cluster is connected and its state known
 * @param target the revision it is to be brought to; empty if none is accepted
 * @param reached the revision it was last confirmed to hold; empty if none was since the start
 * @param drifted fields and objects that drifted
 * @param failure what is wrong now; empty if nothing is
 */
public record LaneStatus(
    MeshName mesh,
    ClusterName cluster,
    boolean ready,
    Optional<Revision> target,
    Optional<Revision> reached,
    int drifted,
    String failure) {
  /** Of a lane that only starts. */
  static LaneStatus unconnected(MeshCluster cluster) {
    return of(cluster, false, null, null, 0, "");
  }

  static LaneStatus of(
      MeshCluster cluster,
      boolean ready,
      @Nullable Target target,
      @Nullable Target reached,
      int drifted,
      String failure) {
    return new LaneStatus(
        cluster.mesh(),
        cluster.name(),
        ready,
        Optional.ofNullable(target).map(Target::revision),
        Optional.ofNullable(reached).map(Target::revision),
        drifted,
        failure);
  }
}
