package io.meshkeel.facts;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import java.util.Optional;

/**
 * What a finding can be about.
 *
 * @param key which object
 * @param declaration in the repository; empty for an object that was found in a cluster
 * @param start where its document starts, where that is all that is known of its place
 * @param cluster where it was found; empty for one of the repository
 */
public record Subject(
    ResourceKey key,
    Optional<Declaration> declaration,
    Optional<SourcePosition> start,
    Optional<ClusterName> cluster) {

  /** An object of the repository. */
  public static Subject declared(Declaration declaration) {
    return new Subject(
        declaration.manifest().key(), Optional.of(declaration), Optional.empty(), Optional.empty());
  }

  /** A cluster of the mesh, as it is declared. */
  public static Subject of(MeshCluster cluster) {
    return new Subject(
        new ResourceKey("meshkeel.io", "MeshCluster", "", cluster.name().value()),
        Optional.empty(),
        Optional.of(cluster.position()),
        Optional.empty());
  }

  /** An object that a cluster holds. */
  public static Subject found(ClusterName cluster, ResourceKey key) {
    return new Subject(key, Optional.empty(), Optional.empty(), Optional.of(cluster));
  }
}
