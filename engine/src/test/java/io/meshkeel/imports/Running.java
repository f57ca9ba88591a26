package io.meshkeel.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.InventoryReader;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.MeshName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A running mesh for tests, as the files of a snapshot. */
final class Running {
  /** What makes a cluster a control plane. */
  static final String ISTIOD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: istiod, namespace: istio-system, labels: {app: istiod}}
      spec:
        template: {spec: {containers: [{name: discovery, image: "docker.io/istio/pilot:1.31.1"}]}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: istio-system, labels: {topology.istio.io/network: net-a}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: istio, namespace: istio-system}
      data: {mesh: "trustDomain: shop.example\\nrootNamespace: istio-system\\n"}
      """;

  private final Map<String, byte[]> files = new HashMap<>();
  private Set<GroupKind> looked = Set.of();
  private boolean includeManaged;
  private ImportRequest.Adoption adoption = ImportRequest.Adoption.objects;
  private Optional<String> version = Optional.empty();
  private Set<ClusterName> controlPlanes = Set.of();

  Running controlPlane(String name, String... objects) {
    return dataPlane(name, String.join("---\n", ISTIOD, String.join("---\n", objects)));
  }

  Running dataPlane(String name, String... objects) {
    files.put(name + "/all.yaml", String.join("---\n", objects).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Says that these kinds were looked at in all clusters, whether there are any or not. */
  Running looked(Set<GroupKind> kinds) {
    looked = Set.copyOf(kinds);
    return this;
  }

  private Inventory inventory() {
    InventoryReading reading = InventoryReader.read(files);
    assertThat(reading.problems()).extracting(Finding::oneLine).isEmpty();
    Map<ClusterName, ClusterInventory> clusters = new HashMap<>();
    reading
        .inventory()
        .clusters()
        .forEach((name, cluster) -> {
          Set<GroupKind> known = new HashSet<>(looked);
          known.addAll(cluster.known());
          clusters.put(name, ClusterInventory.of(name, known, cluster.objects()));
        });
    return new Inventory(clusters);
  }

  Running withManaged() {
    includeManaged = true;
    return this;
  }

  Running adoptedByMesh() {
    adoption = ImportRequest.Adoption.mesh;
    return this;
  }

  Running version(String given) {
    version = Optional.of(given);
    return this;
  }

  Running named(String... names) {
    controlPlanes = Arrays.stream(names).map(ClusterName::new).collect(Collectors.toSet());
    return this;
  }

  Imported imported() throws ImportException {
    return Importer.run(
        new ImportRequest(
            new MeshName("shop"), inventory(), controlPlanes, version, includeManaged, adoption));
  }

  static String text(Imported imported, String path) {
    String text = imported.files().get("meshes/shop/" + path);
    assertThat(text).as(path + " of " + imported.files().keySet()).isNotNull();
    return String.valueOf(text);
  }
}
