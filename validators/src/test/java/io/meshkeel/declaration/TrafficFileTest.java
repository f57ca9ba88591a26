package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Traffic;
import io.meshkeel.model.TrafficEdge;
import io.meshkeel.model.TrafficEdge.End;
import io.meshkeel.model.TrafficEdge.Figures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrafficFileTest {
  private static InventoryReading read(String text) {
    return InventoryReader.read(
        Map.of(
            "edges.yaml",
            text.getBytes(StandardCharsets.UTF_8),
            "east.yaml",
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"
                .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    Traffic traffic =
        new Traffic(
            "2026-11-22T12:00:00Z",
            List.of(
                new TrafficEdge(
                    new End("", "", "unknown"),
                    new End("west", "shop", "api"),
                    "",
                    "tcp",
                    new Figures(
                        0,
                        0,
                        1e9,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty())),
                new TrafficEdge(
                    new End("east", "shop", "web"),
                    new End("west", "shop", "api"),
                    "api.shop.svc.cluster.local",
                    "http",
                    new Figures(
                        12.5,
                        0.25,
                        0,
                        OptionalDouble.of(1),
                        OptionalDouble.of(2.5),
                        OptionalDouble.of(99),
                        OptionalDouble.of(1)))));
    InventoryReading reading = read(TrafficFile.write(traffic));
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.traffic()).contains(traffic);
    assertThat(reading.inventory().clusters()).hasSize(1);
  }

  @Test
  void aMistakeIsToldWithItsPlace() {
    InventoryReading reading =
        read(
            """
            apiVersion: meshkeel.io/v1alpha1
            kind: Traffic
            spec:
              edges:
                - source: {workload: web}
                  destination: {namespace: shop}
                  requestPerSecond: 1
                  errorsPerSecond: -1
            """);
    assertThat(reading.problems())
        .extracting(Finding::oneLine)
        .anySatisfy(line -> assertThat(line).startsWith("edges.yaml:6:").contains("workload"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("edges.yaml:7:7:")
                .contains("did you mean 'requestsPerSecond'?"))
        .anySatisfy(line -> assertThat(line).startsWith("edges.yaml:8:7:").contains("no number"))
        .hasSize(3);
    assertThat(read("kind: Pod\n").problems()).isNotEmpty();
  }
}
