package io.meshkeel.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterChoice;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.NamespaceSidecar.Injection;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ProxyResources;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.WorkloadSidecar;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Own kinds on a real API server, with the rights of the role for control planes: after an apply
 * the next plan is empty, and what is not ours stays as it was.
 */
@Timeout(120)
class SharedFieldsIT {
  private static final KubeApiServer SERVER = SharedServers.kubeApiServer();
  private static KubeCluster cluster;

  private String namespace = "";

  @BeforeAll
  static void connect() throws Exception {
    cluster = KubeCluster.connect(ControlPlane.kubeconfig(SERVER, "control-plane"));
  }

  @AfterAll
  static void disconnect() {
    cluster.close();
  }

  @BeforeEach
  void newNamespace() {
    namespace = SharedServers.newNamespace();
  }

  @AfterEach
  void letGo() throws Exception {
    bring();
  }

  private static Declaration document(String kind, String name) {
    return Declared.declaration(
        Manifest.of(
            Map.of(
                "apiVersion",
                "meshkeel.io/v1alpha1",
                "kind",
                kind,
                "metadata",
                Map.of("name", name))));
  }

  private static DesiredState state(OwnDeclaration... own) {
    MeshDeclarations declared =
        new MeshDeclarations(
            Declared.mesh(Declared.SPEC, Map.of()),
            List.of(Declared.controlPlane("east")),
            List.of(),
            List.of(own),
            List.of());
    return Optional.ofNullable(new DesiredStates().of(declared).get(Declared.EAST)).orElseThrow();
  }

  private static Plan plan(OwnDeclaration... own) throws Exception {
    return Planner.plan(state(own), LiveSnapshot.list(cluster, Declared.MESH, List.of()));
  }

  /** Plans, applies, and plans again: nothing is left to do. */
  private static Plan bring(OwnDeclaration... own) throws Exception {
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    Plan plan = Planner.plan(state(own), live);
    ApplyResult result = new Applier(8).apply(plan, cluster, live, Optional.empty(), () -> false);
    assertThat(result.outcomes().values())
        .as(result.toString())
        .allMatch(o -> !o.toString().contains("Failed"));
    assertThat(result.complete()).as(result.toString()).isTrue();
    Plan again = plan(own);
    assertThat(again.steps()).as(PlanText.of(again)).isEmpty();
    return plan;
  }

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

  private MeshGateway gateway(MeshGateway.Type type, MeshGateway.Engine engine, boolean scaled) {
    return new MeshGateway(
        document("MeshGateway", "edge"),
        ClusterChoice.ALL,
        type,
        namespace,
        engine,
        Optional.empty(),
        scaled ? Optional.of(new MeshGateway.Autoscaling(2, 5, 80)) : Optional.empty(),
        new MeshGateway.Service(
            Optional.empty(),
            List.of(),
            Map.of("example.com/a", "b"),
            Optional.empty(),
            scaled ? Optional.of("Local") : Optional.empty()),
        new ProxyResources(
            scaled ? Optional.of("0.5") : Optional.empty(),
            scaled ? Optional.of("1024Mi") : Optional.empty(),
            Optional.empty(),
            scaled ? Optional.of("2048Mi") : Optional.empty()),
        Map.of(),
        Optional.empty());
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
    assertThat(plan.skipped())
        .singleElement()
        .satisfies(skipped -> assertThat(skipped.message()).contains("restart: Never"));
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

  @ParameterizedTest
  @EnumSource(MeshGateway.Type.class)
  void aGatewayByInjectionIsAppliedWithoutFalseDriftAndPruned(MeshGateway.Type type)
      throws Exception {
    Plan plan =
        bring(gateway(type, MeshGateway.Engine.INJECTION, type == MeshGateway.Type.INGRESS));
    assertThat(plan.of(Change.Create.class)).hasSizeGreaterThanOrEqualTo(6);
    assertThat(SERVER.admin().rbac().roles().inNamespace(namespace).withName("edge").get())
        .isNotNull();

    bring(gateway(type, MeshGateway.Engine.INJECTION, false));
    assertThat(
            SERVER
                .admin()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName("edge")
                .get())
        .isNull();

    bringWithoutBudget();
    assertThat(SERVER.admin().apps().deployments().inNamespace(namespace).list().getItems())
        .isEmpty();
  }

  /** All of a gateway may go at once, if the Mesh says so. */
  private static void bringWithoutBudget() throws Exception {
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    MeshDeclarations declared =
        new MeshDeclarations(
            Declared.mesh(Declared.SPEC, Map.of("meshkeel.io/confirm-prune", "20")),
            List.of(Declared.controlPlane("east")),
            List.of(),
            List.of(),
            List.of());
    DesiredState state =
        Optional.ofNullable(new DesiredStates().of(declared).get(Declared.EAST)).orElseThrow();
    ApplyResult result =
        new Applier(8)
            .apply(Planner.plan(state, live), cluster, live, Optional.empty(), () -> false);
    assertThat(result.complete()).as(result.toString()).isTrue();
  }

  @Test
  void aGatewayOfTheGatewayApiIsAppliedWithoutFalseDrift() throws Exception {
    Plan plan = bring(gateway(MeshGateway.Type.INGRESS, MeshGateway.Engine.AUTO, false));

    assertThat(plan.of(Change.Create.class))
        .singleElement()
        .satisfies(
            create -> assertThat(create.key().group()).isEqualTo("gateway.networking.k8s.io"));
    bringWithoutBudget();
  }

  /** Created by an ordinary write, all defaults belong to the hand that did it. */
  @Test
  void aRouteThatAHandCreatedIsAdoptedWithItsDefaults() throws Exception {
    String route =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: api, namespace: %s}
        spec:
          parentRefs: [{name: edge}]
          rules: [{backendRefs: [{name: api, port: 8080}]}]
        """
            .formatted(namespace);
    SERVER.admin().load(new ByteArrayInputStream(route.getBytes(UTF_8))).create();
    Manifest declared =
        Declared.object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            namespace,
            "api",
            Map.of("meshkeel.io/adopt", "true"),
            Map.of(
                "parentRefs",
                List.of(Map.of("name", "edge")),
                "rules",
                List.of(Map.of("backendRefs", List.of(Map.of("name", "api", "port", 8080))))));
    DesiredState state = Declared.state(declared);
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    Plan plan = Planner.plan(state, live);
    assertThat(plan.of(Change.Adopt.class))
        .singleElement()
        .satisfies(adopt ->
            assertThat(adopt.differences())
                .allMatch(d -> d.path().toString().startsWith("metadata.labels")));
    ApplyResult result = new Applier(8).apply(plan, cluster, live, Optional.empty(), () -> false);
    assertThat(result.complete()).as(result.toString()).isTrue();

    Plan again = Planner.plan(state, LiveSnapshot.list(cluster, Declared.MESH, List.of()));
    assertThat(again.steps()).as(PlanText.of(again)).isEmpty();
    bringWithoutBudget();
  }

  @Test
  void aHandOnAGatewaysRoleIsDrift() throws Exception {
    MeshGateway gateway = gateway(MeshGateway.Type.EGRESS, MeshGateway.Engine.INJECTION, false);
    bring(gateway);
    SERVER
        .admin()
        .rbac()
        .roles()
        .inNamespace(namespace)
        .withName("edge")
        .edit(role -> {
          role.getRules().getFirst().setVerbs(List.of("get"));
          return role;
        });

    assertThat(DriftEntry.of(plan(gateway)))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.oneLine()).contains("rules[0].verbs"));
    bringWithoutBudget();
  }
}
