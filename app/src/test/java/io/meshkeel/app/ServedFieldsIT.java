package io.meshkeel.app;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshkeel.testbed.Crds;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code meshkeel plan} against a real API server with older definitions: a field that is not there
 * yet, a version that is not served, a kind that is missing.
 */
class ServedFieldsIT {

  @TempDir private Path folder;

  private String plan(Path kubeconfig) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new PlanCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(folder.resolve("repo").toString(), "--cluster", "one=" + kubeconfig);
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }

  private void declare() throws IOException {
    write("mesh.yaml", "kind: Mesh", "metadata: {name: edge}", "spec: {istioVersion: '1.31'}");
    write(
        "one.yaml",
        "kind: MeshCluster",
        "metadata: {name: one}",
        "spec: {role: ControlPlane, credential: one}");
    Files.writeString(
        folder.resolve("repo/meshes/edge/traffic.yaml"),
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: mirrored, namespace: shop}
        spec:
          hosts: [a.example.com]
          http:
            - route: [{destination: {host: a.example.com}}]
              mirrors:
                - destination: {host: b.example.com}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: plain, namespace: shop}
        spec:
          hosts: [c.example.com]
          http:
            - route: [{destination: {host: c.example.com}}]
        ---
        apiVersion: telemetry.istio.io/v1
        kind: Telemetry
        metadata: {name: logs, namespace: shop}
        spec: {accessLogging: [{disabled: true}]}
        ---
        apiVersion: networking.istio.io/v1alpha3
        kind: EnvoyFilter
        metadata: {name: open, namespace: shop}
        spec:
          workloadSelector: {labels: {app: a}}
          configPatches:
            - applyTo: CLUSTER
              patch: {operation: MERGE, value: {nowhere: {described: true}}}
        ---
        apiVersion: extensions.istio.io/v1alpha1
        kind: WasmPlugin
        metadata: {name: filter, namespace: shop}
        spec: {url: "oci://example.com/filter:1"}
        """);
  }

  private void write(String name, String... lines) throws IOException {
    Path file = folder.resolve("repo/meshes/edge").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "apiVersion: meshkeel.io/v1alpha1\n" + String.join("\n", lines) + "\n");
  }

  /** Istio's definitions of these kinds, each changed. */
  private Path definitions(String file, Map<String, Consumer<GenericKubernetesResource>> changes)
      throws IOException {
    List<HasMetadata> all =
        KubeApiServer.objects(
            Files.readString(new Crds(SharedServers.binaries()).istio(Crds.ISTIO)));
    String text =
        all.stream()
            .filter(GenericKubernetesResource.class::isInstance)
            .map(GenericKubernetesResource.class::cast)
            .filter(crd -> changes.containsKey(kind(crd)))
            .peek(crd -> changes.getOrDefault(kind(crd), _ -> {}).accept(crd))
            .map(Serialization::asYaml)
            .collect(Collectors.joining("\n---\n"));
    return Files.writeString(folder.resolve(file), text);
  }

  private static String kind(GenericKubernetesResource crd) {
    return crd.get("spec", "names", "kind");
  }

  private static void withoutMirrors(GenericKubernetesResource crd) {
    List<Map<String, Object>> versions = crd.get("spec", "versions");
    for (int i = 0; i < versions.size(); i++) {
      Map<String, Object> route =
          crd.get(
              "spec",
              "versions",
              i,
              "schema",
              "openAPIV3Schema",
              "properties",
              "spec",
              "properties",
              "http",
              "items",
              "properties");
      assertThat(route.remove("mirrors")).isNotNull();
    }
  }

  private static void withoutV1(GenericKubernetesResource crd) {
    List<Map<String, Object>> versions = crd.get("spec", "versions");
    versions.removeIf(version -> "v1".equals(version.get("name")));
  }

  @Test
  void whatAnOlderClusterLacksIsRefusedWithItsPlaceBeforeAnythingIsApplied() throws IOException {
    declare();
    Crds crds = new Crds(SharedServers.binaries());
    try (KubeApiServer server = SharedServers.newBareKubeApiServer()) {
      crds.install(
          server,
          definitions(
              "older.yaml",
              Map.of(
                  "VirtualService",
                  ServedFieldsIT::withoutMirrors,
                  "Telemetry",
                  ServedFieldsIT::withoutV1,
                  "EnvoyFilter",
                  _ -> {})));
      server.apply(Files.readString(rbac()));
      Path kubeconfig = folder.resolve("kubeconfig");
      Files.writeString(kubeconfig, server.serviceAccountKubeconfig("meshkeel-system", "meshkeel"));

      // An API server publishes the schema of a new definition a moment after it serves it.
      await()
          .untilAsserted(() ->
              assertThat(plan(kubeconfig))
                  .contains(
                      "! VirtualService shop/mirrored: meshes/edge/traffic.yaml:8:7: cluster one"
                          + " doesn't serve spec.http[0].mirrors; its networking.istio.io/v1 is older:"
                          + " bring the cluster's CRDs to Istio 1.31",
                      "! Telemetry shop/logs: meshes/edge/traffic.yaml:19:1: cluster one: Telemetry is not"
                          + " served as telemetry.istio.io/v1; declare it as telemetry.istio.io/v1alpha1,"
                          + " or install a CRD that serves v1",
                      "! WasmPlugin shop/filter: meshes/edge/traffic.yaml:34:1: cluster one doesn't serve"
                          + " WasmPlugin.extensions.istio.io; install its CRD",
                      "+ VirtualService shop/plain",
                      "+ EnvoyFilter shop/open"));

      crds.install(
          server,
          definitions(
              "newer.yaml",
              Map.of("VirtualService", _ -> {}, "Telemetry", _ -> {}, "WasmPlugin", _ -> {})));
      await()
          .untilAsserted(() ->
              assertThat(plan(kubeconfig))
                  .contains(
                      "+ VirtualService shop/mirrored",
                      "+ Telemetry shop/logs",
                      "+ WasmPlugin shop/filter")
                  .doesNotContain(" ! "));
    }
  }

  private static Path rbac() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("deploy/rbac/control-plane.yaml");
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new IllegalStateException("deploy/rbac is in no folder above this one");
  }
}
