package io.meshkeel.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.imports.ImportEntry.Sort;
import io.meshkeel.kube.Kinds;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ObservedKinds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Gateways of which something is missing, or which are made otherwise. */
class GatewayRemainsTest {
  private static final String GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: public, namespace: edge}
      spec:
        selector: {istio: gate}
        servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["shop.example.com"]}]
      """;

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: gate, namespace: edge}
      spec: {selector: {istio: gate}, ports: [{port: 80, name: http2}]}
      """;

  /** As Istio's chart makes it with {@code kind: DaemonSet}. */
  private static final String DAEMON_SET =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: gate, namespace: edge}
      spec:
        selector: {matchLabels: {istio: gate}}
        template:
          metadata:
            labels: {istio: gate, sidecar.istio.io/inject: "true"}
            annotations: {inject.istio.io/templates: gateway}
          spec: {containers: [{name: istio-proxy, image: auto}]}
      """;

  private static Imported imported(String... objects) throws ImportException {
    Set<GroupKind> looked = new HashSet<>(Kinds.RENDERED);
    looked.addAll(ObservedKinds.WORKLOADS);
    looked.add(ObservedKinds.POD);
    return new Running().controlPlane("east", objects).looked(looked).imported();
  }

  private static List<String> lines(Imported imported, Sort sort) {
    return imported.report().stream()
        .filter(entry -> entry.sort() == sort)
        .map(ImportEntry::oneLine)
        .toList();
  }

  private static void holdsTheGateway(Imported imported) {
    assertThat(Running.text(imported, "traffic/edge/gateway-public.yaml"))
        .contains("kind: Gateway", "shop.example.com");
  }

  @Test
  void aServiceWhoseProxiesAreGoneIsNamed() throws ImportException {
    Imported imported = imported(GATEWAY, SERVICE);

    assertThat(lines(imported, Sort.LEFT_OUT))
        .singleElement()
        .asString()
        .startsWith("Service edge/gate (east): a gateway's Service without proxies");
    assertThat(imported.files().get("README.md")).contains("a gateway's Service without proxies");
    holdsTheGateway(imported);
  }

  @Test
  void otherServicesWithoutPodsAreNobodysBusiness() throws ImportException {
    assertThat(lines(imported(SERVICE), Sort.LEFT_OUT)).isEmpty();
    assertThat(
            lines(
                imported(GATEWAY, SERVICE.replace("selector: {istio: gate}", "selector: {a: b}")),
                Sort.LEFT_OUT))
        .isEmpty();
  }

  @Test
  void nothingIsSaidToBeGoneWherePodsWereNotLookedAt() throws ImportException {
    assertThat(
            lines(new Running().controlPlane("east", GATEWAY, SERVICE).imported(), Sort.LEFT_OUT))
        .isEmpty();
  }

  @Test
  void proxiesThatNoMeshGatewayRendersAreNamed() throws ImportException {
    Imported imported = imported(GATEWAY, SERVICE, DAEMON_SET);

    assertThat(lines(imported, Sort.LEFT_OUT))
        .singleElement()
        .asString()
        .startsWith("DaemonSet edge/gate (east): its proxies are a gateway's")
        .doesNotContain("no Gateway", "no Service");
    holdsTheGateway(imported);
  }

  @Test
  void whatTheyLackIsSaid() throws ImportException {
    assertThat(lines(imported(DAEMON_SET), Sort.LEFT_OUT))
        .singleElement()
        .asString()
        .contains("no Gateway selects its proxies; no Service leads to it");
  }

  @Test
  void aProxyThatIsNotInjectedIsNamedToo() throws ImportException {
    String deployment =
        DAEMON_SET
            .replace("DaemonSet", "Deployment")
            .replace("annotations: {inject.istio.io/templates: gateway}", "annotations: {}")
            .replace("image: auto", "image: proxyv2, args: [proxy, router]");
    assertThat(lines(imported(GATEWAY, SERVICE, deployment), Sort.LEFT_OUT))
        .singleElement()
        .asString()
        .startsWith("Deployment edge/gate (east): its proxies are a gateway's");
  }

  @Test
  void whoeverInstalledThemIsNamed() throws ImportException {
    assertThat(
            lines(
                imported(
                    GATEWAY,
                    DAEMON_SET.replace(
                        "namespace: edge}",
                        "namespace: edge, annotations: {meta.helm.sh/release-name: gate}}")),
                Sort.MANAGED))
        .singleElement()
        .asString()
        .contains("(east): Helm, release gate; its proxies are a gateway's");
  }

  @Test
  void whatIstiodMakesOfAGatewayGoesWithItAndIsNamedWithoutIt() throws ImportException {
    String gateway =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: edge}
        spec:
          gatewayClassName: istio
          listeners: [{name: http, port: 8081, protocol: HTTP}]
        """;
    String deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web-istio, namespace: edge}
        spec:
          template:
            metadata: {labels: {gateway.networking.k8s.io/gateway-name: web}}
            spec: {containers: [{name: istio-proxy, image: proxyv2}]}
        """;
    Imported whole = imported(gateway, deployment);
    assertThat(lines(whole, Sort.LEFT_OUT)).isEmpty();
    assertThat(whole.files().values()).anyMatch(text -> text.contains("8081"));

    assertThat(
            lines(
                imported(deployment, gateway.replace("name: web,", "name: other,")), Sort.LEFT_OUT))
        .singleElement()
        .asString()
        .contains("istiod made it for the Gateway web, which isn't there");
  }
}
