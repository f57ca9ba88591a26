package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {namespace: shop, name: reviews}
      spec:
        hosts: [reviews]
        gateways: [mesh, edge/public]
        http:
          - match: [{method: {exact: GET}, uri: {prefix: /api}}, {headers: {x-user: {regex: a.*}}}]
            route:
              - {destination: {host: reviews, subset: v1}, weight: 80}
              - {destination: {host: reviews, subset: v2, port: {number: 81}}, weight: 20}
          - redirect: {uri: /}
      """;
  private static final String RULE =
      """
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {namespace: shop, name: reviews}
      spec:
        host: reviews.shop.svc.cluster.local
        trafficPolicy: {tls: {mode: ISTIO_MUTUAL}, outlierDetection: {}}
        subsets: [{name: v1, labels: {version: "1"}}, {name: v2, labels: {version: "2"}}]
      """;

  @Test
  void aHostTellsItsGatewaysRoutesSubsetsAndObjects() {
    List<TrafficRow> rows =
        Traffic.rows(TestScene.ofMesh().declare("reviews.yaml", ROUTE + RULE).scene());
    assertThat(rows).hasSize(1);
    TrafficRow row = rows.getFirst();
    assertThat(row.host()).isEqualTo("reviews.shop.svc.cluster.local");
    assertThat(row.namespace()).isEqualTo("shop");
    assertThat(row.clusters()).containsExactly("east");
    assertThat(row.gateways()).containsExactly("mesh", "edge/public");
    assertThat(row.routes())
        .extracting(Route::text)
        .containsExactly(
            "GET /api* or header x-user=~a.* → reviews.shop.svc.cluster.local/v1 80%,"
                + " reviews.shop.svc.cluster.local/v2:81 20%",
            "→ redirect");
    assertThat(row.subsets()).containsExactly("v1(version=1)", "v2(version=2)");
    assertThat(row.policy()).containsExactly("outlierDetection", "tls ISTIO_MUTUAL");
    assertThat(row.objects())
        .containsExactly(
            "DestinationRule shop/reviews (meshes/shop/reviews.yaml:14)",
            "VirtualService shop/reviews (meshes/shop/reviews.yaml:1)");
  }

  @Test
  void whatTheClusterHoldsCountsMoreThanWhatIsDeclared() {
    List<TrafficRow> rows =
        Traffic.rows(
            TestScene.ofMesh()
                .declare("reviews.yaml", ROUTE)
                .hold("east", ROUTE.replace("weight: 80", "weight: 60"))
                .scene());
    assertThat(rows.getFirst().routes().getFirst().to().getFirst().weight()).isEqualTo(75);
  }

  @Test
  void aRouteOfTheGatewayApiIsToldUnderItsHostnamesOrItsService() {
    String route =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {namespace: shop, name: web}
        spec:
          parentRefs: [%s]
          hostnames: [shop.example.org]
          rules:
            - matches: [{path: {type: PathPrefix, value: /a}, method: GET}]
              backendRefs: [{name: web, port: 80, weight: 3}, {name: api, port: 80}]
        """;
    TrafficRow row =
        Traffic.rows(
                TestScene.ofMesh()
                    .declare("web.yaml", route.formatted("{name: edge, namespace: infra}"))
                    .scene())
            .getFirst();
    assertThat(row.host()).isEqualTo("shop.example.org");
    assertThat(row.gateways()).containsExactly("infra/edge");
    assertThat(row.routes().getFirst().text())
        .isEqualTo(
            "GET /a* → web.shop.svc.cluster.local:80 75%, api.shop.svc.cluster.local:80 25%");
    TrafficRow mesh =
        Traffic.rows(
                TestScene.ofMesh()
                    .declare("web.yaml", route.formatted("{kind: Service, group: '', name: web}"))
                    .scene())
            .getFirst();
    assertThat(mesh.host()).isEqualTo("web.shop.svc.cluster.local");
    assertThat(mesh.gateways()).containsExactly("mesh");
  }

  @Test
  void controlPlanesThatAgreeShareALineAndThoseThatDifferDoNot() {
    TestScene same = TestScene.undeclared().hold("a", ROUTE).hold("b", ROUTE);
    assertThat(Traffic.rows(same.scene()))
        .singleElement()
        .satisfies(row -> assertThat(row.clusters()).containsExactly("a", "b"));
    TestScene other =
        TestScene.undeclared().hold("a", ROUTE).hold("b", ROUTE.replace("/api", "/b"));
    assertThat(Traffic.rows(other.scene())).hasSize(2);
  }
}
