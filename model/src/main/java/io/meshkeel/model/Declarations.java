package io.meshkeel.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a revision declares, mesh by mesh.
 *
 * @param revision the commit; empty for a folder that is no commit
 * @param meshes the meshes whose {@code Mesh} could be read
 * @param problems broken declarations that belong to no readable mesh; while there are any, a mesh
 *     that is missing from {@code meshes} must not be taken as removed
 * @param governance how findings are to be taken
 */
public record Declarations(
    Optional<Revision> revision,
    Map<MeshName, MeshDeclarations> meshes,
    List<Finding> problems,
    Governance governance) {
  public Declarations {
    meshes = Map.copyOf(meshes);
    problems = List.copyOf(problems);
  }

  /** The same under other settings and waivers: those that bind a pull request, for example. */
  public Declarations under(Governance other) {
    Map<MeshName, MeshDeclarations> bound = new HashMap<>();
    meshes.forEach((name, mesh) -> bound.put(name, mesh.with(other)));
    return new Declarations(revision, bound, problems, other);
  }

  /** The same without other meshes than these. */
  public Declarations only(Set<MeshName> names) {
    Map<MeshName, MeshDeclarations> some = new HashMap<>(meshes);
    some.keySet().retainAll(names);
    return new Declarations(revision, some, problems, governance);
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
   * @param governance how findings are to be taken
   */
  public record MeshDeclarations(
      Mesh mesh,
      List<MeshCluster> clusters,
      List<Declaration> objects,
      List<OwnDeclaration> own,
      List<Finding> problems,
      Governance governance) {
    public MeshDeclarations {
      own = List.copyOf(own);
      clusters = List.copyOf(clusters);
      objects = List.copyOf(objects);
      problems = List.copyOf(problems);
    }

    /** With no settings and no waivers. */
    public MeshDeclarations(
        Mesh mesh,
        List<MeshCluster> clusters,
        List<Declaration> objects,
        List<OwnDeclaration> own,
        List<Finding> problems) {
      this(mesh, clusters, objects, own, problems, Governance.NONE);
    }

    /** The same under other settings and waivers. */
    public MeshDeclarations with(Governance other) {
      return new MeshDeclarations(mesh, clusters, objects, own, problems, other);
    }

    /** Without declarations of own kinds. */
    public MeshDeclarations(
        Mesh mesh, List<MeshCluster> clusters, List<Declaration> objects, List<Finding> problems) {
      this(mesh, clusters, objects, List.of(), problems);
    }
  }
}
