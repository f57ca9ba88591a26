package io.meshkeel.facts;

import io.meshkeel.model.Mesh;

/** Meshes as tests need them. */
public final class MeshSpecs {
  private MeshSpecs() {}

  /** A mesh with Istio's own names and this revision. */
  public static Mesh.Spec revision(String revision) {
    return new Mesh.Spec(
        "1.31",
        Mesh.Topology.PRIMARY_REMOTE,
        revision,
        "istio-system",
        "cluster.local",
        "cluster.local",
        Mesh.DriftMode.REPORT,
        Mesh.Conflicts.FAIL,
        Mesh.OnRemoval.RELEASE,
        Mesh.Prune.DEFAULT,
        false,
        false);
  }
}
