package io.meshkeel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a revision declares, mesh by mesh.
 *
 * @param revision the commit; empty for a folder that is no commit
 * @param meshes the meshes whose {@code Mesh} could be read
 * @param problems broken declarations that belong to no readable mesh; while there are any, a mesh
 *     that is missing from {@code meshes} must not be taken as removed
 */
public record Declarations(
    Optional<Revision> revision, Map<MeshName, MeshDeclarations> meshes, List<Finding> problems) {
  public Declarations {
    meshes = Map.copyOf(meshes);
    problems = List.copyOf(problems);
  }

  /**
   * One mesh.
   *
   * @param mesh the Mesh
   * @param clusters its clusters, by name
   * @param objects Istio and Gateway API objects, in the order of file and document, each key once
   *     in a cluster: twice only with annotations {@code meshkeel.io/clusters} that have no cluster
   *     in common
   * @param own declarations of Meshkeel's own kinds, in the same order, each kind and name once
   * @param problems broken declarations of this mesh; any one denies the revision for it
   */
  public record MeshDeclarations(
      Mesh mesh,
      List<MeshCluster> clusters,
      List<Declaration> objects,
      List<OwnDeclaration> own,
      List<Finding> problems) {
    public MeshDeclarations {
      own = List.copyOf(own);
      clusters = List.copyOf(clusters);
      objects = List.copyOf(objects);
      problems = List.copyOf(problems);
    }

    /** Without declarations of own kinds. */
    public MeshDeclarations(
        Mesh mesh, List<MeshCluster> clusters, List<Declaration> objects, List<Finding> problems) {
      this(mesh, clusters, objects, List.of(), problems);
    }
  }
}
