package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverviewTest {
  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {namespace: shop, name: web}
      spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}
      """;

  private static OverviewRow row(TestScene scene) {
    return Overview.rows(scene.scene()).getFirst();
  }

  @Test
  void aMeshWhoseClusterWasNotLookedAtIsUnknown() {
    OverviewRow row = row(TestScene.ofMesh().declare("web.yaml", ROUTE));
    assertThat(row.phase()).isEqualTo("Unknown");
    assertThat(row.clusters()).containsExactly("east", "west");
    assertThat(row.seen()).isZero();
    // The route, and the label of its network in each cluster.
    assertThat(row.desired()).isEqualTo(3);
    assertThat(row.applied()).isZero();
    assertThat(row.istio()).isEqualTo("1.31");
  }

  @Test
  void aMeshThatLacksAnObjectHasDrifted() {
    OverviewRow row =
        row(
            TestScene.ofMesh()
                .declare("web.yaml", ROUTE)
                .look("east", "VirtualService.networking.istio.io"));
    assertThat(row.phase()).isEqualTo("Drifted");
    assertThat(row.drifted()).isEqualTo(1);
    assertThat(row.seen()).isEqualTo(1);
  }

  @Test
  void aMeshWithABrokenDeclarationIsDenied() {
    OverviewRow row = row(TestScene.ofMesh().declare("web.yaml", ROUTE.replace("name: web", "")));
    assertThat(row.phase()).isEqualTo("Denied");
    assertThat(row.errors()).isPositive();
  }

  @Test
  void withoutDeclarationsThereIsNoPhase() {
    OverviewRow row = row(TestScene.undeclared().hold("east", ROUTE));
    assertThat(row.phase()).isEqualTo("Undeclared");
    assertThat(row.mesh()).isEmpty();
  }
}
