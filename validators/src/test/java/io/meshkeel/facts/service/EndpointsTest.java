package io.meshkeel.facts.service;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static io.meshkeel.facts.ClusterObjects.objects;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Mesh;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointsTest {
  private static final Mesh.Spec MESH = MeshSpecs.revision("default");
  private static final ClusterName EAST = new ClusterName("east");
  private static final ClusterName WEST = new ClusterName("west");
  private static final String WEB = "web.shop.svc.cluster.local";
  private static final String SERVICE =
      """
      {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}
      ---
      """;

  private static String pod(String name, String version, String more) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop, labels: {app: web, version: %s%s}}
    spec: {nodeName: node-1}
    ---
    """
        .formatted(name, version, more);
  }

  private static Endpoints endpoints(String east, String west, String mesh) {
    Map<ClusterName, ClusterInventory> clusters = new HashMap<>();
    Map<ClusterName, Workloads> workloads = new HashMap<>();
    for (ClusterInventory inventory :
        new ClusterInventory[] {cluster("east", east), cluster("west", west)}) {
      clusters.put(inventory.cluster(), inventory);
      workloads.put(inventory.cluster(), Workloads.of(inventory));
    }
    return new Endpoints(
        Services.of(MESH, new Inventory(clusters)),
        ServiceEntries.of(MESH, objects(mesh)),
        workloads,
        Map.of(EAST, "net-a", WEST, "net-b"));
  }

  private static final Endpoints BOTH =
      endpoints(
          SERVICE + pod("a", "v1", "") + pod("b", "v1", ", topology.istio.io/network: own"),
          SERVICE + pod("c", "v2", ""),
          "");

  @ParameterizedTest(name = "{0}={1}: {2} in east, {3} in west")
  @CsvSource({
    "version, v1, 2, 0",
    "version, v2, 0, 1",
    "version, v9, 0, 0",
    "topology.istio.io/cluster, east, 2, 0",
    "topology.istio.io/cluster, west, 0, 1",
    "topology.istio.io/cluster, south, 0, 0",
    "topology.istio.io/network, net-a, 1, 0",
    "topology.istio.io/network, own, 1, 0",
    "topology.istio.io/network, net-b, 0, 1",
    "kubernetes.io/hostname, node-1, 2, 1",
    "kubernetes.io/hostname, node-2, 0, 0",
  })
  void aSubsetTakesPodsOfAllClusters(String label, String value, int east, int west) {
    Endpoints.SubsetCount count = BOTH.subset(WEB, Map.of(label, value));

    assertThat(count.byCluster().getOrDefault(EAST, 0)).isEqualTo(east);
    assertThat(count.byCluster().getOrDefault(WEST, 0)).isEqualTo(west);
    assertThat(count.total()).isEqualTo(east + west);
    assertThat(count.certain()).isTrue();
  }

  @Test
  void aLocalityThatNobodyLookedAtLeavesTheCountOpen() {
    Map<String, String> zone = Map.of("topology.kubernetes.io/zone", "z");

    assertThat(BOTH.subset(WEB, zone).certain()).isFalse();
    assertThat(BOTH.subset(WEB, zone).total()).isZero();
    assertThat(
            BOTH.subset(WEB, Map.of("topology.kubernetes.io/zone", "z", "version", "v9")).certain())
        .as("no other label fits, so the zone doesn't matter")
        .isTrue();
  }

  @Test
  void anUnknownHostHasNoEndpoints() {
    assertThat(BOTH.subset("none.shop.svc.cluster.local", Map.of()).total()).isZero();
  }

  @Test
  void aServiceWithoutSelectorHasEndpointsThatCannotBeSeen() {
    Endpoints endpoints =
        endpoints(
            "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {}}",
            "",
            "");
    assertThat(endpoints.subset(WEB, Map.of()).certain()).isFalse();
  }

  @Test
  void aServiceHasTheWorkloadsOfItsOwnClusterOnly() {
    Endpoints endpoints = endpoints(SERVICE, pod("a", "v1", ""), "");
    assertThat(endpoints.subset(WEB, Map.of()).total()).isZero();
    assertThat(endpoints.clusters()).containsExactlyInAnyOrder(EAST, WEST);
  }

  @Test
  void tellsTheWorkloadsBehindAService() {
    Inventory none = new Inventory(Map.of());
    ClusterInventory east = cluster("east", SERVICE + pod("a", "v1", ""));
    MeshService service = Services.of(MESH, new Inventory(Map.of(EAST, east))).all().getFirst();
    Endpoints endpoints =
        new Endpoints(
            Services.of(MESH, none),
            new ServiceEntries(MESH),
            Map.of(EAST, Workloads.of(east)),
            Map.of());

    assertThat(endpoints.of(service).get(EAST))
        .singleElement()
        .satisfies(serving -> assertThat(serving.pods()).hasSize(1));
  }

  @Test
  void aWorkloadEntryServesTheServiceOfItsCluster() {
    Endpoints endpoints =
        endpoints(
            SERVICE
                + """
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: {name: vm, namespace: shop}
                spec: {address: 1.1.1.1, labels: {app: web, version: vm}, locality: r/z, network: vms}
                """,
            "",
            "");

    assertThat(endpoints.subset(WEB, Map.of("version", "vm")).byCluster()).containsEntry(EAST, 1);
    assertThat(endpoints.subset(WEB, Map.of("topology.kubernetes.io/zone", "z")).total())
        .isEqualTo(1);
    assertThat(endpoints.subset(WEB, Map.of("topology.istio.io/network", "vms")).total())
        .isEqualTo(1);
    assertThat(endpoints.subset(WEB, Map.of("topology.kubernetes.io/zone", "y")).certain())
        .isTrue();
  }

  private static final String ENTRY =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: a, namespace: shop}
      spec: {hosts: [a.example], %s}
      """;

  @Test
  void aServiceEntrySelectsInItsNamespaceOfEveryCluster() {
    Endpoints endpoints =
        endpoints(
            pod("a", "v1", ""),
            pod("b", "v2", ""),
            ENTRY.formatted("workloadSelector: {labels: {app: web}}"));

    assertThat(endpoints.subset("a.example", Map.of("version", "v2")).byCluster())
        .isEqualTo(Map.of(WEST, 1));
    assertThat(endpoints.subset("a.example", Map.of()).total()).isEqualTo(2);
    assertThat(endpoints.selected("shop", Map.of("app", "web"))).hasSize(2);
  }

  @Test
  void aServiceEntryHasTheEndpointsThatAreWrittenInIt() {
    Endpoints endpoints =
        endpoints(
            "",
            "",
            ENTRY.formatted(
                "endpoints: [{address: a, labels: {v: a}}, {address: b, labels: {v: b}}]"));

    assertThat(endpoints.subset("a.example", Map.of("v", "a")).written()).isEqualTo(1);
    assertThat(endpoints.subset("a.example", Map.of("v", "c")).total()).isZero();
    assertThat(endpoints.subset("a.example", Map.of("v", "c")).certain()).isTrue();
    assertThat(endpoints.subset("a.example", Map.of("topology.istio.io/cluster", "x")).certain())
        .isFalse();
  }

  @Test
  void aServiceEntryWithoutEndpointsResolvesItsHost() {
    Endpoints endpoints = endpoints("", "", ENTRY.formatted("resolution: DNS"));
    assertThat(endpoints.subset("a.example", Map.of("v", "a")).certain()).isFalse();
  }
}
