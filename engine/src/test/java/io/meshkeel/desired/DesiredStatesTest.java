package io.meshkeel.desired;

import static io.meshkeel.desired.Declared.SPEC;
import static io.meshkeel.desired.Declared.controlPlane;
import static io.meshkeel.desired.Declared.declarations;
import static io.meshkeel.desired.Declared.entry;
import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.mesh;
import static io.meshkeel.desired.Declared.object;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.desired.Declared.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesiredStatesTest {
  private static DesiredState at(Map<ClusterName, DesiredState> states, String cluster) {
    return Optional.ofNullable(states.get(new ClusterName(cluster))).orElseThrow();
  }

  private static Map<ClusterName, DesiredState> states(
      List<MeshCluster> clusters, Manifest... manifests) {
    return new DesiredStates().of(declarations(mesh(SPEC, Map.of()), clusters, List.of(manifests)));
  }

  @Test
  void everyControlPlaneGetsTheSameContent() {
    Map<ClusterName, DesiredState> states =
        states(List.of(controlPlane("east"), controlPlane("west")), route("a", "a"));
    assertThat(at(states, "east").objects())
        .containsOnlyKeys(key("VirtualService", "a"))
        .isEqualTo(at(states, "west").objects());
  }

  @Test
  void oneObjectMayHaveAnotherContentInEachControlPlane() {
    Manifest east = narrowed("east", "a");
    Manifest west = narrowed("west", "b");
    MeshDeclarations declared =
        declarations(
            mesh(SPEC, Map.of()),
            List.of(controlPlane("east"), controlPlane("west"), controlPlane("north")),
            List.of(east, west));
    DesiredStates made = new DesiredStates();
    Map<ClusterName, DesiredState> states = made.of(declared);

    assertThat(at(states, "east").get(east.key()).orElseThrow().manifest().spec())
        .isEqualTo(east.spec());
    assertThat(at(states, "west").get(east.key()).orElseThrow().manifest().spec())
        .isEqualTo(west.spec());
    assertThat(at(states, "north").objects()).isEmpty();
    assertThat(at(made.of(declared), "east").changedSince(at(states, "east"))).isEmpty();
  }

  private static Manifest narrowed(String cluster, String host) {
    return object(
        "networking.istio.io/v1",
        "DestinationRule",
        "shop",
        "a",
        Map.of("meshkeel.io/clusters", cluster),
        Map.of("host", host));
  }

  @Test
  void aDataPlaneGetsNoConfiguration() {
    MeshCluster data = Declared.cluster("data", MeshCluster.Role.DATA_PLANE, List.of());
    Map<ClusterName, DesiredState> states =
        states(List.of(controlPlane("east"), data), route("a", "a"));
    assertThat(at(states, "data").objects()).isEmpty();
    assertThat(at(states, "data").withheld()).isEmpty();
  }

  @Test
  void ourLabelsAreAddedAndOurAnnotationsAreNotSent() {
    Manifest declared =
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "shop",
            "a",
            Map.of(Labels.DRIFT, "Heal", "example.com/note", "x"),
            Map.of("hosts", List.of("a")));
    DesiredObject desired = Declared.state(declared).get(key("VirtualService", "a")).orElseThrow();
    assertThat(desired.manifest().labels())
        .containsEntry(Labels.MANAGED_BY, "meshkeel")
        .containsEntry(Labels.MESH, "shop")
        .containsEntry(Labels.PART_OF, ApplySet.of(Declared.MESH).id());
    assertThat(desired.manifest().annotations()).containsOnlyKeys("example.com/note");
    assertThat(desired.drift()).contains(io.meshkeel.model.Mesh.DriftMode.HEAL);
  }

  @Test
  void anAnnotationNarrowsAnObjectToSomeClusters() {
    Manifest narrow =
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "shop",
            "a",
            Map.of(Labels.CLUSTERS, "west, north"),
            Map.of());
    Map<ClusterName, DesiredState> states =
        states(List.of(controlPlane("east"), controlPlane("west"), controlPlane("north")), narrow);
    assertThat(at(states, "east").objects()).isEmpty();
    assertThat(at(states, "east").withheld()).isEmpty();
    assertThat(at(states, "west").objects()).hasSize(1);
    assertThat(at(states, "north").objects()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"wset, names wset", "'', names no cluster", "'east,data', names data"})
  void aNarrowingThatNamesNoControlPlaneWithholdsTheObject(String names, String why) {
    Manifest narrow =
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "shop",
            "a",
            Map.of(Labels.CLUSTERS, names),
            Map.of());
    MeshCluster data = Declared.cluster("data", MeshCluster.Role.DATA_PLANE, List.of());
    DesiredState east = at(states(List.of(controlPlane("east"), data), narrow), "east");
    assertThat(east.objects()).isEmpty();
    assertThat(east.withheld()).containsOnlyKeys(key("VirtualService", "a"));
    assertThat(east.withheld().toString()).contains(why).contains("are: east");
  }

  @Test
  void anObjectOutsideOfTheClustersNamespacesIsWithheld() {
    MeshCluster limited =
        Declared.cluster("east", MeshCluster.Role.CONTROL_PLANE, List.of("other"));
    DesiredState east = at(states(List.of(limited), route("a", "a")), "east");
    assertThat(east.objects()).isEmpty();
    assertThat(east.withheld().toString()).contains("add 'shop' to its spec.namespaces");
  }

  @Test
  void aKindThatIsNotConfigurationIsWithheld() {
    DesiredState east =
        Declared.state(object("apps/v1", "Deployment", "shop", "a", Map.of(), Map.of()));
    assertThat(east.withheld().toString()).contains("neither an Istio nor a Gateway API kind");
  }

  @ParameterizedTest
  @CsvSource({
    "networking.istio.io/v1, Gateway, '', add metadata.namespace",
    "gateway.networking.k8s.io/v1, GatewayClass, shop, take metadata.namespace away"
  })
  void anObjectInTheWrongScopeIsWithheld(
      String version, String kind, String namespace, String why) {
    DesiredState east = Declared.state(object(version, kind, namespace, "a", Map.of(), Map.of()));
    assertThat(east.withheld().toString()).contains(why);
  }

  @Test
  void whatDidNotChangeIsTheSameInstanceAgain() {
    List<Manifest> manifests = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> manifests.add(route("a" + i, "a" + i)));
    DesiredStates states = new DesiredStates();
    MeshDeclarations first =
        declarations(mesh(SPEC, Map.of()), List.of(controlPlane("east")), manifests);
    DesiredState before = at(states.of(first), "east");
    manifests.set(7, route("a7", "b"));
    manifests.remove(50);
    manifests.add(route("new", "c"));
    DesiredState after = at(states.of(Declared.next(first, manifests)), "east");
    assertThat(after.changedSince(before))
        .containsExactlyInAnyOrder(
            key("VirtualService", "a7"),
            key("VirtualService", "a50"),
            key("VirtualService", "new"));
    assertThat(after.objects().get(key("VirtualService", "a3")))
        .isSameAs(before.objects().get(key("VirtualService", "a3")));
    assertThat(after.changedSince(after)).isEmpty();
  }

  @Test
  void whatBecomesWithheldHasChanged() {
    DesiredState before = Declared.state(route("a", "a"));
    DesiredState after =
        Declared.state(
            object(
                "networking.istio.io/v1",
                "VirtualService",
                "shop",
                "a",
                Map.of(Labels.CLUSTERS, "nowhere"),
                Map.of()));
    assertThat(after.changedSince(before)).containsExactly(key("VirtualService", "a"));
    assertThat(before.changedSince(after)).containsExactly(key("VirtualService", "a"));
  }

  @Test
  void theSetsIdFollowsTheSpecification() {
    // base64url(sha256("meshkeel-shop.meshkeel-system.ConfigMap.")), as kubectl computes it
    assertThat(ApplySet.of(Declared.MESH).id()).matches("applyset-[A-Za-z0-9_-]{43}-v1");
    assertThat(ApplySet.of(Declared.MESH).parent().toString())
        .isEqualTo("ConfigMap meshkeel-system/meshkeel-shop");
  }

  @Test
  void shortHostsAreOfTheOwnNamespace() {
    DesiredState state = Declared.state(rule("d", "reviews"), entry("e", "api.example.com"));
    assertThat(state.get(key("DestinationRule", "d")).orElseThrow().hosts())
        .containsExactly("reviews.shop.svc.cluster.local");
    assertThat(state.get(key("ServiceEntry", "e")).orElseThrow().hosts())
        .containsExactly("api.example.com");
  }

  @Test
  void aRoutesReferencesAreItsGatewaysAndHosts() {
    DesiredObject object =
        Declared.state(route("a", "reviews", "mesh", "public", "web/public"))
            .get(key("VirtualService", "a"))
            .orElseThrow();
    assertThat(object.references())
        .contains(
            new Reference.ToObject(key("Gateway", "public")),
            new Reference.ToHost(
                key("DestinationRule", "x").groupKind(), "reviews.shop.svc.cluster.local"),
            new Reference.ToHost(
                key("ServiceEntry", "x").groupKind(), "reviews.shop.svc.cluster.local"))
        .hasSize(4);
  }

  @Test
  void aGatewayApiRouteRefersToItsGatewayAndBackends() {
    Manifest httpRoute =
        object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "shop",
            "r",
            Map.of(),
            Map.of(
                "parentRefs",
                List.of(Map.of("name", "gw", "namespace", "infra")),
                "rules",
                List.of(
                    Map.of(
                        "backendRefs",
                        List.of(
                            Map.of("name", "reviews", "port", 80),
                            Map.of(
                                "group",
                                "networking.istio.io",
                                "kind",
                                "Hostname",
                                "name",
                                "api.example.com"))))));
    DesiredObject object = Declared.state(httpRoute).objects().values().iterator().next();
    assertThat(object.references().toString())
        .contains("Gateway infra/gw", "Service shop/reviews", "api.example.com");
  }
}
