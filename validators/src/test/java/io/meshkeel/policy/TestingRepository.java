package io.meshkeel.policy;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A repository in memory with one mesh, {@code shop}. */
final class TestingRepository {
  private final SortedMap<String, String> files = new TreeMap<>();
  private final DeclarationReader reader = new DeclarationReader();

  TestingRepository() {
    put(
        "mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec: {istioVersion: "1.31"}
        """);
    put(
        "clusters/c1.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: c1}
        spec: {role: ControlPlane, credential: c1}
        """);
  }

  /** Writes a file below {@code meshes/shop/}. */
  TestingRepository put(String path, String content) {
    files.put("meshes/shop/" + path, content);
    return this;
  }

  /** Writes a file at the root. */
  TestingRepository root(String path, String content) {
    files.put(path, content);
    return this;
  }

  TestingRepository remove(String path) {
    files.remove("meshes/shop/" + path);
    return this;
  }

  /** The files as they are now. */
  Snapshot snapshot() {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    files.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
    List<SourceFile> listed =
        contents.entrySet().stream()
            .map(file ->
                new SourceFile(
                    file.getKey(),
                    Integer.toHexString(
                            new String(file.getValue(), StandardCharsets.UTF_8).hashCode())
                        + "-"
                        + file.getValue().length,
                    file.getValue().length))
            .toList();
    return new Snapshot() {
      @Override
      public Optional<Revision> revision() {
        return Optional.empty();
      }

      @Override
      public List<SourceFile> files() {
        return listed;
      }

      @Override
      public List<Finding> problems() {
        return List.of();
      }

      @Override
      public byte[] content(SourceFile file) throws IOException {
        byte[] content = contents.get(file.path());
        if (content == null) {
          throw new IOException("no file " + file.path());
        }
        return content;
      }
    };
  }

  /** The mesh of a snapshot; unchanged files yield the same declarations as before. */
  MeshDeclarations mesh(Snapshot snapshot) {
    return readable(snapshot).orElseThrow(() -> new AssertionError("the mesh can't be read"));
  }

  /** The mesh of a snapshot; empty if it can't be read. */
  Optional<MeshDeclarations> readable(Snapshot snapshot) {
    return Optional.ofNullable(reader.read(snapshot).meshes().get(new MeshName("shop")));
  }
}
