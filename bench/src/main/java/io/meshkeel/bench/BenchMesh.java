package io.meshkeel.bench;

import io.meshkeel.bench.MeshGenerator.GeneratedFile;
import io.meshkeel.rig.WorkingCopy;
import java.util.List;

/** The declarations around the generated objects. */
final class BenchMesh {
  static final String FOLDER = "meshes/bench/";

  private BenchMesh() {}

  /** The Mesh. */
  static GeneratedFile meshFile(String topology) {
    return new GeneratedFile(
        "mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata:
          name: bench
        spec:
          istioVersion: "1.31"
          topology: %s
          prune: {maxObjects: 100000, maxPercent: 100}
        """
            .formatted(topology));
  }

  /** A control plane cluster whose credential has its name. */
  static GeneratedFile clusterFile(String name) {
    return new GeneratedFile(
        "clusters/" + name + ".yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata:
          name: %1$s
        spec:
          role: ControlPlane
          credential: %1$s
        """
            .formatted(name));
  }

  /** A data plane cluster whose credential has its name. */
  static GeneratedFile dataPlaneFile(String name) {
    return new GeneratedFile(
        "clusters/" + name + ".yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata:
          name: %1$s
        spec:
          role: DataPlane
          credential: %1$s
        """
            .formatted(name));
  }

  /**
   * Rules that ask for Services, accounts, pods and remote secrets: the clusters have none for what
   * is generated. They are asked all the same, and what they find is left out.
   */
  static final GeneratedFile SETTINGS =
      new GeneratedFile(
          "policies/config.yaml",
          """
          rules:
            M1003: {severity: off}
            M103: {severity: off}
            M202: {severity: off}
            M203: {severity: off}
            M427: {severity: off}
            M428: {severity: off}
          """);

  /** Declares the mesh. */
  static void mesh(WorkingCopy files, String topology) {
    objects(files, List.of(meshFile(topology)));
    files.write(SETTINGS.path(), SETTINGS.text());
  }

  /** Declares a control plane cluster. */
  static void cluster(WorkingCopy files, String name) {
    objects(files, List.of(clusterFile(name)));
  }

  /** Writes generated objects. */
  static void objects(WorkingCopy files, List<GeneratedFile> generated) {
    for (GeneratedFile file : generated) {
      files.write(FOLDER + file.path(), file.text());
    }
  }
}
