package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Traffic;
import io.meshkeel.model.TrafficEdge;
import io.meshkeel.model.TrafficEdge.End;
import io.meshkeel.model.TrafficEdge.Figures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static TrafficEdge edge(String from, String to, double requests, double errors) {
    return new TrafficEdge(
        new End(from, "shop", "web"),
        new End(to, "shop", "api"),
        "api.shop.svc.cluster.local",
        "http",
        new Figures(
            requests,
            errors,
            0,
            OptionalDouble.of(1.23456),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(0.5)));
  }

  private static List<TopologyRow> rows(TrafficEdge... edges) {
    return Topology.rows(
        TestScene.ofMesh().scene().with(Optional.of(new Traffic("", List.of(edges)))));
  }

  @Test
  void anEdgeTellsItsShares() {
    assertThat(rows(edge("east", "west", 10, 0.5)))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.source()).isEqualTo("east/shop/web");
          assertThat(row.destination()).isEqualTo("west/shop/api");
          assertThat(row.clusters()).containsExactly("east", "west");
          assertThat(row.errors()).isEqualTo(5);
          assertThat(row.mtls()).hasValue(50);
          assertThat(row.health()).isEqualTo("Degraded");
        });
  }

  @Test
  void healthFollowsTheShareOfErrors() {
    assertThat(rows(edge("east", "east", 1_000, 0.9)))
        .extracting(TopologyRow::health)
        .containsExactly("Healthy");
    assertThat(rows(edge("east", "east", 10, 1)))
        .extracting(TopologyRow::health)
        .containsExactly("Failing");
    assertThat(rows(edge("east", "east", 0, 0)))
        .extracting(TopologyRow::health)
        .containsExactly("Healthy");
  }

  @Test
  void edgesOfOtherMeshesAreLeftOut() {
    assertThat(rows(edge("north", "north", 1, 0))).isEmpty();
    assertThat(rows(edge("north", "west", 1, 0), edge("", "", 1, 0))).hasSize(2);
  }

  @Test
  void numbersAreRoundedAndWhatIsNotKnownIsEmpty() {
    Module<?> topology = Modules.find("topology").orElseThrow();
    Scene scene =
        TestScene.ofMesh()
            .scene()
            .with(Optional.of(new Traffic("", List.of(edge("east", "west", 1 / 3.0, 0)))));
    Map<String, Object> row = topology.json(List.of(scene), Module.Filter.ALL).getFirst();
    assertThat(row)
        .containsEntry("requests", 0.333)
        .containsEntry("p50", 1.235)
        .doesNotContainKey("p99");
    assertThat(topology.notes(List.of(scene), Module.Filter.ALL)).isEmpty();
  }

  @Test
  void withoutAPrometheusThatIsSaid() {
    assertThat(
            Modules.find("topology")
                .orElseThrow()
                .notes(List.of(TestScene.ofMesh().scene()), Module.Filter.ALL))
        .containsExactly("mesh shop: no Prometheus was asked, so no traffic is known");
  }
}
