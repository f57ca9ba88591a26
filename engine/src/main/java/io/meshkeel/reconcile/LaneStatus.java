package io.meshkeel.reconcile;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import java.util.Optional;

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
    String failure) {}
