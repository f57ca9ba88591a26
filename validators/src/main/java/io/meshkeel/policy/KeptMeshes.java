package io.meshkeel.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meshkeel.facts.joined.KeptMesh;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshName;

/** The facts of each mesh that is judged again and again. Any thread. */
final class KeptMeshes {
  /**
   * 200 meshes: those judged longest ago are forgotten first, which costs time and nothing else.
   */
  static final int DEFAULT_MESHES = 200;

  private final Cache<MeshName, KeptMesh> meshes =
      Caffeine.newBuilder().maximumSize(DEFAULT_MESHES).build();

  /** The facts of a mesh; new ones if its own settings changed, which all of them may depend on. */
  KeptMesh of(MeshDeclarations mesh) {
    Mesh.Spec spec = mesh.mesh().spec();
    return meshes
        .asMap()
        .compute(
            mesh.mesh().name(),
            (name, known) -> known != null && known.suits(spec) ? known : new KeptMesh(spec));
  }
}
