package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.policy.Judge;
import io.meshkeel.policy.JudgeOptions;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine on real API servers and a real OPA, with the rights that it ships with. */
class EngineIT {
  @TempDir Path directory;
  private EngineRig rig;
  private Judge judge;
  private String namespace;
  private String mesh;

  @BeforeEach
  void setUp() throws Exception {
    judge = Judge.start(JudgeOptions.of(SharedServers.opaBinary()));
    namespace = SharedServers.newName("engine");
    mesh = SharedServers.newName("mesh");
    rig = new EngineRig(directory).judgedBy(judge).applyingOnly();
    connect("east", SharedServers.kubeApiServer());
  }

  @AfterEach
  void tearDown() throws Exception {
    rig.close();
    judge.close();
  }

  private void connect(String credential, KubeApiServer server) {
    Kubeconfig kubeconfig = ControlPlane.kubeconfig(server, "control-plane");
    rig.connecting(credential, () -> KubeCluster.connect(kubeconfig));
  }

  private ResourceKey key(String name) {
    return new ResourceKey("networking.istio.io", "VirtualService", namespace, name);
  }

  private static Optional<GenericKubernetesResource> found(KubeApiServer server, ResourceKey key) {
    return Optional.ofNullable(
        server
            .admin()
            .genericKubernetesResources("networking.istio.io/v1", key.kind())
            .inNamespace(key.namespace())
            .withName(key.name())
            .get());
  }

  private static String timeout(KubeApiServer server, ResourceKey key) {
    return found(server, key)
        .map(o -> String.valueOf(o.getAdditionalProperties()))
        .orElse("")
        .replaceAll("(?s).*timeout=(\\w+).*", "$1");
  }

  @Test
  void aCommitIsAppliedAMistakeIsDeniedAndAHandEditIsReportedThenHealed() throws Exception {
    KubeApiServer east = SharedServers.kubeApiServer();
    Revision first =
        rig.push(files(mesh(mesh, "Report", "east"), service(mesh, namespace, "orders", "1s")));
    rig.start();
    rig.awaitShown(first, "meshkeel/sync/" + mesh, "success: 1/1 cluster in sync");
    rig.awaitShown(first, "meshkeel/policy", "success");
    rig.awaitShown(first, "meshkeel/drift/" + mesh, "success: in sync");
    assertThat(timeout(east, key("orders"))).isEqualTo("1s");

    Revision mistake =
        rig.push(
            Map.of(
                "meshes/" + mesh + "/traffic/orders.yaml",
                service(mesh, namespace, "orders", "1s")
                    .values()
                    .iterator()
                    .next()
                    .replace("hosts:", "hostz:")));
    rig.awaitShown(mistake, "meshkeel/policy", "failure: ");
    assertThat(rig.forge.shown(mistake, "meshkeel/policy"))
        .contains("meshes/" + mesh + "/traffic/orders.yaml:");
    rig.awaitShown(mistake, "meshkeel/sync/" + mesh, "failure: not applied: denied by policy");
    assertThat(timeout(east, key("orders"))).isEqualTo("1s");

    Revision fixed = rig.push(service(mesh, namespace, "orders", "2s"));
    rig.awaitShown(fixed, "meshkeel/sync/" + mesh, "success");
    assertThat(timeout(east, key("orders"))).isEqualTo("2s");

    ControlPlane.handEdit(
        east,
        key("orders"),
        "kubectl-edit",
        JsonPath.of("spec", "hosts"),
        List.of("evil.example.com"));
    await()
        .untilAsserted(() ->
            assertThat(rig.forge.shown(fixed, "meshkeel/drift/" + mesh))
                .startsWith("failure: east: VirtualService " + namespace)
                .contains("spec.hosts", "kubectl-edit"));

    Revision heal = rig.push(mesh(mesh, "Heal", "east"));
    rig.awaitShown(heal, "meshkeel/drift/" + mesh, "success: in sync");
    assertThat(String.valueOf(found(east, key("orders")))).doesNotContain("evil");
    ControlPlane.handDelete(east, key("orders"));
    await().untilAsserted(() -> assertThat(timeout(east, key("orders"))).isEqualTo("2s"));
  }

  @Test
  void aMeshThatLeavesTheRepositoryIsReleased() throws Exception {
    KubeApiServer east = SharedServers.kubeApiServer();
    Revision first = pushLeaving("Release");
    rig.awaitShown(first, "meshkeel/sync/" + mesh, "success");
    rig.push(left());
    await().untilAsserted(() -> assertThat(parent(east)).isNull());
    GenericKubernetesResource orders = found(east, key("orders")).orElseThrow();
    assertThat(timeout(east, key("orders"))).isEqualTo("1s");
    assertThat(orders.getMetadata().getLabels()).isNullOrEmpty();
    assertThat(orders.getMetadata().getManagedFields()).isNullOrEmpty();
  }

  @Test
  void aMeshThatLeftWhileTheServiceWasDownIsDeletedIfItChoseSo() throws Exception {
    KubeApiServer east = SharedServers.kubeApiServer();
    Revision first = pushLeaving("Delete");
    rig.awaitShown(first, "meshkeel/sync/" + mesh, "success");
    rig.stop();
    rig.push(left());
    rig.start();
    await().untilAsserted(() -> assertThat(parent(east)).isNull());
    assertThat(found(east, key("orders"))).isEmpty();
  }

  @Test
  void anObjectThatAPersonHoldsIsLeftAloneUntilTheHoldIsGone() throws Exception {
    KubeApiServer east = SharedServers.kubeApiServer();
    Revision first =
        rig.push(files(mesh(mesh, "Heal", "east"), service(mesh, namespace, "orders", "1s")));
    rig.start();
    rig.awaitShown(first, "meshkeel/drift/" + mesh, "success");
    JsonPath until = JsonPath.of("metadata", "annotations", "meshkeel.io/hold-until");
    String end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(7200).toString();
    ControlPlane.handEdit(east, key("orders"), "kubectl-annotate", until, end);
    ControlPlane.handEdit(
        east, key("orders"), "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil.com"));
    rig.awaitShown(first, "meshkeel/drift/" + mesh, "failure: east: VirtualService " + namespace);
    await()
        .untilAsserted(() ->
            assertThat(rig.forge.shown(first, "meshkeel/drift/" + mesh))
                .contains("held until " + end));
    assertThat(String.valueOf(found(east, key("orders")))).contains("evil");
    ControlPlane.handEdit(east, key("orders"), "kubectl-annotate", until, null);
    rig.awaitShown(first, "meshkeel/drift/" + mesh, "success: in sync");
    assertThat(String.valueOf(found(east, key("orders")))).doesNotContain("evil");
  }

  private Revision pushLeaving(String onRemoval) throws Exception {
    Map<String, String> files =
        new HashMap<>(
            files(mesh(mesh, "Report", "east"), service(mesh, namespace, "orders", "1s")));
    files.computeIfPresent(
        "meshes/" + mesh + "/mesh.yaml", (path, text) -> text + "  onRemoval: " + onRemoval + "\n");
    files.put("meshes/README.md", "what is here");
    Revision first = rig.push(files);
    rig.start();
    return first;
  }

  private Map<String, String> left() {
    Map<String, String> files =
        new HashMap<>(
            files(mesh(mesh, "Report", "east"), service(mesh, namespace, "orders", "1s")));
    files.replaceAll((path, text) -> "");
    return files;
  }

  private @Nullable ConfigMap parent(KubeApiServer server) {
    return server
        .admin()
        .configMaps()
        .inNamespace("meshkeel-system")
        .withName("meshkeel-" + mesh)
        .get();
  }

  @Test
  void anApiServerThatDiesDelaysNobodyAndCatchesUpWhenItReturns() throws Exception {
    KubeApiServer east = SharedServers.kubeApiServer();
    try (KubeApiServer west = SharedServers.newKubeApiServer()) {
      connect("west", west);
      Revision first =
          rig.push(
              files(
                  mesh(mesh, "Report", "east", "west"), service(mesh, namespace, "orders", "1s")));
      rig.start();
      rig.awaitShown(first, "meshkeel/sync/" + mesh, "success: 2/2 clusters in sync");
      west.kill();
      Revision second = rig.push(service(mesh, namespace, "orders", "2s"));
      rig.awaitShown(second, "meshkeel/sync/" + mesh + "/east", "success");
      rig.awaitShown(second, "meshkeel/sync/" + mesh + "/west", "failure: cluster_unreachable");
      assertThat(timeout(east, key("orders"))).isEqualTo("2s");
      Revision third = rig.push(service(mesh, namespace, "orders", "3s"));
      rig.awaitShown(third, "meshkeel/sync/" + mesh + "/east", "success");
      west.restart();
      rig.awaitShown(third, "meshkeel/sync/" + mesh, "success: 2/2 clusters in sync");
      rig.awaitShown(second, "meshkeel/sync/" + mesh, "success: superseded by");
      assertThat(timeout(west, key("orders"))).isEqualTo("3s");
    }
  }

  @Test
  void aStopInTheMiddleOfAnApplyIsFinishedByTheNextStart() throws Exception {
    KubeApiServer east = SharedServers.kubeApiServer();
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      many.putAll(service(mesh, namespace, "svc-" + i, "1s"));
    }
    rig.origin.commit(mesh(mesh, "Report", "east"));
    Revision revision = rig.push(many);
    rig.start();
    await().until(() -> found(east, key("svc-0")).isPresent() || count(east) > 20);
    rig.stop();
    rig.start();
    rig.awaitShown(revision, "meshkeel/sync/" + mesh, "success");
    rig.awaitShown(revision, "meshkeel/drift/" + mesh, "success");
    assertThat(count(east)).isEqualTo(300);
  }

  private int count(KubeApiServer server) {
    return server
        .admin()
        .genericKubernetesResources("networking.istio.io/v1", "VirtualService")
        .inNamespace(namespace)
        .list()
        .getItems()
        .size();
  }
}
