package io.meshkeel.desired;

import static io.meshkeel.desired.Declared.SPEC;
import static io.meshkeel.desired.Declared.mesh;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.kube.Kinds;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterChoice;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.MeshGateway.Engine;
import io.meshkeel.model.MeshGateway.Type;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.NamespaceSidecar.Injection;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ProxyResources;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.WorkloadSidecar;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where things go: each cell of the placement table of the declarations' reference. */
class PlacementTest {
  private static final ResourceKey ROOT = new ResourceKey("", "Namespace", "", "istio-system");
  private static final List<MeshCluster> CLUSTERS =
      List.of(
          cluster("east", MeshCluster.Role.CONTROL_PLANE),
          cluster("west", MeshCluster.Role.CONTROL_PLANE),
          cluster("data", MeshCluster.Role.DATA_PLANE));

  private static MeshCluster cluster(String name, MeshCluster.Role role) {
    return new MeshCluster(
        new ClusterName(name),
        Declared.MESH,
        new SourcePosition("meshes/shop/clusters/" + name + ".yaml", 1, 1),
        Map.of(),
        role,
        Optional.of("net-" + name),
        name,
        List.of(),
        false);
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

  private static NamespaceSidecar sidecar(Injection injection, Optional<String> revision) {
    return new NamespaceSidecar(
        document("NamespaceSidecar", "n"),
        ClusterChoice.ALL,
        List.of("orders"),
        injection,
        revision);
  }

  private static MeshGateway gateway(Type type, Engine engine, Optional<Integer> replicas) {
    return new MeshGateway(
        document("MeshGateway", "istio-edge"),
        ClusterChoice.of(List.of("east", "data")),
        type,
        "edge",
        engine,
        replicas,
        Optional.empty(),
        new MeshGateway.Service(
            Optional.empty(), List.of(), Map.of(), Optional.empty(), Optional.empty()),
        ProxyResources.NONE,
        Map.of(),
        Optional.empty());
  }

  private static Map<ClusterName, DesiredState> states(Mesh mesh, OwnDeclaration... own) {
    return new DesiredStates()
        .of(new MeshDeclarations(mesh, CLUSTERS, List.of(), List.of(own), List.of()));
  }

  private static DesiredState at(Map<ClusterName, DesiredState> states, String cluster) {
    return Optional.ofNullable(states.get(new ClusterName(cluster))).orElseThrow();
  }

  private static String kinds(DesiredState state) {
    return state.objects().keySet().stream()
        .filter(key -> !key.equals(ROOT))
        .map(key -> key.kind() + (key.group().endsWith("k8s.io") ? "*" : ""))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static DesiredState rendered(String cluster, OwnDeclaration own) {
    return at(states(mesh(SPEC, Map.of()), own), cluster).settled(kind -> true);
  }

  private static DesiredObject only(DesiredState state, String kind) {
    List<DesiredObject> found =
        state.objects().values().stream()
            .filter(o -> o.key().kind().equals(kind) && !o.key().equals(ROOT))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static Object value(DesiredObject object, Object... path) {
    return JsonPath.of(path).find(object.manifest().content()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "networking.istio.io/v1, VirtualService",
    "security.istio.io/v1, AuthorizationPolicy",
    "telemetry.istio.io/v1, Telemetry",
    "extensions.istio.io/v1alpha1, WasmPlugin",
    "networking.istio.io/v1, WorkloadEntry",
    "gateway.networking.k8s.io/v1, HTTPRoute",
    "gateway.networking.k8s.io/v1, BackendTLSPolicy",
  })
  void configurationGoesToEveryControlPlaneTheSameToEachAndToNoDataPlane(
      String apiVersion, String kind) {
    Manifest manifest =
        Declared.object(apiVersion, kind, "shop", "a", Map.of(), Map.of("any", "content"));
    Map<ClusterName, DesiredState> states =
        new DesiredStates()
            .of(
                new MeshDeclarations(
                    mesh(SPEC, Map.of()),
                    CLUSTERS,
                    List.of(Declared.declaration(manifest)),
                    List.of(),
                    List.of()));

    assertThat(only(at(states, "east"), kind).manifest().spec()).isEqualTo(manifest.spec());
    assertThat(only(at(states, "west"), kind)).isSameAs(only(at(states, "east"), kind));
    assertThat(at(states, "data").objects()).containsOnlyKeys(ROOT);
  }

  @ParameterizedTest
  @CsvSource({"east, edge istio-system", "data, edge istio-system", "west, istio-system"})
  void aNamespaceIsMadeWhereSomethingOfOursLivesInIt(String cluster, String namespaces) {
    Plan plan =
        Planner.plan(
            at(
                states(
                    mesh(SPEC, Map.of()),
                    gateway(Type.INGRESS, Engine.INJECTION, Optional.empty())),
                cluster),
            LiveSnapshot.of(List.of(), Kinds.LISTED));

    assertThat(
            plan.of(Change.Create.class)
                .map(Change.Create::key)
                .filter(key -> key.kind().equals("Namespace"))
                .map(ResourceKey::name)
                .sorted()
                .collect(Collectors.joining(" ")))
        .isEqualTo(namespaces);
  }

  @ParameterizedTest
  @CsvSource({"east", "data"})
  void whatAnotherHandMadeIsNeverDeletedWhereverItIs(String cluster) {
    FakeCluster there = new FakeCluster();
    Manifest foreign = Declared.route("by-hand", "a");
    there.handCreate(foreign, "kubectl");
    Plan plan =
        Planner.plan(
            at(states(mesh(SPEC, Map.of())), cluster), LiveSnapshot.of(there.all(), there.kinds()));

    assertThat(plan.changes()).noneMatch(change -> change.key().equals(foreign.key()));
    assertThat(plan.of(Change.Delete.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"east", "west", "data"})
  void injectionLabelsGoToEveryChosenCluster(String cluster) {
    DesiredObject namespace =
        only(rendered(cluster, sidecar(Injection.ENABLED, Optional.empty())), "Namespace");

    assertThat(namespace.manifest().labels())
        .containsOnly(Map.entry("istio-injection", "enabled"), Map.entry(Labels.MESH, "shop"));
    assertThat(namespace.ownership())
        .isEqualTo(
            new Ownership.Shared(
                java.util.Set.of(JsonPath.of("metadata", "labels", "istio.io/rev")), true, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ENABLED,  canary, istio.io/rev=canary",
    "ENABLED,  default, istio-injection=enabled",
    "DISABLED, ,       istio-injection=disabled",
    "UNSET,    ,       ",
  })
  void aNamespaceCarriesOneOfTheTwoLabelsOrNone(
      Injection injection, String revision, String label) {
    DesiredObject namespace =
        only(rendered("east", sidecar(injection, Optional.ofNullable(revision))), "Namespace");
    String found =
        namespace.manifest().labels().entrySet().stream()
            .filter(entry -> !entry.getKey().equals(Labels.MESH))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());

    assertThat(found).isEqualTo(label == null ? "" : label);
    assertThat(((Ownership.Shared) namespace.ownership()).absent()).hasSize(label == null ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource({"east", "data"})
  void workloadSettingsGoWhereTheWorkloadMayBe(String cluster) {
    WorkloadSidecar sidecar =
        new WorkloadSidecar(
            document("WorkloadSidecar", "w"),
            ClusterChoice.ALL,
            new WorkloadSidecar.Workload("Deployment", "orders", "api"),
            Optional.of(true),
            new ProxyResources(
                Optional.of("2000m"), Optional.empty(), Optional.empty(), Optional.of("1Gi")),
            Optional.of("debug"),
            Map.of("excludeInboundPorts", "9090"),
            WorkloadSidecar.Restart.NEVER);
    DesiredObject workload = only(rendered(cluster, sidecar), "Deployment");

    assertThat(workload.manifest().spec())
        .isEqualTo(
            Map.of(
                "template",
                Map.of(
                    "metadata",
                    Map.of(
                        "labels",
                        Map.of("sidecar.istio.io/inject", "true"),
                        "annotations",
                        Map.of(
                            "sidecar.istio.io/proxyCPU", "2000m",
                            "sidecar.istio.io/proxyMemoryLimit", "1Gi",
                            "sidecar.istio.io/logLevel", "debug",
                            "traffic.sidecar.istio.io/excludeInboundPorts", "9090")))));
    assertThat(((Ownership.Shared) workload.ownership()).creates()).isFalse();
    assertThat(((Ownership.Shared) workload.ownership()).holds()).contains("restart: Never");
  }

  @ParameterizedTest
  @CsvSource({"east", "data"})
  void protocolsOfPortsGoWhereTheServiceMayBe(String cluster) {
    ServicePort port =
        new ServicePort(
            document("ServicePort", "p"),
            ClusterChoice.ALL,
            "orders",
            "api",
            List.of(new ServicePort.Port(8080, "http2")));
    DesiredObject service = only(rendered(cluster, port), "Service");

    assertThat(service.manifest().spec())
        .isEqualTo(
            Map.of(
                "ports",
                List.of(Map.of("port", 8080L, "protocol", "TCP", "appProtocol", "http2"))));
    assertThat(service.manifest().labels()).containsOnlyKeys(Labels.MESH);
  }

  @ParameterizedTest
  @CsvSource({
    "east, AUTO, '', true,  Gateway*",
    "east, AUTO, '', false, Deployment PodDisruptionBudget Role* RoleBinding* Service ServiceAccount",
    "east, AUTO, 2,  true,  Deployment PodDisruptionBudget Role* RoleBinding* Service ServiceAccount",
    "east, GATEWAY_API, '', true, Gateway*",
    "east, INJECTION, '', true, Deployment PodDisruptionBudget Role* RoleBinding* Service ServiceAccount",
    "data, AUTO, '', true,  Deployment PodDisruptionBudget Role* RoleBinding* Service ServiceAccount",
    "west, AUTO, '', true, ''",
  })
  void aGatewayGoesWhereItIsChosenByTheEngineThatIsPossible(
      String cluster, Engine engine, String replicas, boolean served, String expected) {
    MeshGateway gateway =
        gateway(
            Type.INGRESS,
            engine,
            replicas.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(replicas)));
    DesiredState state = at(states(mesh(SPEC, Map.of()), gateway), cluster).settled(kind -> served);

    assertThat(kinds(state)).isEqualTo(expected);
    assertThat(state.objects().values())
        .filteredOn(object -> !object.key().equals(ROOT))
        .allSatisfy(object -> assertThat(object.manifest().labels()).containsKey(Labels.PART_OF));
  }

  @Test
  void theConfigurationOfAnEastWestGatewayGoesToEveryControlPlane() {
    Map<ClusterName, DesiredState> states =
        states(mesh(SPEC, Map.of()), gateway(Type.EAST_WEST, Engine.AUTO, Optional.empty()));

    assertThat(kinds(at(states, "west"))).isEqualTo("Gateway");
    assertThat(kinds(at(states, "east"))).startsWith("Deployment Gateway ");
    assertThat(kinds(at(states, "data"))).doesNotContain("Gateway").contains("Deployment");
    DesiredObject crossing = only(at(states, "west"), "Gateway");
    assertThat(crossing.key()).hasToString("Gateway edge/istio-edge-cross-network");
    assertThat(value(crossing, "spec", "servers", 0, "tls", "mode")).isEqualTo("AUTO_PASSTHROUGH");
    assertThat(value(crossing, "spec", "servers", 0, "port", "number")).isEqualTo(15443L);
    assertThat(value(crossing, "spec", "selector"))
        .isEqualTo(Map.of("app", "istio-edge", "istio", "edge"));
  }

  @Test
  void anEastWestGatewayIsOfItsClustersNetwork() {
    DesiredState data = rendered("data", gateway(Type.EAST_WEST, Engine.AUTO, Optional.empty()));
    DesiredObject service = only(data, "Service");
    DesiredObject deployment = only(data, "Deployment");

    assertThat(service.manifest().labels()).containsEntry("topology.istio.io/network", "net-data");
    assertThat(value(service, "spec", "ports").toString())
        .contains("15021", "15443", "15012", "15017");
    assertThat(
            value(
                deployment, "spec", "template", "metadata", "labels", "topology.istio.io/network"))
        .isEqualTo("net-data");
    assertThat(value(deployment, "spec", "template", "spec", "containers", 0, "env"))
        .isEqualTo(
            List.of(Map.of("name", "ISTIO_META_REQUESTED_NETWORK_VIEW", "value", "net-data")));
  }

  @Test
  void anInjectedGatewayIsWhatIstiodsWebhookCompletes() {
    DesiredObject deployment =
        only(rendered("data", gateway(Type.INGRESS, Engine.AUTO, Optional.of(3))), "Deployment");

    assertThat(value(deployment, "spec", "replicas")).isEqualTo(3L);
    assertThat(
            value(
                deployment,
                "spec",
                "template",
                "metadata",
                "annotations",
                "inject.istio.io/templates"))
        .isEqualTo("gateway");
    assertThat(value(deployment, "spec", "template", "spec", "containers", 0, "image"))
        .isEqualTo("auto");
    assertThat(value(deployment, "spec", "template", "metadata", "labels"))
        .isEqualTo(Map.of("app", "istio-edge", "istio", "edge", "sidecar.istio.io/inject", "true"));
  }

  @Test
  void aGatewayOfTheGatewayApiSaysWhatItsPodsCarry() {
    DesiredObject gateway =
        only(
            rendered("east", gateway(Type.EGRESS, Engine.GATEWAY_API, Optional.empty())),
            "Gateway");

    assertThat(value(gateway, "spec", "gatewayClassName")).isEqualTo("istio");
    assertThat(value(gateway, "spec", "infrastructure", "labels"))
        .isEqualTo(Map.of("app", "istio-edge", "istio", "edge"));
    assertThat(gateway.manifest().annotations())
        .containsEntry("networking.istio.io/service-type", "ClusterIP");
    assertThat(value(gateway, "spec", "listeners", 1, "tls", "mode")).isEqualTo("Passthrough");
  }

  @ParameterizedTest
  @CsvSource({"east", "west", "data"})
  void theNetworkOfEachClusterIsOnItsRootNamespace(String cluster) {
    DesiredObject root =
        Optional.ofNullable(at(states(mesh(SPEC, Map.of())), cluster).objects().get(ROOT))
            .orElseThrow();

    assertThat(root.manifest().labels())
        .containsOnly(
            Map.entry("topology.istio.io/network", "net-" + cluster),
            Map.entry(Labels.MESH, "shop"));
    assertThat(root.ownership()).isEqualTo(new Ownership.Shared(java.util.Set.of(), true, ""));
    assertThat(root.origin().position().file()).endsWith(cluster + ".yaml");
  }

  @Test
  void nothingOfOwnKindsGoesToAnExternalMesh() {
    Mesh external =
        mesh(
            new Mesh.Spec(
                SPEC.istioVersion(),
                Mesh.Topology.EXTERNAL,
                "default",
                "istio-system",
                "cluster.local",
                "cluster.local",
                SPEC.drift(),
                SPEC.conflicts(),
                SPEC.onRemoval(),
                SPEC.prune(),
                false,
                false),
            Map.of());

    assertThat(states(external, sidecar(Injection.ENABLED, Optional.empty())).values())
        .allSatisfy(state -> assertThat(state.objects()).isEmpty());
  }

  @Test
  void whatDidNotChangeIsTheVerySameObject() {
    DesiredStates rendering = new DesiredStates();
    MeshDeclarations declared =
        new MeshDeclarations(
            mesh(SPEC, Map.of()),
            CLUSTERS,
            List.of(),
            List.of(
                sidecar(Injection.ENABLED, Optional.empty()),
                gateway(Type.INGRESS, Engine.AUTO, Optional.empty())),
            List.of());
    DesiredState first = at(rendering.of(declared), "east");

    assertThat(at(rendering.of(declared), "east").changedSince(first)).isEmpty();
  }

  @Test
  void aClusterLimitedToNamespacesTakesNoOthers() {
    MeshCluster limited =
        Declared.cluster("east", MeshCluster.Role.CONTROL_PLANE, List.of("orders"));
    DesiredState state =
        at(
            new DesiredStates()
                .of(
                    new MeshDeclarations(
                        mesh(SPEC, Map.of()),
                        List.of(limited),
                        List.of(),
                        List.of(
                            sidecar(Injection.ENABLED, Optional.empty()),
                            gateway(Type.INGRESS, Engine.AUTO, Optional.empty())),
                        List.of())),
            "east");

    assertThat(state.objects()).isEmpty();
    assertThat(state.alternatives()).isEmpty();
    assertThat(state.withheld().toString())
        .contains("can't change namespaces themselves")
        .contains("add 'edge' to its spec.namespaces");
  }

  @Test
  void anObjectThatIsDeclaredAndRenderedIsWrittenInNeitherForm() {
    Manifest declared =
        Declared.object(
            "networking.istio.io/v1",
            "Gateway",
            "edge",
            "istio-edge-cross-network",
            Map.of(),
            Map.of());
    DesiredState state =
        at(
            new DesiredStates()
                .of(
                    new MeshDeclarations(
                        mesh(SPEC, Map.of()),
                        CLUSTERS,
                        List.of(Declared.declaration(declared)),
                        List.of(gateway(Type.EAST_WEST, Engine.AUTO, Optional.empty())),
                        List.of())),
            "west");

    assertThat(state.objects()).containsOnlyKeys(ROOT);
    assertThat(state.withheld().toString()).contains("a MeshGateway stands for it as well");
  }
}
