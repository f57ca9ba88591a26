package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.Declared;
import io.meshkeel.model.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectTest {
  private static String of(String group, String kind, String namespace, Map<String, Object> spec) {
    return Effect.of(
        Manifest.of(
            Map.of(
                "apiVersion",
                group + "/v1",
                "kind",
                kind,
                "metadata",
                Map.of("namespace", namespace, "name", "a"),
                "spec",
                spec)),
        Declared.SPEC);
  }

  private static String security(String kind, String namespace, Map<String, Object> spec) {
    return of("security.istio.io", kind, namespace, spec);
  }

  private static String networking(String kind, Map<String, Object> spec) {
    return of("networking.istio.io", kind, "shop", spec);
  }

  @Test
  void routingNamesHosts() {
    assertThat(networking("VirtualService", Map.of("hosts", List.of("a", "b", "c", "d", "e", "f"))))
        .isEqualTo("routes of a, b, c, d and 2 more");
    assertThat(networking("VirtualService", Map.of()))
        .isEqualTo("routes of the VirtualServices that delegate to it");
    assertThat(networking("DestinationRule", Map.of("host", "web")))
        .isEqualTo("policy and subsets of web");
    assertThat(networking("ServiceEntry", Map.of("hosts", List.of("x.org"))))
        .isEqualTo("adds x.org to the registry");
    assertThat(of("gateway.networking.k8s.io", "HTTPRoute", "shop", Map.of()))
        .isEqualTo("routes of all hosts of its parents");
  }

  @Test
  void gatewaysNamePortsAndProxies() {
    assertThat(
            networking(
                "Gateway",
                Map.of(
                    "selector",
                    Map.of("istio", "ingressgateway"),
                    "servers",
                    List.of(
                        Map.of("port", Map.of("number", 443)),
                        Map.of("port", Map.of("number", 80))))))
        .isEqualTo("opens port 80, 443 on gateways istio=ingressgateway");
    assertThat(
            of(
                "gateway.networking.k8s.io",
                "Gateway",
                "shop",
                Map.of("listeners", List.of(Map.of("port", 8080)))))
        .isEqualTo("opens port 8080");
  }

  @Test
  void policiesNameWorkloads() {
    assertThat(
            security(
                "PeerAuthentication", "istio-system", Map.of("mtls", Map.of("mode", "STRICT"))))
        .isEqualTo("mTLS STRICT for all workloads of the mesh");
    assertThat(
            security(
                "AuthorizationPolicy",
                "shop",
                Map.of("selector", Map.of("matchLabels", Map.of("app", "web")), "action", "DENY")))
        .isEqualTo("DENY rules for workloads app=web of namespace shop");
    assertThat(
            security(
                "RequestAuthentication",
                "shop",
                Map.of("targetRefs", List.of(Map.of("kind", "Gateway", "name", "edge")))))
        .isEqualTo("accepted tokens of edge");
    assertThat(
            networking(
                "Sidecar", Map.of("workloadSelector", Map.of("labels", Map.of("app", "web")))))
        .isEqualTo("what workloads app=web of namespace shop can see and reach");
    assertThat(networking("EnvoyFilter", Map.of()))
        .isEqualTo("patches the proxies of all workloads of namespace shop");
  }
}
