package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Histogram;
import io.meshkeel.model.Traffic;
import io.meshkeel.model.Traffic.ControlPlane;
import io.meshkeel.model.Traffic.Served;
import io.meshkeel.model.TrafficEdge;
import io.meshkeel.model.TrafficEdge.End;
import io.meshkeel.model.TrafficEdge.Figures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
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

  private static Histogram histogram(double... boundsAndRates) {
    TreeMap<Double, Double> buckets = new TreeMap<>();
    for (int i = 0; i < boundsAndRates.length; i += 2) {
      buckets.put(boundsAndRates[i], boundsAndRates[i + 1]);
    }
    return new Histogram(buckets);
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
                    new End("east", "shop", "web", "web"),
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
                        OptionalDouble.of(1)))),
            List.of(
                new Served(
                    new End("west", "shop", "api", "api"),
                    "api.shop.svc.cluster.local",
                    histogram(0.5, 2, 1_800_000, 3, Double.POSITIVE_INFINITY, 4.5))),
            List.of(
                new ControlPlane(
                    "east", 2, 0.5, 1, 12, histogram(0.1, 1, Double.POSITIVE_INFINITY, 1)),
                new ControlPlane("", 0, 0, 0, 0, Histogram.EMPTY)),
            List.of("the Prometheus at http://a says 503 to a query"));
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
              served:
                - destination: {workload: api}
                  buckets: {"5": 1, most: 2}
              controlPlanes:
                - cluster: east
                  pushes: 1
            """);
    assertThat(reading.problems())
        .extracting(Finding::oneLine)
        .anySatisfy(line -> assertThat(line).startsWith("edges.yaml:6:").contains("workload"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("edges.yaml:7:7:")
                .contains("did you mean 'requestsPerSecond'?"))
        .anySatisfy(line -> assertThat(line).startsWith("edges.yaml:8:7:").contains("no number"))
        .anySatisfy(line ->
            assertThat(line).startsWith("edges.yaml:11:").contains("most' is no bound of a bucket"))
        .anySatisfy(line ->
            assertThat(line).startsWith("edges.yaml:14:").contains("there is no field 'pushes'"))
        .hasSize(5);
    assertThat(read("kind: Pod\n").problems()).isNotEmpty();
  }
}
