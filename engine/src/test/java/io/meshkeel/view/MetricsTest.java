package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Histogram;
import io.meshkeel.model.Traffic;
import io.meshkeel.model.Traffic.ControlPlane;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static List<MetricsRow> rows(TestScene scene, Traffic traffic) {
    return Metrics.rows(scene.scene().with(Optional.of(traffic)));
  }

  private static ControlPlane plane(String cluster) {
    return new ControlPlane(cluster, 1, 0, 0, 2, Histogram.EMPTY);
  }

  @Test
  void dashboardsAreIstiosOwnAtTheGrafanaThatTheMeshNames() {
    TestScene scene =
        TestScene.ofMesh()
            .declare(
                "mesh.yaml",
                """
                apiVersion: meshkeel.io/v1alpha1
                kind: Mesh
                metadata: {name: shop}
                spec:
                  istioVersion: "1.31"
                  observability: {grafana: {url: "https://grafana.example.com"}}
                ---
                apiVersion: meshkeel.io/v1alpha1
                kind: MeshCluster
                metadata: {name: east}
                spec: {role: ControlPlane, credential: east}
                """);
    assertThat(
            rows(scene, new Traffic("", List.of(), List.of(), List.of(plane("east")), List.of())))
        .extracting(row -> row.dashboard().orElse(""))
        .containsExactly(
            "https://grafana.example.com/d/1a9a8ea49444aae205c7737573e894f9/istio-mesh-dashboard",
            "https://grafana.example.com/d/1813f692a8e4ac77155348d4c7d2fba8"
                + "/istio-control-plane-dashboard");
    GrafanaLinks links = new GrafanaLinks("https://grafana.example.com/base/");
    assertThat(links.workload("shop", "a&b c"))
        .isEqualTo(
            "https://grafana.example.com/base/d/fe06a478395b51cc61c8d7d7e83e2f22"
                + "/istio-workload-dashboard?var-namespace=shop&var-workload=a%26b%20c");
  }

  @Test
  void controlPlanesOfOtherMeshesAreLeftOut() {
    assertThat(
            rows(
                TestScene.ofMesh(),
                new Traffic(
                    "", List.of(), List.of(), List.of(plane("north"), plane("west")), List.of())))
        .extracting(MetricsRow::name)
        .containsExactly("shop", "west");
  }

  @Test
  void aMeshWithoutTrafficHasNoShareOfSuccess() {
    assertThat(rows(TestScene.ofMesh(), new Traffic("", List.of())))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.requests()).hasValue(0);
          assertThat(row.success()).isEmpty();
          assertThat(row.p99()).isEmpty();
        });
    assertThat(Metrics.rows(TestScene.ofMesh().scene())).isEmpty();
  }
}
