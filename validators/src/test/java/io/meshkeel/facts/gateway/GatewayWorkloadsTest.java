package io.meshkeel.facts.gateway;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewayWorkloadsTest {
  private static String deployment(String id, String labels, String annotations) {
    String[] names = id.split("/");
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {namespace: %s, name: %s}
    spec:
      template:
        metadata: {labels: {%s}, annotations: {%s}}
        spec: {containers: [{name: istio-proxy, image: auto}]}
    ---
    """
        .formatted(names[0], names[1], labels, annotations);
  }

  private static final String GATEWAY = "inject.istio.io/templates: gateway";
  private static final GatewayWorkloads GATEWAYS =
      new GatewayWorkloads(
          List.of(
              Workloads.of(
                  cluster(
                      "east",
                      deployment("istio-ingress/edge", "istio: ingress, app: edge", GATEWAY)
                          + deployment("shop/web", "istio: ingress, app: web", ""))),
              Workloads.of(
                  cluster("west", deployment("other/edge", "istio: ingress, app: edge", GATEWAY))),
              Workloads.of(cluster("south", deployment("a/egress", "istio: egress", GATEWAY)))));

  private static Manifest gateway(String selector) {
    return object(
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {namespace: shop, name: a}
        spec: {selector: {%s}}
        """
            .formatted(selector));
  }

  private static List<String> names(List<Workload> workloads) {
    return workloads.stream()
        .map(workload -> workload.key().cluster() + " " + workload.key().namespace())
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "istio: ingress | east istio-ingress, west other",
        "istio: ingress, app: edge | east istio-ingress, west other",
        "istio: ingress, app: web | ''",
        "istio: egress | south a",
        "istio: nothing | ''",
        "'' | east istio-ingress, west other, south a",
      })
  void gatewaysOfAnyNamespaceAndClusterTakeIt(String selector, String expected) {
    assertThat(String.join(", ", names(GATEWAYS.taking(gateway(selector))))).isEqualTo(expected);
  }

  @Test
  void aSidecarWithTheLabelsDoesNotTakeIt() {
    assertThat(names(GATEWAYS.mistaken(gateway("istio: ingress")))).containsExactly("east shop");
    assertThat(GATEWAYS.mistaken(gateway(""))).isEmpty();
  }

  @Test
  void aGatewayOfTheGatewayApiHasTheProxiesWithItsName() {
    String labels = "gateway.networking.k8s.io/gateway-name: edge";
    GatewayWorkloads gateways =
        new GatewayWorkloads(
            List.of(
                Workloads.of(
                    cluster(
                        "east",
                        deployment("shop/edge-istio", labels, "")
                            + deployment("shop/other", "a: b", "")
                            + deployment("web/edge-istio", labels, "")))));
    Manifest gateway =
        object(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {namespace: shop, name: edge}
            """);

    assertThat(gateways.deployedFor(gateway))
        .extracting(workload -> workload.key().toString())
        .containsExactly("Deployment shop/edge-istio");
  }

  @Test
  void knowsAllGateways() {
    assertThat(names(GATEWAYS.all()))
        .containsExactly("east istio-ingress", "west other", "south a");
  }
}
