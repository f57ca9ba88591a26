package io.meshkeel.imports;

import static io.meshkeel.imports.Running.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.imports.ImportEntry.Sort;
import org.junit.jupiter.api.Test;

class ImporterTest {
  private static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: orders
        namespace: shop
        uid: 5c1f
        resourceVersion: "17"
        generation: 3
        creationTimestamp: "2026-01-01T00:00:00Z"
        labels: {team: orders}
        annotations:
          kubectl.kubernetes.io/restartedAt: yesterday
          meshkeel.io/hold-reason: an emergency
          note: kept
      spec: {host: orders.shop.svc.cluster.local}
      status: {observedGeneration: 3}
      """;

  @Test
  void theMeshIsToldByItsIstiods() throws ImportException {
    Imported imported = new Running().controlPlane("east").dataPlane("west").imported();

    assertThat(text(imported, "mesh.yaml"))
        .contains("name: shop", "istioVersion: \"1.31\"", "topology: PrimaryRemote")
        .contains("trustDomain: shop.example")
        .doesNotContain("adopt: true");
    assertThat(text(imported, "clusters/east.yaml"))
        .contains("role: ControlPlane", "network: net-a", "credential: east");
    assertThat(text(imported, "clusters/west.yaml"))
        .contains("role: DataPlane")
        .doesNotContain("network");
  }

  @Test
  void oneClusterAloneIsTheSmallestMultiPrimary() throws ImportException {
    assertThat(text(new Running().controlPlane("east").imported(), "mesh.yaml"))
        .contains("topology: MultiPrimary");
  }

  @Test
  void whatTheServerAndItsToolsWriteIsLeftOut() throws ImportException {
    Imported imported = new Running().controlPlane("east", RULE).imported();

    String text = text(imported, "traffic/shop/destinationrule-orders.yaml");
    assertThat(text)
        .contains("host: orders.shop.svc.cluster.local", "team: orders", "note: kept")
        .contains("meshkeel.io/adopt: \"true\"")
        .doesNotContain("uid", "resourceVersion", "generation", "status", "restartedAt", "hold");
    assertThat(imported.count(Sort.WRITTEN)).isEqualTo(1);
    assertThat(imported.adopted()).isEqualTo(1);
  }

  @Test
  void adoptionByTheMeshIsOneLineOfIt() throws ImportException {
    Imported imported = new Running().controlPlane("east", RULE).adoptedByMesh().imported();

    assertThat(text(imported, "mesh.yaml")).contains("adopt: true", "# adopt: takes over");
    assertThat(text(imported, "traffic/shop/destinationrule-orders.yaml"))
        .doesNotContain("meshkeel.io/adopt");
    assertThat(imported.adopted()).isEqualTo(1);
  }

  @Test
  void defaultsOfTheGatewayApiAreLeftOut() throws ImportException {
    Imported imported =
        new Running()
            .controlPlane(
                "east",
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: api, namespace: shop}
                spec:
                  parentRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}]
                  rules:
                    - matches: [{path: {type: PathPrefix, value: /}}]
                      backendRefs: [{group: "", kind: Service, name: api, port: 80, weight: 1}]
                """)
            .imported();

    assertThat(text(imported, "traffic/shop/httproute-api.yaml"))
        .contains("name: edge", "# Left out: fields that hold what the CRD fills in")
        .doesNotContain("kind: Gateway", "PathPrefix", "weight");
    assertThat(imported.adopted()).isEqualTo(1);
  }

  @Test
  void anObjectThatDiffersIsWrittenForEachSideAndShownSideBySide() throws ImportException {
    Imported imported =
        new Running()
            .controlPlane("east", RULE)
            .controlPlane("west", RULE.replace("orders.shop.svc", "other.shop.svc"))
            .imported();

    String text = text(imported, "traffic/shop/destinationrule-orders.yaml");
    assertThat(text)
        .contains("meshkeel.io/clusters: east", "meshkeel.io/clusters: west", "---")
        .contains(
            "spec.host east: \"orders.shop.svc.cluster.local\" | west:"
                + " \"other.shop.svc.cluster.local\"");
    assertThat(imported.count(Sort.DIFFERS)).isEqualTo(2);
    assertThat(imported.adopted()).isEqualTo(2);
    assertThat(imported.files().get("README.md")).contains("## Control planes that differ (2)");
  }

  @Test
  void anObjectOfOneControlPlaneStaysThere() throws ImportException {
    Imported imported = new Running().controlPlane("east", RULE).controlPlane("west").imported();

    assertThat(text(imported, "traffic/shop/destinationrule-orders.yaml"))
        .contains("meshkeel.io/clusters: east", "# Only in east.");
    assertThat(imported.adopted()).isEqualTo(1);
  }

  @Test
  void whatHasNoEffectInADataPlaneIsReported() throws ImportException {
    Imported imported = new Running().controlPlane("east").dataPlane("west", RULE).imported();

    assertThat(imported.files()).hasSize(4);
    assertThat(imported.report())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.sort()).isEqualTo(Sort.LEFT_OUT);
          assertThat(entry.oneLine()).contains("(west): it has no effect in a data plane cluster");
        });
  }

  @Test
  void whatTheSchemaRefusesIsReportedAndDoesNotSpoilTheRest() throws ImportException {
    Imported imported =
        new Running()
            .controlPlane(
                "east",
                RULE,
                RULE.replace("name: orders", "name: old").replace("spec: {", "spec: {hosst: a, "))
            .imported();

    assertThat(imported.count(Sort.WRITTEN)).isEqualTo(1);
    assertThat(imported.report())
        .filteredOn(entry -> entry.sort() == Sort.LEFT_OUT)
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.oneLine()).contains("shop/old", "Istio 1.31", "spec.hosst"));
  }

  @Test
  void aNameThatLooksLikeMarkdownOrYamlStaysAWord() throws ImportException {
    Imported imported =
        new Running()
            .controlPlane(
                "east",
                RULE.replace(
                    "labels: {team: orders}",
                    "labels: {app.kubernetes.io/managed-by: \"x](http://evil)\\n# y\"}"))
            .imported();

    assertThat(imported.files().get("README.md"))
        .contains("x\\](http://evil) \\# y")
        .doesNotContain("\n# y");
  }

  @Test
  void withoutAnIstiodItSaysHowToGoOn() {
    Running mesh = new Running().dataPlane("east", RULE);
    assertThatThrownBy(mesh::imported)
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("no istiod runs in east", "--control-plane");
    assertThatThrownBy(() -> mesh.named("east").imported())
        .hasMessageContaining("which version of Istio", "--istio-version");
    assertThatThrownBy(() -> mesh.named("north").imported())
        .hasMessageContaining("north is none of the clusters read");
  }

  @Test
  void anIstiodElsewhereIsNamed() throws ImportException {
    Imported imported =
        new Running().dataPlane("east", RULE).named("east").version("1.30").imported();
    assertThat(text(imported, "mesh.yaml")).contains("istioVersion: \"1.30\"");
    assertThat(imported.adopted()).isEqualTo(1);
  }

  @Test
  void aVersionThatIsNotKnownIsAnError() {
    Running old =
        new Running().dataPlane("east", Running.ISTIOD.replace("pilot:1.31.1", "pilot:1.24.0"));
    assertThatThrownBy(old::imported)
        .hasMessageContaining("Istio 1.24 is not one of 1.29, 1.30, 1.31", "--istio-version");
  }

  /** As Istio's chart installs it where {@code global.configCluster} and a URL are given. */
  private static final String CONFIG_CLUSTER =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata:
        name: istio-validator-external-istiod
        labels: {app: istiod, istio.io/rev: default, app.kubernetes.io/version: 1.30.2}
      webhooks: [{name: rev.validation.istio.io, clientConfig: {url: "https://istiod.example.com/validate"}}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: istio, namespace: external-istiod}
      data: {mesh: "rootNamespace: external-istiod"}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio-injection: enabled}}
      """;

  @Test
  void whereAnIstiodOutsideReadsItsConfigurationTheMeshIsExternal() throws ImportException {
    Imported imported =
        new Running().dataPlane("east", CONFIG_CLUSTER, RULE).dataPlane("west").imported();

    assertThat(text(imported, "mesh.yaml"))
        .contains("topology: External", "istioVersion: \"1.30\"", "# External: no istiod runs")
        .contains("rootNamespace: external-istiod");
    assertThat(text(imported, "clusters/east.yaml")).contains("role: ControlPlane");
    assertThat(text(imported, "traffic/shop/destinationrule-orders.yaml")).contains("host: orders");
    assertThat(imported.files().keySet()).noneMatch(path -> path.contains("/namespaces/"));
    assertThat(imported.adopted()).isEqualTo(1);
  }

  @Test
  void aRemoteSecretIsNamedAndNeverRead() throws ImportException {
    String secret =
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: istio-remote-secret-%1$s
          namespace: istio-system
          labels: {istio/multiCluster: "true"}
          annotations: {networking.istio.io/cluster: %1$s}
        data: {%1$s: ""}
        """;
    Imported imported =
        new Running()
            .controlPlane("east", secret.formatted("west"), secret.formatted("north"))
            .dataPlane("west", RULE)
            .imported();

    assertThat(text(imported, "clusters/west.yaml"))
        .contains("istio-system/istio-remote-secret-west", "To have Meshkeel write it")
        .doesNotContain("\n  remoteSecret");
    assertThat(text(imported, "clusters/east.yaml")).doesNotContain("remoteSecret");
    assertThat(imported.report())
        .extracting(ImportEntry::oneLine)
        .anyMatch(line -> line.contains("istio-remote-secret-west") && line.contains("can't be"))
        .anyMatch(line -> line.contains("istio-remote-secret-north") && line.contains("not read"));
  }
}
