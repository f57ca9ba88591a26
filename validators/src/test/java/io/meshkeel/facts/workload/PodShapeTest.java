package io.meshkeel.facts.workload;

import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodShapeTest {
  private static PodShape shape(String yaml) {
    return PodShape.of(object(yaml).content());
  }

  @Test
  void readsWhatInjectionLeaves() {
    PodShape shape =
        shape(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web-1
              namespace: shop
              labels: {app: web, istio.io/rev: stable}
              annotations:
                istio.io/rev: 1-31
                sidecar.istio.io/status: '{"initContainers":["istio-init"],"revision":"canary"}'
            spec:
              serviceAccountName: web
              hostNetwork: false
              containers:
              - {name: web, image: web, ports: [{containerPort: 8080, name: http}, {containerPort: 53, protocol: UDP}]}
              - {name: istio-proxy, image: proxyv2:1.31, args: [proxy, sidecar], ports: [{containerPort: 15090}]}
            """);

    assertThat(shape.proxy())
        .contains(new Proxy(Proxy.Role.SIDECAR, true, false, "canary", "proxyv2:1.31"));
    assertThat(shape.serviceAccount()).isEqualTo("web");
    assertThat(shape.hostNetwork()).isFalse();
    assertThat(shape.ports())
        .containsExactly(new WorkloadPort("http", 8080, "TCP"), new WorkloadPort("", 53, "UDP"));
  }

  @Test
  void aNativeSidecarIsAnInitContainer() {
    PodShape shape =
        shape(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web-1
              annotations: {sidecar.istio.io/status: '{}', istio.io/rev: blue}
            spec:
              initContainers: [{name: istio-proxy, image: p, restartPolicy: Always}]
              containers: [{name: web}]
            """);

    assertThat(shape.proxy()).contains(new Proxy(Proxy.Role.SIDECAR, true, true, "blue", "p"));
  }

  @Test
  void aProxyWrittenByHandWasNotInjected() {
    PodShape shape =
        shape(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web-1}
            spec:
              containers: [{name: istio-proxy, image: p}]
            """);

    assertThat(shape.proxy()).contains(new Proxy(Proxy.Role.SIDECAR, false, false, "", "p"));
    assertThat(shape.serviceAccount()).isEqualTo("default");
  }

  @Test
  void anImageThatInjectionWouldFillInIsNoProxyYet() {
    PodShape shape =
        shape(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: gateway
              annotations: {inject.istio.io/templates: gateway}
            spec:
              containers: [{name: istio-proxy, image: auto, ports: [{containerPort: 8443}]}]
            """);

    assertThat(shape.proxy()).isEmpty();
    assertThat(shape.awaitsProxy()).isTrue();
    assertThat(shape.role()).isEqualTo(Proxy.Role.GATEWAY);
    assertThat(shape.ports()).extracting(WorkloadPort::number).containsExactly(8443L);
  }

  @ParameterizedTest(name = "args {0}, {1}, {2}: {3}")
  @CsvSource({
    "'[proxy, router]', x, x, GATEWAY",
    "'[proxy, sidecar]', inject.istio.io/templates, gateway, SIDECAR",
    "'[proxy, waypoint]', x, x, WAYPOINT",
    "'[]', inject.istio.io/templates, gateway, GATEWAY",
    "'[]', inject.istio.io/templates, 'custom, gateway', GATEWAY",
    "'[]', inject.istio.io/templates, 'gateway-like', SIDECAR",
    "'[]', x, x, SIDECAR",
  })
  void theRoleIsWhatTheProxyIsToldToDo(
      String args, String annotation, String value, Proxy.Role role) {
    PodShape shape =
        shape(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: a
              annotations: {%s: "%s"}
            spec:
              containers: [{name: istio-proxy, image: p, args: %s}]
            """
                .formatted(annotation, value, args));

    assertThat(shape.role()).isEqualTo(role);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "istio: edge | [{name: istio-proxy, image: p}] | GATEWAY",
        "app: my-gateway | [{name: istio-proxy}] | GATEWAY",
        "istio: edge | [] | GATEWAY",
        "app: web | [{name: istio-proxy, image: p}] | SIDECAR",
        "istio: edge | [{name: istio-proxy, image: p, args: [proxy, sidecar]}] | SIDECAR",
        "istio: edge | [{name: istio-proxy, image: auto}] | SIDECAR",
        "istio: edge | [{name: web}, {name: istio-proxy}] | SIDECAR",
        "istio: edge | [{name: web}] | SIDECAR",
        "app: web | [] | SIDECAR"
      })
  void aPodOfWhichLittleIsToldIsAGatewayIfItIsCalledSo(
      String label, String containers, Proxy.Role role) {
    PodShape shape =
        shape(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, labels: {%s}}
            spec: {containers: %s}
            """
                .formatted(label, containers));

    assertThat(shape.role()).isEqualTo(role);
  }

  @Test
  void theGatewayApiMarksItsPods() {
    assertThat(
            shape(
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: a, labels: {gateway.networking.k8s.io/gateway-name: edge}}
                    """)
                .role())
        .isEqualTo(Proxy.Role.GATEWAY);
    assertThat(
            shape(
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: a
                      labels:
                        gateway.networking.k8s.io/gateway-name: waypoint
                        gateway.istio.io/managed: istio.io-mesh-controller
                    """)
                .role())
        .isEqualTo(Proxy.Role.WAYPOINT);
  }

  @Test
  void knowsAmbientPods() {
    assertThat(
            shape(
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: a, annotations: {ambient.istio.io/redirection: enabled}}
                    """)
                .ambient())
        .isTrue();
    assertThat(shape("{apiVersion: v1, kind: Pod, metadata: {name: a}}").ambient()).isFalse();
  }
}
