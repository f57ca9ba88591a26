package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.InventoryReader;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Scenes from YAML texts: a mesh {@code shop} with a control plane {@code east}. */
final class TestScene {
  private static final String MESH =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: Mesh
      metadata: {name: shop}
      spec: {istioVersion: "1.31"}
      ---
      apiVersion: meshkeel.io/v1alpha1
      kind: MeshCluster
      metadata: {name: east}
      spec: {role: ControlPlane, network: one, credential: east}
      ---
      apiVersion: meshkeel.io/v1alpha1
      kind: MeshCluster
      metadata: {name: west}
      spec: {role: DataPlane, network: two, credential: west}
      """;

  private final Map<String, byte[]> declared = new TreeMap<>();
  private final Map<String, byte[]> seen = new TreeMap<>();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** With the mesh declared: {@code west} is a data plane. */
  static TestScene ofMesh() {
    TestScene scene = new TestScene();
    scene.declared.put("meshes/shop/mesh.yaml", bytes(MESH));
    return scene;
  }

  static TestScene undeclared() {
    return new TestScene();
  }

  /** Adds a file to the mesh's folder. */
  TestScene declare(String name, String yaml) {
    declared.put("meshes/shop/" + name, bytes(yaml));
    return this;
  }

  /** Adds objects to a cluster. */
  TestScene hold(String cluster, String yaml) {
    seen.put(cluster + "/" + seen.size() + ".yaml", bytes(yaml));
    return this;
  }

  /** Says that kinds were looked at, though empty: {@code Kind} or {@code Kind.group}. */
  TestScene look(String cluster, String... kinds) {
    StringBuilder index =
        new StringBuilder(
            "apiVersion: meshkeel.io/v1alpha1\nkind: Snapshot\nspec:\n  clusters:\n    - name: ");
    index.append(cluster).append("\n      looked:\n");
    for (String kind : kinds) {
      index.append("        - kind: ").append(kind).append('\n');
    }
    seen.put("index.yaml", bytes(index.toString()));
    return this;
  }

  Scene scene() {
    Inventory inventory = Inventory.NONE;
    if (!seen.isEmpty()) {
      InventoryReading reading = InventoryReader.read(seen);
      assertThat(reading.problems()).extracting(Finding::oneLine).isEmpty();
      inventory = reading.inventory();
    }
    Declarations declarations = new DeclarationReader().read(new Texts(declared));
    assertThat(declarations.problems()).extracting(Finding::oneLine).isEmpty();
    return Scene.all(declarations, inventory).getFirst();
  }

  private record Texts(Map<String, byte[]> texts) implements Snapshot {
    @Override
    public Optional<Revision> revision() {
      return Optional.empty();
    }

    @Override
    public List<SourceFile> files() {
      return texts.entrySet().stream()
          .map(text ->
              new SourceFile(text.getKey(), "" + text.getKey().hashCode(), text.getValue().length))
          .toList();
    }

    @Override
    public List<Finding> problems() {
      return List.of();
    }

    @Override
    public byte[] content(SourceFile file) throws IOException {
      return texts.getOrDefault(file.path(), new byte[0]);
    }
  }

  /** A namespace, with labels as a flow map. */
  static String namespace(String name, String labels) {
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {%s}}\n---\n"
        .formatted(name, labels);
  }

  /** A Service with the selector {@code app: name}. */
  static String service(String namespace, String name, String ports) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {namespace: %1$s, name: %2$s}
    spec: {selector: {app: %2$s}, ports: [%3$s]}
    ---
    """
        .formatted(namespace, name, ports);
  }

  /** A Deployment and a pod of it that is ready; {@code proxied} pods carry a sidecar. */
  static String workload(String namespace, String name, boolean proxied) {
    String proxy =
        proxied ? "\n    - {name: istio-proxy, image: proxy, args: [proxy, sidecar]}" : "";
    String status = proxied ? "\n    sidecar.istio.io/status: '{\"revision\":\"default\"}'" : " {}";
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {namespace: %1$s, name: %2$s}
    spec:
      selector: {matchLabels: {app: %2$s}}
      template:
        metadata: {labels: {app: %2$s}}
        spec:
          containers: [{name: app, ports: [{containerPort: 8080, name: web}]}]
    ---
    apiVersion: apps/v1
    kind: ReplicaSet
    metadata:
      namespace: %1$s
      name: %2$s-7d9f8
      ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: %2$s, controller: true}]
    spec: {}
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      namespace: %1$s
      name: %2$s-7d9f8-abcde
      labels: {app: %2$s, pod-template-hash: 7d9f8}
      annotations:%4$s
      ownerReferences:
        - {apiVersion: apps/v1, kind: ReplicaSet, name: %2$s-7d9f8, controller: true}
    spec:
      containers:
        - {name: app, ports: [{containerPort: 8080, name: web}]}%3$s
    status:
      phase: Running
      conditions: [{type: Ready, status: "True"}]
    ---
    """
        .formatted(namespace, name, proxy, status);
  }
}
