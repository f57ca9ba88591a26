package io.meshkeel.facts.gateway;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.service.Services;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkGatewaysTest {
  private static String service(String labels, String spec, String status) {
    return """
    apiVersion: v1
    kind: Service
    metadata:
      namespace: istio-system
      name: eastwest
      labels: {%s}
      annotations: {traffic.istio.io/nodeSelector: '{}'}
    spec: {%s}
    status: {%s}
    """
        .formatted(labels, spec, status);
  }

  private static List<NetworkGateways.Way> ways(String labels, String spec, String status) {
    ClusterInventory east = cluster("east", service(labels, spec, status));
    return NetworkGateways.of(
            Services.of(MeshSpecs.revision("default"), new Inventory(Map.of(east.cluster(), east))))
        .getOrDefault("net-a", List.of());
  }

  private static final String NETWORK = "topology.istio.io/network: net-a";
  private static final String ADDRESS = "loadBalancer: {ingress: [{ip: 1.1.1.1}]}";

  @Test
  void aServiceWithTheLabelOfANetworkIsTheWayIntoIt() {
    assertThat(ways(NETWORK, "type: LoadBalancer, ports: [{port: 15443}]", ADDRESS))
        .singleElement()
        .satisfies(way -> {
          assertThat(way.usable()).isTrue();
          assertThat(way.port()).isEqualTo(15443);
          assertThat(way.addresses()).containsExactly("1.1.1.1");
          assertThat(way.service().toString()).isEqualTo("istio-system/eastwest");
        });
    assertThat(ways("a: b", "type: LoadBalancer, ports: [{port: 15443}]", ADDRESS)).isEmpty();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | type: LoadBalancer, ports: [{port: 15443}] | '' | its load balancer has no address yet",
        "'' | type: LoadBalancer, ports: [{port: 443}] | loadBalancer: {ingress: [{ip: 1.1.1.1}]} | it doesn't listen on port 15443",
        "'' | ports: [{port: 15443}] | '' | it has no address outside of its cluster",
        "'' | ports: [{port: 15443}], externalIPs: [1.1.1.1] | '' | ''",
        "'' | type: NodePort, ports: [{port: 15443}] | '' | ''",
        "'' | type: LoadBalancer, ports: [{port: 15008}] | loadBalancer: {ingress: [{hostname: a}]} | ''",
        "networking.istio.io/gatewayPort: '443' | type: LoadBalancer, ports: [{port: 443}] | loadBalancer: {ingress: [{ip: 1.1.1.1}]} | ''",
        "networking.istio.io/gatewayPort: '443' | type: LoadBalancer, ports: [{port: 15443}] | loadBalancer: {ingress: [{ip: 1.1.1.1}]} | it doesn't listen on port 443",
        "networking.istio.io/gatewayPort: x | type: LoadBalancer, ports: [{port: 15443}] | loadBalancer: {ingress: [{ip: 1.1.1.1}]} | ''",
      })
  void tellsWhyIstiodDoesNotTakeIt(String label, String spec, String status, String problem) {
    String labels = NETWORK + (label.isEmpty() ? "" : ", " + label);
    assertThat(ways(labels, spec, status))
        .singleElement()
        .satisfies(way -> assertThat(way.problem().orElse("")).isEqualTo(problem));
  }

  @Test
  void theRootNamespaceNamesTheNetworkOfACluster() {
    String namespace =
        "{apiVersion: v1, kind: Namespace, metadata: {name: istio-system, labels: {%s}}}";

    assertThat(networkOf(namespace.formatted(NETWORK))).contains("net-a");
    assertThat(networkOf(namespace.formatted(""))).isEmpty();
  }

  private static Optional<String> networkOf(String namespace) {
    return NetworkGateways.networkOf(
        cluster("east", namespace)
            .get(new ResourceKey("", "Namespace", "", "istio-system"))
            .orElseThrow());
  }
}
