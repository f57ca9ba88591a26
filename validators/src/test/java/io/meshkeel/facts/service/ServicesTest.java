package io.meshkeel.facts.service;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServicesTest {
  private static final Mesh.Spec MESH = MeshSpecs.revision("default");
  private static final ClusterName EAST = new ClusterName("east");
  private static final ClusterName WEST = new ClusterName("west");
  private static final ServiceKey WEB = new ServiceKey("shop", "web");

  private static String service(String spec) {
    return "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {%s}}\n"
        .formatted(spec);
  }

  private static Services services(String... specs) {
    Map<ClusterName, ClusterInventory> clusters = new HashMap<>();
    List<String> names = List.of("east", "west", "south");
    for (int i = 0; i < specs.length; i++) {
      ClusterInventory inventory = cluster(names.get(i), service(specs[i]));
      clusters.put(inventory.cluster(), inventory);
    }
    return Services.of(MESH, new Inventory(clusters));
  }

  private static List<String> differences(String... specs) {
    return services(specs).get(WEB).orElseThrow().differences().stream()
        .map(MeshService.Difference::words)
        .toList();
  }

  @Test
  void oneNameInSeveralClustersIsOneService() {
    Services services =
        services("ports: [{port: 80, name: http}]", "ports: [{port: 80, name: http}]");

    assertThat(services.all()).hasSize(1);
    assertThat(services.all().getFirst().clusters()).containsOnlyKeys(EAST, WEST);
    assertThat(services.all().getFirst().host()).isEqualTo("web.shop.svc.cluster.local");
    assertThat(services.byHost("web.shop.svc.cluster.local")).isPresent();
    assertThat(services.byHost("web.shop")).isEmpty();
    assertThat(services.byHost("web.other.svc.cluster.local")).isEmpty();
    assertThat(services.all().getFirst().differences()).isEmpty();
  }

  @Test
  void tellsWhereClustersDiffer() {
    assertThat(
            differences(
                "ports: [{port: 80, name: http}], selector: {app: web}",
                "ports: [{port: 80, name: tcp}], selector: {app: web}",
                "ports: [{port: 80, name: http}], selector: {app: web}"))
        .containsExactly("ports: 80 http HTTP in east, south; 80 tcp TCP in west");
    assertThat(differences("selector: {app: web}", "selector: {app: shop}"))
        .containsExactly("selector: app=shop in west; app=web in east");
    assertThat(differences("type: ClusterIP", "type: LoadBalancer"))
        .containsExactly("type: ClusterIP in east; LoadBalancer in west");
    assertThat(differences("clusterIP: None", "clusterIP: 10.0.0.1"))
        .containsExactly("type: ClusterIP in west; headless in east");
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ports: [{port: 80}, {port: 81}] | ports: [{port: 81}, {port: 80}] | true",
        "ports: [{port: 80, nodePort: 30000}] | ports: [{port: 80, nodePort: 30001}] | true",
        "ports: [{port: 80, targetPort: 8080}] | ports: [{port: 80, targetPort: http}] | true",
        "ports: [{port: 80, name: http}] | ports: [{port: 80, name: http-web}] | false",
        "ports: [{port: 80}] | ports: [{port: 80, appProtocol: http}] | false",
        "ports: [{port: 80}] | ports: [{port: 80}, {port: 81}] | false",
        "ports: [{port: 53}] | ports: [{port: 53, protocol: UDP}] | false",
        "selector: {a: b, c: d} | selector: {c: d, a: b} | true",
        "selector: {a: b} | selector: {a: b, c: d} | false",
        "sessionAffinity: None | sessionAffinity: ClientIP | true",
      })
  void onlyWhatMattersToTheMeshIsADifference(String one, String other, boolean same) {
    assertThat(differences(one, other).isEmpty()).isEqualTo(same);
  }

  @Test
  void tellsTheProtocolOfEachPortOverTheClusters() {
    MeshService web =
        services("ports: [{port: 80, name: http}, {port: 81}]", "ports: [{port: 80, name: tcp}]")
            .get(WEB)
            .orElseThrow();

    assertThat(web.portProtocols())
        .extracting(MeshService.PortProtocols::number)
        .containsExactly(80L, 81L);
    assertThat(web.portProtocols().getFirst().agreed()).isFalse();
    assertThat(web.portProtocols().getFirst().byCluster())
        .isEqualTo(Map.of(EAST, Protocol.HTTP, WEST, Protocol.TCP));
    assertThat(web.portProtocols().getLast().agreed()).isTrue();
    assertThat(web.portProtocols().getLast().first()).isEqualTo(Protocol.UNKNOWN);
  }

  @Test
  void readsWhatAServiceSays() {
    ClusterService service =
        ClusterService.of(
            object(
                """
                apiVersion: v1
                kind: Service
                metadata:
                  name: edge
                  namespace: shop
                  labels: {a: b}
                  annotations: {networking.istio.io/exportTo: "., web"}
                spec:
                  type: LoadBalancer
                  selector: {app: edge}
                  externalIPs: [1.1.1.1]
                status: {loadBalancer: {ingress: [{ip: 2.2.2.2}, {hostname: lb.example}]}}
                """));

    assertThat(service.scopes()).isEqualTo(new Scopes(false, Set.of("shop", "web")));
    assertThat(service.addresses()).containsExactly("2.2.2.2", "lb.example", "1.1.1.1");
    assertThat(service.labels()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void anExternalNameSelectsNothing() {
    ClusterService service =
        ClusterService.of(
            object(service("type: ExternalName, externalName: a.example, selector: {app: web}")));

    assertThat(service.externalName()).isEqualTo("a.example");
    assertThat(service.selector()).isEmpty();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "'port: 80', 80",
    "'port: 80, targetPort: 8080', 8080",
    "'port: 80, targetPort: \"8080\"', 8080",
    "'port: 80, targetPort: web', 9090",
    "'port: 80, targetPort: dns', -1",
    "'port: 53, targetPort: dns, protocol: UDP', 5353",
    "'port: 80, targetPort: none', -1",
  })
  void findsThePortOnAPod(String port, long number) {
    PodShape pod =
        PodShape.of(
            object(
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: a}
                    spec:
                      containers:
                      - name: c
                        ports: [{containerPort: 9090, name: web}, {containerPort: 5353, name: dns, protocol: UDP}]
                    """)
                .content());
    ServicePort found =
        ClusterService.of(object(service("ports: [{" + port + "}]"))).ports().getFirst();

    assertThat(found.on(pod))
        .isEqualTo(number < 0 ? OptionalLong.empty() : OptionalLong.of(number));
  }

  @Test
  void aChangeNamesTheServiceItTouches() {
    Services services = new Services(MESH);

    assertThat(services.put(EAST, object(service("selector: {app: web}")))).contains(WEB);
    assertThat(services.put(EAST, object("{apiVersion: v1, kind: Pod, metadata: {name: a}}")))
        .isEmpty();
    assertThat(services.remove(WEST, new ResourceKey("", "Service", "shop", "web"))).contains(WEB);
    assertThat(services.get(WEB)).isPresent();
    assertThat(services.remove(EAST, new ResourceKey("", "Service", "shop", "web"))).contains(WEB);
    assertThat(services.get(WEB)).isEmpty();
    assertThat(services.remove(EAST, new ResourceKey("", "Pod", "shop", "web"))).isEmpty();
  }

  @Test
  void findsTheServicesThatSelectAWorkload() {
    ClusterInventory east =
        cluster(
            "east",
            service("selector: {app: web}")
                + """
                ---
                {apiVersion: v1, kind: Service, metadata: {name: old, namespace: shop}, spec: {selector: {ver: old}}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: none, namespace: shop}, spec: {}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: web, namespace: other}, spec: {selector: {app: web}}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec: {template: {metadata: {labels: {app: web}}}}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web-a-1
                  namespace: shop
                  labels: {ver: old, pod-template-hash: a}
                  ownerReferences: [{kind: ReplicaSet, name: web-a, controller: true}]
                """);
    Services services = Services.of(MESH, new Inventory(Map.of(EAST, east)));

    assertThat(services.selecting(Workloads.of(east).all().getFirst()))
        .extracting(found -> found.key().toString())
        .containsExactly("shop/old", "shop/web");
    services.put(EAST, object(service("selector: {app: none}")));
    assertThat(services.selecting(Workloads.of(east).all().getFirst()))
        .extracting(found -> found.key().toString())
        .containsExactly("shop/old");
  }
}
