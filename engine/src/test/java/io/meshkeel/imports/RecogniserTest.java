package io.meshkeel.imports;

import static io.meshkeel.imports.Running.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.imports.ImportEntry.Sort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes a declaration of an own kind, and what doesn't. */
class RecogniserTest {
  private static String namespace(String labels) {
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {" + labels + "}}\n";
  }

  private static String workload(String labels, String annotations) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: orders, namespace: shop}
    spec: {template: {metadata: {labels: {%s}, annotations: {%s}}}}
    """
        .formatted(labels, annotations);
  }

  private static String gateway(String name, String more) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: %1$s, namespace: edge}
    spec:
      gatewayClassName: istio
      infrastructure: {labels: {app: %1$s, istio: %1$s}}
      listeners:
        - {name: http2, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}%2$s}
        - name: https
          port: 443
          protocol: TLS
          tls: {mode: Passthrough}
          allowedRoutes: {namespaces: {from: All}}
    """
        .formatted(name, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "istio-injection: enabled | injection: Enabled",
        "istio-injection: disabled | injection: Disabled",
        "istio.io/rev: canary | revision: canary"
      })
  void injectionLabelsOfANamespaceAreANamespaceSidecar(String labels, String expected)
      throws ImportException {
    Imported imported =
        new Running().controlPlane("east").dataPlane("west", namespace(labels)).imported();

    assertThat(text(imported, "namespaces/shop.yaml"))
        .contains("kind: NamespaceSidecar", expected, "- shop", "- west");
    assertThat(imported.shared()).isEqualTo(2);
    assertThat(imported.count(Sort.RECOGNISED)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "istio-injection: enabled, istio.io/rev: canary | istio-injection",
        "istio-injection: 'true' | istio-injection",
        "istio.io/rev: default | istio.io/rev"
      })
  void labelsThatADeclarationWouldChangeAreLeftAsTheyAre(String labels, String changed)
      throws ImportException {
    Imported imported = new Running().controlPlane("east", namespace(labels)).imported();

    assertThat(imported.files()).doesNotContainKey("meshes/shop/namespaces/shop.yaml");
    assertThat(imported.report())
        .singleElement()
        .satisfies(entry -> assertThat(entry.oneLine()).contains("would change", changed));
  }

  @Test
  void aNamespaceThatDiffersBetweenClustersGetsADeclarationForEach() throws ImportException {
    Imported imported =
        new Running()
            .controlPlane("east", namespace("istio-injection: enabled"))
            .dataPlane("west", namespace("istio-injection: disabled"))
            .imported();

    assertThat(text(imported, "namespaces/shop.yaml"))
        .contains("name: shop-west", "injection: Enabled", "injection: Disabled", "---");
  }

  @Test
  void settingsOfAPodTemplateAreAWorkloadSidecar() throws ImportException {
    Imported imported =
        new Running()
            .controlPlane("east")
            .dataPlane(
                "west",
                workload(
                    "sidecar.istio.io/inject: 'true'",
                    "sidecar.istio.io/proxyCPU: 100m, sidecar.istio.io/logLevel: debug,"
                        + " traffic.sidecar.istio.io/excludeInboundPorts: '9090,8081',"
                        + " traffic.sidecar.istio.io/includeOutboundIPRanges: '*',"
                        + " sidecar.istio.io/statsInclusionPrefixes: a"))
            .imported();

    assertThat(text(imported, "workloads/shop.orders.yaml"))
        .contains("kind: WorkloadSidecar", "inject: true", "cpu: 100m", "logLevel: debug")
        .contains("- 9090", "includeOutbound: \"*\"", "- west", "statsInclusionPrefixes");
    assertThat(imported.report())
        .singleElement()
        .satisfies(entry -> assertThat(entry.sort()).isEqualTo(Sort.RECOGNISED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "traffic.sidecar.istio.io/excludeInboundPorts: '9090, 8081'",
        "traffic.sidecar.istio.io/excludeOutboundIPRanges: 'everywhere'",
        "sidecar.istio.io/proxyMemory: 'much'"
      })
  void aValueThatADeclarationCantHoldStaysInTheTemplate(String annotation) throws ImportException {
    Imported imported = new Running().controlPlane("east", workload("", annotation)).imported();

    assertThat(imported.report())
        .singleElement()
        .satisfies(entry -> assertThat(entry.sort()).isEqualTo(Sort.LEFT_OUT));
    assertThat(imported.files()).doesNotContainKey("meshes/shop/workloads/shop.orders.yaml");
  }

  @Test
  void settingsBesideInjectFalseAreSaidToBeLeftOut() throws ImportException {
    Imported imported =
        new Running()
            .controlPlane(
                "east",
                workload("sidecar.istio.io/inject: 'false'", "sidecar.istio.io/proxyCPU: 100m"))
            .imported();

    assertThat(text(imported, "workloads/shop.orders.yaml"))
        .contains("inject: false", "# Left out: settings of a sidecar that isn't injected")
        .doesNotContain("cpu");
  }

  @Test
  void protocolsOfPortsAreAServicePort() throws ImportException {
    Imported imported =
        new Running()
            .controlPlane(
                "east",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: orders, namespace: shop}
                spec:
                  ports:
                    - {name: a, port: 80, protocol: TCP, appProtocol: http2}
                    - {name: b, port: 81, protocol: TCP}
                """)
            .imported();

    assertThat(text(imported, "services/shop.orders.yaml"))
        .contains("kind: ServicePort", "port: 80", "appProtocol: http2")
        .doesNotContain("81");
  }

  @Test
  void aGatewayThatAMeshGatewayWouldRenderIsOne() throws ImportException {
    Imported imported = new Running().controlPlane("east", gateway("edge", "")).imported();

    assertThat(text(imported, "gateways/edge.yaml"))
        .contains("kind: MeshGateway", "type: Ingress", "engine: GatewayApi", "- east")
        .contains("meshkeel.io/adopt: \"true\"")
        .doesNotContain("ports");
    assertThat(imported.adopted()).isEqualTo(1);
  }

  @Test
  void aGatewayWithMoreThanAMeshGatewaySaysStaysPlain() throws ImportException {
    Imported imported =
        new Running().controlPlane("east", gateway("edge", ", hostname: shop.example")).imported();

    assertThat(text(imported, "traffic/edge/gateway-api-gateway-edge.yaml"))
        .contains("hostname: shop.example");
    assertThat(imported.count(Sort.RECOGNISED)).isZero();
    assertThat(imported.adopted()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ownerReferences: [{kind: Rollout, name: r}] | its owner, Rollout r",
        "annotations: {meta.helm.sh/release-name: web} | Helm, release web",
        "labels: {app.kubernetes.io/managed-by: Helm} | Helm, by the label",
        "annotations: {argocd.argoproj.io/tracking-id: 'shop:a'} | Argo CD, shop:a",
        "labels: {argocd.argoproj.io/instance: shop} | Argo CD, application shop",
        "labels: {kustomize.toolkit.fluxcd.io/name: apps} | Flux, Kustomization apps",
        "labels: {helm.toolkit.fluxcd.io/name: web} | Flux, HelmRelease web",
        "labels: {operator.istio.io/component: Pilot} | Istio's installation, component Pilot",
        "labels: {gateway.istio.io/managed: a} | istiod, a",
        "labels: {applyset.kubernetes.io/part-of: other} | another ApplySet, other"
      })
  void whatSomebodyElseManagesIsNamedAndLeftOut(String metadata, String keeper)
      throws ImportException {
    String object =
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: default, namespace: shop, %s}
        spec: {mtls: {mode: STRICT}}
        """
            .formatted(metadata);
    Imported imported = new Running().controlPlane("east", object).imported();

    assertThat(imported.report())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.sort()).isEqualTo(Sort.MANAGED);
          assertThat(entry.why()).startsWith(keeper);
        });
    assertThat(imported.files()).hasSize(3);

    Imported all = new Running().controlPlane("east", object).withManaged().imported();
    if (keeper.startsWith("another ApplySet")) {
      assertThat(all.adopted()).isZero();
    } else {
      assertThat(text(all, "security/shop/peerauthentication-default.yaml"))
          .contains("mode: STRICT", "# Managed by " + keeper)
          .doesNotContain("release-name:", "tracking-id:", "ownerReferences");
      assertThat(all.adopted()).isEqualTo(1);
    }
  }
}
