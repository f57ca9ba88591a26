package io.meshkeel.imports;

import static io.meshkeel.imports.Running.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.imports.ImportEntry.Sort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a gateway stood for comes back when it has no place beside the rest. */
class LastProofTest {
  private static final String FILE = "meshes/shop/gateways/gate.yaml";
  private static final String OBJECTION = "the gateway has no place beside the rest";

  /** Of the Gateway API, as a MeshGateway renders it. */
  private static final String PLAIN =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: gate, namespace: edge}
      spec:
        gatewayClassName: istio
        infrastructure: {labels: {app: gate, istio: gate}}
        listeners:
          - {name: http2, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
          - name: https
            port: 443
            protocol: TLS
            tls: {mode: Passthrough}
            allowedRoutes: {namespaces: {from: All}}
      """;

  private static final String ORDERS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: orders, namespace: shop}
      spec: {hosts: [orders], http: [{route: [{destination: {host: orders}}]}]}
      """;

  /** Named as the Gateway, and no part of it. */
  private static final String WORKLOAD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: gate, namespace: edge}
      spec:
        selector: {matchLabels: {app: opener}}
        template:
          metadata:
            labels: {app: opener}
            annotations: {sidecar.istio.io/logLevel: debug}
          spec: {containers: [{name: app, image: "app:1"}]}
      """;

  /** Has nothing against the gateway alone, but beside any other file. */
  private static Importer.Prover againstTheGatewayBesideOthers() {
    return (files, seen) -> {
      Proof proof = Proof.of(files, seen);
      if (!files.containsKey(FILE) || files.keySet().stream().noneMatch(LastProofTest::isOther)) {
        return proof;
      }
      Map<String, String> objections = new TreeMap<>(proof.objections());
      objections.put(FILE, OBJECTION);
      return new Proof(objections, proof.elsewhere(), proof.adopted(), proof.shared());
    };
  }

  private static boolean isOther(String path) {
    return path.contains("/traffic/");
  }

  private static List<String> lines(Imported imported, Sort sort) {
    return imported.report().stream()
        .filter(entry -> entry.sort() == sort)
        .map(ImportEntry::oneLine)
        .toList();
  }

  @Test
  void theObjectsOfIstioInAGatewayByInjectionAreWrittenAsTheyAre() throws ImportException {
    Running running = InjectedGatewaysTest.eastWest(ORDERS);
    assertThat(running.imported().files())
        .containsKey(FILE)
        .doesNotContainKey("meshes/shop/traffic/edge/gateway-gate-cross-network.yaml");

    Imported imported = running.imported(againstTheGatewayBesideOthers());

    assertThat(imported.files()).doesNotContainKey(FILE);
    assertThat(text(imported, "traffic/edge/gateway-gate-cross-network.yaml"))
        .contains("AUTO_PASSTHROUGH", "meshkeel.io/adopt: \"true\"");
    assertThat(text(imported, "traffic/shop/virtualservice-orders.yaml")).contains("orders");
    assertThat(lines(imported, Sort.LEFT_OUT))
        .singleElement()
        .asString()
        .startsWith("Deployment edge/gate (east): " + OBJECTION);
    assertThat(imported.files().get("README.md")).contains(OBJECTION);
    assertThat(imported.adopted()).isEqualTo(2);
  }

  @Test
  void aGatewayOfTheGatewayApiIsWrittenPlainAndNotSaidToBeLeftOut() throws ImportException {
    Running running = new Running().controlPlane("east", PLAIN, ORDERS);
    assertThat(running.imported().files()).containsKey(FILE);

    Imported imported = running.imported(againstTheGatewayBesideOthers());

    assertThat(imported.files()).doesNotContainKey(FILE);
    assertThat(text(imported, "traffic/edge/gateway-api-gateway-gate.yaml"))
        .contains("kind: Gateway", "gatewayClassName: istio");
    assertThat(imported.count(Sort.LEFT_OUT)).isZero();
    assertThat(imported.adopted()).isEqualTo(2);
  }

  @Test
  void aWorkloadThatIsNamedAsAGatewayKeepsItsSettings() throws ImportException {
    Imported imported = new Running().controlPlane("east", PLAIN, WORKLOAD).imported();

    assertThat(text(imported, "workloads/edge.gate.yaml")).contains("logLevel: debug");
    assertThat(text(imported, "traffic/edge/gateway-api-gateway-gate.yaml"))
        .contains("kind: Gateway");
    assertThat(imported.count(Sort.LEFT_OUT)).isZero();
  }

  @Test
  void inAnotherClusterAWorkloadOfThatNameIsNoPartOfAGateway() throws ImportException {
    Running running = InjectedGatewaysTest.eastWest(ORDERS).dataPlane("west", WORKLOAD);
    Imported imported = running.imported();

    assertThat(imported.files()).containsKey(FILE);
    assertThat(text(imported, "workloads/edge.gate.yaml"))
        .contains("logLevel: debug", "- west")
        .doesNotContain("- east");
    assertThat(text(running.imported(againstTheGatewayBesideOthers()), "workloads/edge.gate.yaml"))
        .isEqualTo(text(imported, "workloads/edge.gate.yaml"));
  }

  @Test
  void settingsThatAGatewayAndAServiceHaveInCommonComeBackWithTheGateway() throws ImportException {
    Running running =
        InjectedGatewaysTest.eastWest(
                "targetPort: 15443", "targetPort: 15443\n      appProtocol: tls", ORDERS)
            .dataPlane(
                "west",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: gate, namespace: edge}
                spec:
                  selector: {app: opener}
                  ports: [{name: tls, port: 15443, protocol: TCP, appProtocol: tls}]
                """);

    Imported imported = running.imported();
    assertThat(imported.files()).containsKey(FILE);
    assertThat(text(imported, "services/edge.gate.yaml"))
        .contains("appProtocol: tls", "- west")
        .doesNotContain("- east");
    assertThat(text(running.imported(againstTheGatewayBesideOthers()), "services/edge.gate.yaml"))
        .contains("appProtocol: tls")
        .doesNotContain("- west");
  }
}
