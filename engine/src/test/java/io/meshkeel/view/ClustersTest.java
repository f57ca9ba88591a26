package io.meshkeel.view;

import static io.meshkeel.view.TestScene.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ProxySync;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClustersTest {
  private static final String ISTIOD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {namespace: istio-system, name: istiod, labels: {app: istiod}}
      spec:
        template: {spec: {containers: [{name: discovery, image: "docker.io/istio/pilot:1.31.0"}]}}
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: sidecars.networking.istio.io}
      spec:
        group: networking.istio.io
        names: {kind: Sidecar}
        versions: [{name: v1, served: true}, {name: v1beta1, served: true}, {name: v0, served: false}]
      ---
      """;
  private static final String ROOT =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {namespace: istio-system, name: istio-ca-root-cert}
      data: {root-cert.pem: %s}
      ---
      """;
  private static final String REMOTE =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        namespace: istio-system
        name: istio-remote-secret-west
        labels: {istio/multiCluster: "true"}
      data: {west: ""}
      """;

  private static List<ClusterRow> rows(String east, String west) {
    return Clusters.rows(TestScene.ofMesh().hold("east", east).hold("west", west).scene());
  }

  @Test
  void aControlPlaneTellsItsIstiodAndTheKindsItServes() {
    ClusterRow east = rows(ISTIOD, workload("shop", "web", true)).getFirst();
    assertThat(east.role()).isEqualTo("ControlPlane");
    assertThat(east.network()).isEqualTo("one");
    assertThat(east.state()).isEqualTo("Seen");
    assertThat(east.istiod()).containsExactly("1.31.0");
    assertThat(east.versions()).containsExactly("Sidecar.networking.istio.io=v1/v1beta1");
    assertThat(east.kinds()).isEqualTo(1);
    assertThat(east.remoteSecret()).isEmpty();
    assertThat(east.unseen()).contains("Pod").doesNotContain("Deployment.apps");
  }

  @Test
  void aDataPlaneTellsWhetherItsControlPlaneCanReachAndTrustIt() {
    ClusterRow good = rows(ROOT.formatted("a") + REMOTE, ROOT.formatted("a")).getLast();
    assertThat(good.rootCertificate()).isEqualTo("Equal");
    assertThat(good.remoteSecret()).isEqualTo("Present");
    ClusterRow bad =
        rows(ROOT.formatted("a") + REMOTE.replace("west: \"\"", "north: \"\""), ROOT.formatted("b"))
            .getLast();
    assertThat(bad.rootCertificate()).isEqualTo("Differs");
    assertThat(bad.remoteSecret()).isEqualTo("Missing");
    ClusterRow unknown = rows(ISTIOD, workload("shop", "web", true)).getLast();
    assertThat(unknown.rootCertificate()).isEqualTo("Unknown");
    assertThat(unknown.remoteSecret()).isEqualTo("Unknown");
    assertThat(unknown.proxies()).isEqualTo(1);
  }

  @Test
  void whatEachIstiodSaysOfTheProxiesOfAClusterIsTold() {
    Scene scene =
        TestScene.ofMesh().hold("east", ISTIOD).hold("west", workload("shop", "web", true)).scene();
    assertThat(Clusters.rows(scene)).allSatisfy(row -> assertThat(row.inSync()).isEmpty());

    Scene told =
        scene.with(
            new ProxySync(
                List.of(
                    new ProxySync.OfIstiod(
                        new ClusterName("east"), Map.of("west", new ProxySync.Count(12, 11)))),
                List.of("the istiod at http://127.0.0.1:1 can't be asked: no connection")));
    assertThat(Clusters.rows(told))
        .extracting(ClusterRow::inSync)
        .containsExactly(List.of("east: 0/0"), List.of("east: 11/12"));
    Module<?> clusters = Modules.find("clusters").orElseThrow();
    assertThat(clusters.notes(List.of(told), Module.Filter.ALL))
        .contains("the istiod at http://127.0.0.1:1 can't be asked: no connection");
    assertThat(clusters.notes(List.of(told), new Module.Filter("other", "", ""))).isEmpty();
    // Rows that the service keeps are told the same.
    Scene kept = scene.shown(Map.of("clusters", Clusters.rows(scene)));
    assertThat(kept.with(told.proxies().orElseThrow()).keptRows("clusters").orElseThrow())
        .isEqualTo(Clusters.rows(told));
  }

  @Test
  void theEndOfARemoteSecretIsTold() {
    Scene scene =
        TestScene.ofMesh()
            .hold(
                "east",
                """
                apiVersion: v1
                kind: Secret
                metadata:
                  namespace: istio-system
                  name: istio-remote-secret-west
                  labels: {istio/multiCluster: "true"}
                  annotations:
                    meshkeel.io/certificate-expiry: "west=2027-01-02T03:04:05Z"
                type: Opaque
                data: {west: ""}
                """)
            .scene();

    assertThat(Clusters.rows(scene).getLast().remoteSecret())
        .isEqualTo("Present until 2027-01-02T03:04:05Z");
  }

  @Test
  void configurationWithoutEffectIsCounted() {
    String rule =
        """
        apiVersion: networking.istio.io/v1
        kind: %s
        metadata: {namespace: shop, name: a}
        ---
        """;
    String both = rule.formatted("DestinationRule") + rule.formatted("WorkloadEntry");
    List<ClusterRow> rows = rows(both, both);
    assertThat(rows.getFirst().withoutEffect()).isZero();
    assertThat(rows.getLast().withoutEffect()).isEqualTo(1);
  }

  @Test
  void aClusterThatWasNotLookedAtIsUnknown() {
    List<ClusterRow> rows = Clusters.rows(TestScene.ofMesh().scene());
    assertThat(rows).extracting(ClusterRow::state).containsOnly("Unknown");
  }

  @Test
  void theRunningServiceTellsRevisionAndProblem() {
    Scene scene =
        TestScene.ofMesh()
            .scene()
            .with(
                Map.of(
                    new ClusterName("east"),
                        new ClusterLink(
                            true,
                            "0123abc",
                            "",
                            Optional.of(Instant.parse("2026-11-01T08:00:00.123Z")),
                            Optional.of(Instant.parse("2026-11-01T08:01:02.999Z"))),
                    new ClusterName("west"),
                        new ClusterLink(
                            false, "", "no route", Optional.empty(), Optional.empty())));
    List<ClusterRow> rows = Clusters.rows(scene);
    assertThat(rows.getFirst().state()).isEqualTo("Connected");
    assertThat(rows.getFirst().revision()).isEqualTo("0123abc");
    assertThat(rows.getFirst().connectedSince()).isEqualTo("2026-11-01T08:00:00Z");
    assertThat(rows.getFirst().heardAt()).isEqualTo("2026-11-01T08:01:02Z");
    assertThat(rows.getLast().heardAt()).isEmpty();
    assertThat(rows.getLast().state()).isEqualTo("Unreachable");
    assertThat(rows.getLast().problem()).isEqualTo("no route");
    assertThat(Overview.rows(scene).getFirst().revisions()).containsExactly("east=0123abc");
  }

  @Test
  void withoutDeclarationsAnIstiodMakesAControlPlane() {
    assertThat(
            Clusters.rows(
                TestScene.undeclared()
                    .hold("a", ISTIOD)
                    .hold("b", workload("shop", "web", true))
                    .scene()))
        .extracting(ClusterRow::role)
        .containsExactly("ControlPlane", "DataPlane");
  }

  @Test
  void aTagIsReadFromAnyImageName() {
    assertThat(Istiod.tag("localhost:5000/pilot")).isEmpty();
    assertThat(Istiod.tag("localhost:5000/pilot:1.2@sha256:aa")).isEqualTo("1.2");
  }
}
