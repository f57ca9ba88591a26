package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of ours in objects of others, from commit to cluster, drift mode Report. */
class OwnKindsTest {
  private static final ResourceKey NAMESPACE = new ResourceKey("", "Namespace", "", "shop-ns");
  private static final ResourceKey API = new ResourceKey("apps", "Deployment", "shop-ns", "api");
  private static final JsonPath CPU =
      JsonPath.of("spec", "template", "metadata", "annotations", "sidecar.istio.io/proxyCPU");
  private static final JsonPath INJECTION = JsonPath.of("metadata", "labels", "istio-injection");
  private static final String OWN =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: NamespaceSidecar
      metadata: {name: shop}
      spec: {namespaces: [shop-ns], injection: Enabled}
      ---
      apiVersion: meshkeel.io/v1alpha1
      kind: WorkloadSidecar
      metadata: {name: api}
      spec:
        workload: {kind: Deployment, namespace: shop-ns, name: api}
        resources: {cpu: 200m}
      """;
  private static final String SYNC = "meshkeel/sync/shop";
  private static final String DRIFT = "meshkeel/drift/shop";

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster();
  private EngineRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new EngineRig(directory).cluster("east", east);
    Revision first =
        rig.push(
            files(
                mesh("shop", "Report", "east"),
                service("shop", "shop-ns", "orders", "1s"),
                Map.of("meshes/shop/own.yaml", OWN)));
    rig.start();
    rig.awaitShown(first, SYNC, "success");
    rig.awaitShown(first, DRIFT, "success");
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private String label() throws Exception {
    LiveObject namespace = east.get(NAMESPACE).orElseThrow();
    return namespace.label("istio-injection");
  }

  private boolean hasCpu() throws Exception {
    return east.get(API)
        .flatMap(object -> CPU.find(Map.of("spec", object.spec())))
        .filter("200m"::equals)
        .isPresent();
  }

  private void deploy() {
    east.handCreate(
        Manifest.of(
            Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", "api", "namespace", "shop-ns"),
                "spec",
                Map.of("template", Map.of("metadata", Map.of("labels", Map.of("app", "api")))),
                "status",
                Map.of("replicas", 1L, "updatedReplicas", 1L, "availableReplicas", 1L))),
        "kubectl");
  }

  @Test
  void aNamespaceIsThereWithItsLabelAndALaterWorkloadGetsItsFields() throws Exception {
    assertThat(label()).isEqualTo("enabled");
    assertThat(rig.store().get(rig.store().newest(1).getFirst()).orElseThrow().toString())
        .contains("Deployment shop-ns/api")
        .contains("it doesn't exist; what is declared for it is written when it appears");
    deploy();

    await().until(this::hasCpu);
    assertThat(east.get(API).orElseThrow().spec().toString()).contains("app=api");
  }

  @Test
  void aHandOnOurFieldIsDriftThatIsReportedAndStays() throws Exception {
    Revision head = rig.push(Map.of("meshes/shop/note.txt", "x"));
    rig.awaitShown(head, DRIFT, "success");
    east.handEdit(NAMESPACE, "kubectl-label", INJECTION, "disabled");

    rig.awaitShown(head, DRIFT, "failure");
    assertThat(label()).isEqualTo("disabled");
  }

  @Test
  void whatIsNoLongerDeclaredIsLetGoOf() throws Exception {
    deploy();
    await().until(this::hasCpu);
    Revision next = rig.push(Map.of("meshes/shop/own.yaml", ""));

    rig.awaitShown(next, SYNC, "success");
    assertThat(label()).isEmpty();
    assertThat(hasCpu()).isFalse();
    assertThat(east.get(API)).isPresent();
  }
}
