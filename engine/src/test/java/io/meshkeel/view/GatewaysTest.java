package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GatewaysTest {
  private static final String EDGE =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {namespace: edge, name: %1$s}
      spec:
        template:
          metadata:
            labels: {istio: %1$s}
            annotations: {inject.istio.io/templates: gateway}
          spec: {containers: [{name: istio-proxy, image: auto}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {namespace: edge, name: %1$s}
      spec: {selector: {istio: %1$s}, clusterIP: 10.0.0.1, ports: [{port: 443}, {port: %2$s}]}
      status: {loadBalancer: {ingress: [{ip: 192.0.2.1}, {hostname: lb.example.org}]}}
      ---
      """;

  private static final String GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {namespace: shop, name: public}
      spec:
        selector: {istio: ingress}
        servers: [{port: {number: 443}, hosts: [shop.example.org, "*.example.org"]}]
      """;

  private static GatewayRow only(TestScene scene) {
    List<GatewayRow> rows = Gateways.rows(scene.scene());
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void anInjectedGatewayTellsAddressesPortsAndTheHostsItServes() {
    GatewayRow row = only(TestScene.ofMesh().hold("east", EDGE.formatted("ingress", 80) + GATEWAY));
    assertThat(row.name()).isEqualTo("ingress");
    assertThat(row.type()).isEqualTo("Ingress");
    assertThat(row.engine()).isEqualTo("Injection");
    assertThat(row.addresses()).containsExactly("192.0.2.1", "lb.example.org");
    assertThat(row.ports()).containsExactly(80L, 443L);
    assertThat(row.hosts()).containsExactly("*.example.org", "shop.example.org");
    assertThat(row.gateways()).containsExactly("Gateway.networking.istio.io shop/public");
    assertThat(row.pods()).isZero();
  }

  @Test
  void aGatewayInADataPlaneServesWhatTheControlPlaneSays() {
    GatewayRow row =
        only(TestScene.ofMesh().hold("west", EDGE.formatted("ingress", 80)).hold("east", GATEWAY));
    assertThat(row.cluster()).isEqualTo("west");
    assertThat(row.hosts()).contains("shop.example.org");
  }

  @Test
  void theBoundsOfItsProxiesAreThoseOfItsAutoscalerAndItsDisruptionBudgets() {
    TestScene scene =
        TestScene.ofMesh()
            .hold(
                "east",
                EDGE.formatted("ingress", 80)
                    + """
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata: {namespace: edge, name: any}
                    spec: {scaleTargetRef: {kind: Deployment, name: ingress}, minReplicas: 2, maxReplicas: 5}
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata: {namespace: edge, name: other}
                    spec: {scaleTargetRef: {kind: Deployment, name: other}, maxReplicas: 9}
                    ---
                    apiVersion: policy/v1
                    kind: PodDisruptionBudget
                    metadata: {namespace: edge, name: any}
                    spec: {maxUnavailable: 1, selector: {matchLabels: {istio: ingress}}}
                    ---
                    apiVersion: policy/v1
                    kind: PodDisruptionBudget
                    metadata: {namespace: elsewhere, name: any}
                    spec: {minAvailable: 7, selector: {}}
                    """);
    assertThat(only(scene).autoscaling()).isEqualTo("2-5");
    assertThat(only(scene).disruption()).isEqualTo("maxUnavailable 1");
    GatewayRow without = only(TestScene.ofMesh().hold("east", EDGE.formatted("ingress", 80)));
    assertThat(without.autoscaling()).isEmpty();
    assertThat(without.disruption()).isEmpty();
  }

  @Test
  void theTypeFollowsFromPortAndName() {
    assertThat(only(TestScene.ofMesh().hold("east", EDGE.formatted("cross", 15443))).type())
        .isEqualTo("EastWest");
    assertThat(only(TestScene.ofMesh().hold("east", EDGE.formatted("egressgateway", 80))).type())
        .isEqualTo("Egress");
  }

  @Test
  void aGatewayThatIstiodDeploysBelongsToItsObject() {
    GatewayRow row =
        only(
            TestScene.ofMesh()
                .hold(
                    "east",
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {namespace: shop, name: edge-istio}
                    spec:
                      template:
                        metadata: {labels: {gateway.networking.k8s.io/gateway-name: edge}}
                        spec: {containers: [{name: istio-proxy, image: p, args: [proxy, router]}]}
                    ---
                    apiVersion: gateway.networking.k8s.io/v1
                    kind: Gateway
                    metadata: {namespace: shop, name: edge}
                    spec: {listeners: [{name: http, port: 80, hostname: a.example.org}]}
                    """));
    assertThat(row.engine()).isEqualTo("GatewayApi");
    assertThat(row.hosts()).containsExactly("a.example.org");
  }
}
