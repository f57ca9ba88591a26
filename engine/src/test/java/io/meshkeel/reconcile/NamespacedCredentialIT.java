package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.KindScope;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Revision;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose credential has no right outside of {@code spec.namespaces}. */
class NamespacedCredentialIT {
  private static final GroupKind ROUTE = new GroupKind("networking.istio.io", "VirtualService");

  @TempDir Path directory;
  private final KubeApiServer server = SharedServers.kubeApiServer();
  private EngineRig rig;
  private String inside;
  private String outside;
  private String mesh;
  private Kubeconfig kubeconfig;

  @BeforeEach
  void prepare() throws Exception {
    inside = SharedServers.newName("inside");
    outside = SharedServers.newName("outside");
    mesh = SharedServers.newName("mesh");
    server.ensureNamespace(inside);
    server.ensureNamespace(outside);
    server.ensureNamespace("meshkeel-system");
    String account = SharedServers.newName("team");
    server.apply(
        Files.readString(Path.of("../deploy/rbac/namespace.yaml"))
            .replace("NAMESPACE", inside)
            .replace("name: meshkeel-team", "name: " + account));
    kubeconfig =
        Kubeconfig.parse(
            server
                .serviceAccountKubeconfig("meshkeel-system", account)
                .getBytes(StandardCharsets.UTF_8));
    rig = new EngineRig(directory).connecting("east", () -> KubeCluster.connect(kubeconfig));
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private Map<String, String> limited() {
    Map<String, String> files = new HashMap<>(mesh(mesh, "Heal", "east"));
    files.computeIfPresent(
        "meshes/" + mesh + "/clusters/east.yaml",
        (_, text) -> text.replace("network: net,", "namespaces: [" + inside + "],"));
    return files;
  }

  @Test
  void whatIsInsideIsAppliedHealedAndPruned() throws Exception {
    assertNoRightOutside();
    server.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: orders, namespace: %s}
        spec: {ports: [{name: http, port: 80}]}
        """
            .formatted(inside));
    Revision revision =
        rig.push(
            files(
                limited(),
                service(mesh, inside, "orders", "1s"),
                Map.of(
                    "meshes/" + mesh + "/own.yaml",
                    """
                    apiVersion: meshkeel.io/v1alpha1
                    kind: ServicePort
                    metadata: {name: orders}
                    spec:
                      service: {namespace: %s, name: orders}
                      ports: [{port: 80, appProtocol: http2}]
                    """
                        .formatted(inside))));
    rig.start();
    rig.awaitShown(revision, "meshkeel/sync/" + mesh, "success");
    rig.awaitShown(revision, "meshkeel/drift/" + mesh, "success");
    assertThat(
            server
                .admin()
                .services()
                .inNamespace(inside)
                .withName("orders")
                .get()
                .getSpec()
                .getPorts()
                .getFirst()
                .getAppProtocol())
        .isEqualTo("http2");
    assertThat(routes(inside)).isEqualTo(1);

    Revision gone = rig.push(Map.of("meshes/" + mesh + "/traffic/orders.yaml", ""));
    rig.awaitShown(gone, "meshkeel/sync/" + mesh, "success");
    assertThat(routes(inside)).isZero();
  }

  @Test
  void whatIsOutsideIsNamedAndNothingElseIsKeptBack() throws Exception {
    Revision revision =
        rig.push(
            files(
                limited(),
                service(mesh, inside, "orders", "1s"),
                service(mesh, outside, "carts", "1s")));
    rig.start();

    rig.awaitShown(revision, "meshkeel/sync/" + mesh, "failure: 0/1 cluster in sync; east:");
    await()
        .untilAsserted(() ->
            assertThat(rig.forge.shown(revision, "meshkeel/sync/" + mesh + "/east"))
                .contains("VirtualService " + outside + "/carts", "spec.namespaces"));
    await().untilAsserted(() -> assertThat(routes(inside)).isEqualTo(1));
    assertThat(routes(outside)).isZero();
  }

  private int routes(String namespace) {
    return server
        .admin()
        .genericKubernetesResources("networking.istio.io/v1", "VirtualService")
        .inNamespace(namespace)
        .list()
        .getItems()
        .size();
  }

  private void assertNoRightOutside() throws ClusterException {
    try (KubeCluster cluster = KubeCluster.connect(kubeconfig)) {
      cluster.served();
      for (KindScope scope :
          new KindScope[] {
            KindScope.all(ROUTE),
            new KindScope(ROUTE, outside, ""),
            KindScope.all(new GroupKind("", "Namespace"))
          }) {
        assertThatThrownBy(() -> cluster.list(scope, ""))
            .hasMessageContaining("lacks the right to list");
      }
    }
  }
}
