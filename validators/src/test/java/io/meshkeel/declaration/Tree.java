package io.meshkeel.declaration;

import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A repository in memory, for tests: files are put in, then it is read. */
final class Tree {
  static final String MESH =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: Mesh
      metadata:
        name: shop
      spec:
        istioVersion: "1.31"
      """;
  static final String CLUSTER =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: MeshCluster
      metadata:
        name: shop-mcpc
      spec:
        role: ControlPlane
        credential: shop-mcpc
      """;

  private final Map<String, byte[]> files = new TreeMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private final List<Finding> problems = new ArrayList<>();

  /** A tree with the mesh {@code shop} and its control plane cluster. */
  static Tree shop() {
    return new Tree()
        .with("meshes/shop/mesh.yaml", MESH)
        .with("meshes/shop/clusters/mcpc.yaml", CLUSTER);
  }

  static String virtualService(String name) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: %s
      namespace: shop
    spec:
      hosts: [%s]
    """
        .formatted(name, name);
  }

  Tree with(String path, String content) {
    return with(path, content.getBytes(StandardCharsets.UTF_8));
  }

  Tree with(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  Tree without(String path) {
    files.remove(path);
    return this;
  }

  Tree unreadable(String path) {
    unreadable.add(path);
    return with(path, "");
  }

  Tree refused(Finding finding) {
    problems.add(finding);
    return this;
  }

  /** What {@link Snapshot} says of the files that are there now; later changes don't show. */
  Snapshot snapshot() {
    Map<String, byte[]> now = new HashMap<>(files);
    List<SourceFile> list = new ArrayList<>();
    files.forEach((path, content) ->
        list.add(
            new SourceFile(
                path, new String(content, StandardCharsets.ISO_8859_1), content.length)));
    return new Snapshot() {
      @Override
      public Optional<Revision> revision() {
        return Optional.empty();
      }

      @Override
      public List<SourceFile> files() {
        return list;
      }

      @Override
      public List<Finding> problems() {
        return problems;
      }

      @Override
      public byte[] content(SourceFile file) throws IOException {
        byte[] content = now.get(file.path());
        if (content == null || unreadable.contains(file.path())) {
          throw new IOException("the disk is gone");
        }
        return content;
      }
    };
  }

  Declarations read() {
    return new DeclarationReader().read(snapshot());
  }

  Declarations read(Limits limits) {
    return new DeclarationReader(limits, DeclarationReader.DEFAULT_CACHE_BYTES).read(snapshot());
  }

  /** The mesh {@code shop}, which must be there. */
  MeshDeclarations readShop() {
    return mesh(read(), "shop");
  }

  static MeshDeclarations mesh(Declarations declarations, String name) {
    MeshDeclarations mesh = declarations.meshes().get(new MeshName(name));
    if (mesh == null) {
      throw new AssertionError("no mesh " + name + ": " + lines(declarations.problems()));
    }
    return mesh;
  }

  static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::ruleId).toList();
  }

  static List<String> lines(List<Finding> findings) {
    return findings.stream().map(Finding::oneLine).toList();
  }
}
