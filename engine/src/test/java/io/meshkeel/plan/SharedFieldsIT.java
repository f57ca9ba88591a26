package io.meshkeel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.desired.Declared;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterChoice;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.NamespaceSidecar.Injection;
import io.meshkeel.model.ProxyResources;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.WorkloadSidecar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fields of ours in objects that aren't: what is not ours stays as it was. */
class SharedFieldsIT extends OwnKindsOnServer {
  private NamespaceSidecar sidecar(Injection injection, String revision) {
    return new NamespaceSidecar(
        document("NamespaceSidecar", "n"),
        ClusterChoice.ALL,
        List.of(namespace),
        injection,
        revision.isEmpty() ? Optional.empty() : Optional.of(revision));
  }

  private WorkloadSidecar workload(WorkloadSidecar.Restart restart, String cpu) {
    return new WorkloadSidecar(
        document("WorkloadSidecar", "w"),
        ClusterChoice.ALL,
        new WorkloadSidecar.Workload("Deployment", namespace, "api"),
        Optional.of(true),
        new ProxyResources(Optional.of(cpu), Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        Map.of("excludeInboundPorts", "9090"),
        restart);
  }

  private ServicePort port(int number, String protocol) {
    return new ServicePort(
        document("ServicePort", "p"),
        ClusterChoice.ALL,
        namespace,
        "api",
        List.of(new ServicePort.Port(number, protocol)));
  }

  private Map<String, String> namespaceLabels() {
    return SERVER.admin().namespaces().withName(namespace).get().getMetadata().getLabels();
  }

  private void hand(String kind, String patch) {
    boolean space = kind.equals("Namespace");
    String group = kind.equals("Deployment") ? "apps/v1" : "v1";
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("kubectl-edit")
            .build();
    var resources = SERVER.admin().genericKubernetesResources(group, kind);
    if (space) {
      resources.withName(namespace).patch(context, patch);
    } else {
      resources.inNamespace(namespace).withName("api").patch(context, patch);
    }
  }

  private void workloadAndService() {
    SERVER.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, namespace: %1$s, annotations: {note: mine}}
        spec:
          replicas: 0
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api, team: a}, annotations: {checksum: x}}
            spec:
              containers: [{name: api, image: example.com/api:1}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: api, namespace: %1$s}
        spec:
          selector: {app: api}
          ports: [{name: a, port: 8080}, {name: b, port: 9090}, {name: dns, port: 53, protocol: UDP}]
        """
            .formatted(namespace));
  }

  private GenericKubernetesResource live(String apiVersion, String kind) {
    return SERVER
        .admin()
        .genericKubernetesResources(apiVersion, kind)
        .inNamespace(namespace)
        .withName("api")
        .get();
  }

  @Test
  void aNamespaceIsLabelledAndLetGoOf() throws Exception {
    hand("Namespace", "{\"metadata\": {\"labels\": {\"team\": \"a\"}}}");
    bring(sidecar(Injection.ENABLED, ""));
    assertThat(namespaceLabels()).containsEntry("istio-injection", "enabled").containsKey("team");

    bring(sidecar(Injection.ENABLED, "canary"));
    assertThat(namespaceLabels())
        .containsEntry("istio.io/rev", "canary")
        .doesNotContainKey("istio-injection");

    bring();
    assertThat(namespaceLabels())
        .containsEntry("team", "a")
        .doesNotContainKeys("istio.io/rev", "istio-injection", "meshkeel.io/mesh");
  }

  @ParameterizedTest
  @EnumSource(io.meshkeel.model.Mesh.OnRemoval.class)
  void aMeshThatLeavesLetsGoOfItsFields(io.meshkeel.model.Mesh.OnRemoval removal) throws Exception {
    bring(sidecar(Injection.ENABLED, ""));
    GenericKubernetesResource parent =
        SERVER
            .admin()
            .genericKubernetesResources("v1", "ConfigMap")
            .inNamespace("meshkeel-system")
            .withName("meshkeel-shop")
            .get();
    parent.getMetadata().getAnnotations().put("meshkeel.io/on-removal", removal.word());
    SERVER.admin().resource(parent).update();
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    ApplyResult result =
        new Applier(8)
            .apply(
                Removal.plan(state(), live, java.time.Instant.MAX),
                cluster,
                live,
                Optional.empty(),
                () -> false);

    assertThat(result.complete()).as(result.toString()).isTrue();
    assertThat(namespaceLabels().containsKey("istio-injection"))
        .isEqualTo(removal == io.meshkeel.model.Mesh.OnRemoval.RELEASE);
    assertThat(namespaceLabels()).doesNotContainKey("meshkeel.io/mesh");
    assertThat(
            SERVER.admin().namespaces().withName(namespace).get().getMetadata().getManagedFields())
        .noneMatch(entry -> "meshkeel".equals(entry.getManager()));
  }

  @Test
  void unsetTakesLabelsAwayWhoeverSetThem() throws Exception {
    hand("Namespace", "{\"metadata\": {\"labels\": {\"istio-injection\": \"enabled\"}}}");
    bring(sidecar(Injection.UNSET, ""));

    assertThat(namespaceLabels()).doesNotContainKey("istio-injection");
  }

  @Test
  void theLabelOfAHandThatContradictsIsTakenAwayAndItsValueOverruled() throws Exception {
    hand(
        "Namespace",
        "{\"metadata\": {\"labels\": {\"istio-injection\": \"disabled\", \"istio.io/rev\": \"x\"}}}");
    bring(sidecar(Injection.ENABLED, ""));

    assertThat(namespaceLabels())
        .containsEntry("istio-injection", "enabled")
        .doesNotContainKey("istio.io/rev");
  }

  @Test
  void aNamespaceThatIsMissingIsCreatedWithItsLabels() throws Exception {
    namespace = namespace + "-new";
    bring(sidecar(Injection.ENABLED, ""));

    assertThat(namespaceLabels()).containsEntry("istio-injection", "enabled");
  }

  @Test
  void aWorkloadGetsOurFieldsAndKeepsItsOwn() throws Exception {
    workloadAndService();
    bring(workload(WorkloadSidecar.Restart.IF_NEEDED, "100m"));
    Map<String, Object> content = live("apps/v1", "Deployment").getAdditionalProperties();
    assertThat(content.toString())
        .contains("sidecar.istio.io/inject=true")
        .contains("sidecar.istio.io/proxyCPU=100m")
        .contains("traffic.sidecar.istio.io/excludeInboundPorts=9090")
        .contains("checksum=x", "team=a", "image=example.com/api:1");

    bring();
    assertThat(live("apps/v1", "Deployment").getAdditionalProperties().toString())
        .doesNotContain("istio.io")
        .contains("checksum=x", "team=a", "image=example.com/api:1");
  }

  @Test
  void aWorkloadThatMustNotRestartIsReportedAndNotWritten() throws Exception {
    workloadAndService();
    Plan plan = plan(workload(WorkloadSidecar.Restart.NEVER, "100m"));

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.of(Change.PendingRestart.class))
        .singleElement()
        .satisfies(pending -> assertThat(pending.message()).contains("restart: Never"));
  }

  @Test
  void aWorkloadThatDoesNotExistIsNotCreatedAndIsBroughtWhenItAppears() throws Exception {
    bring(workload(WorkloadSidecar.Restart.IF_NEEDED, "100m"));
    assertThat(SERVER.admin().apps().deployments().inNamespace(namespace).list().getItems())
        .isEmpty();
    workloadAndService();
    Plan plan = plan(workload(WorkloadSidecar.Restart.IF_NEEDED, "100m"));

    assertThat(plan.steps()).hasSize(1);
    assertThat(DriftEntry.of(plan))
        .isNotEmpty()
        .allMatch(entry -> entry.mode() == io.meshkeel.model.Mesh.DriftMode.HEAL);
  }

  @Test
  void onlyOurFieldsOfAWorkloadCanDrift() throws Exception {
    workloadAndService();
    WorkloadSidecar sidecar = workload(WorkloadSidecar.Restart.IF_NEEDED, "100m");
    bring(sidecar);
    hand(
        "Deployment",
        "{\"spec\": {\"template\": {\"metadata\": {\"labels\": {\"team\": \"b\"}}}}}");
    assertThat(plan(sidecar).steps()).isEmpty();
    hand(
        "Deployment",
        "{\"spec\": {\"template\": {\"metadata\": {\"annotations\":"
            + " {\"sidecar.istio.io/proxyCPU\": \"1\"}}}}}");

    assertThat(DriftEntry.of(plan(sidecar)))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.oneLine()).contains("proxyCPU").contains("kubectl-edit");
          assertThat(entry.mode()).isEqualTo(io.meshkeel.model.Mesh.DriftMode.REPORT);
        });
    bring(sidecar);
    assertThat(live("apps/v1", "Deployment").getAdditionalProperties().toString())
        .contains("sidecar.istio.io/proxyCPU=100m");
  }

  @Test
  void aPortOfAServiceGetsItsProtocolAndNothingElse() throws Exception {
    workloadAndService();
    bring(port(53, "udp"));
    bring(port(8080, "http2"));
    assertThat(SERVER.admin().services().inNamespace(namespace).withName("api").get().getSpec())
        .satisfies(spec -> {
          assertThat(spec.getPorts()).hasSize(3);
          assertThat(spec.getPorts())
              .extracting(p -> p.getPort() + "/" + p.getProtocol() + "/" + p.getAppProtocol())
              .containsExactlyInAnyOrder("8080/TCP/http2", "9090/TCP/null", "53/UDP/null");
        });

    bring();
    assertThat(live("v1", "Service").getAdditionalProperties().toString())
        .doesNotContain("appProtocol");
  }

  @Test
  void aPortThatTheServiceDoesNotHaveIsRefused() throws Exception {
    workloadAndService();

    assertThat(plan(port(81, "http")).skipped())
        .singleElement()
        .satisfies(skipped -> assertThat(skipped.message()).contains("has no port 81"));
  }
}
