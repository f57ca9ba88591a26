package io.meshkeel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.meshkeel.live.PrometheusAnswer.Form;
import io.meshkeel.live.PrometheusSource.Observed;
import io.meshkeel.live.PrometheusSource.Part;
import io.meshkeel.model.TrafficEdge;
import io.meshkeel.testbed.IstioSeries;
import io.meshkeel.testbed.IstioSeries.Call;
import io.meshkeel.testbed.MetricsPage;
import io.meshkeel.testbed.Patience;
import io.meshkeel.testbed.Prometheus;
import io.meshkeel.testbed.SharedServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** All quantiles asked at once are those that a real Prometheus tells when asked for one. */
class QuantilesIT {
  private static final int CALLS = 40;
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Random RANDOM = new Random(7);

  private static Call call(int number) {
    return new Call(
        "east/shop/web", "east/shop/api-" + number, "api-" + number + ".shop.svc.cluster.local");
  }

  /** Some buckets, with some values; of the first call none, of the second only the last. */
  private static Map<String, Double> buckets(int number) {
    Map<String, Double> buckets = new TreeMap<>();
    if (number == 1) {
      buckets.put("+Inf", 3.0);
    } else if (number > 1) {
      double all = 0;
      for (String bound : IstioSeries.BOUNDS) {
        if (RANDOM.nextInt(4) == 0) {
          buckets.put(bound, all += RANDOM.nextDouble(10));
        }
      }
    }
    return buckets;
  }

  private static IstioSeries series() {
    IstioSeries series = new IstioSeries();
    for (int number = 0; number < CALLS; number++) {
      Call call = call(number);
      series
          .requests(call, "source", "", 200, 5)
          .durations(call, "source", buckets(number))
          .durations(call, "destination", Map.of("10", 5.0));
    }
    return series;
  }

  /** By the workload that is called. */
  private static Map<String, Double> told(PrometheusServer server, String share) throws Exception {
    Map<String, Double> told = new HashMap<>();
    try (PrometheusClient client = new PrometheusClient(Duration.ofSeconds(30), 1 << 20)) {
      String query =
          "histogram_quantile(%s, sum by (le,destination_workload)"
              + " (rate(istio_request_duration_milliseconds_bucket{reporter=\"source\"}[5m])))";
      client
          .ask(server, query.formatted(share), Form.VECTOR)
          .samples()
          .forEach(sample -> {
            if (!Double.isNaN(sample.value())) {
              told.put(sample.label("destination_workload"), sample.value());
            }
          });
    }
    return told;
  }

  @Test
  void eachEdgeHasTheQuantilesThatPrometheusTells() throws Exception {
    try (MetricsPage page = MetricsPage.start(series().all(), 12, STEP, Duration.ofMinutes(5));
        Prometheus prometheus = SharedServers.newPrometheus(Duration.ofMillis(250), page.target());
        PrometheusSource source = new PrometheusSource()) {
      page.awaitScraped(Patience.LIMIT);
      PrometheusServer server = new PrometheusServer("east", prometheus.url());
      Observed observed = source.ask(List.of(server), Set.of(Part.VOLUME, Part.LATENCY), "");
      assertThat(observed.traffic().notes()).isEmpty();
      Map<String, Double> p50 = new HashMap<>();
      Map<String, Double> p90 = new HashMap<>();
      Map<String, Double> p99 = new HashMap<>();
      for (TrafficEdge edge : observed.traffic().edges()) {
        String workload = edge.destination().workload();
        edge.figures().p50().ifPresent(value -> p50.put(workload, value));
        edge.figures().p90().ifPresent(value -> p90.put(workload, value));
        edge.figures().p99().ifPresent(value -> p99.put(workload, value));
      }
      assertThat(observed.traffic().edges()).hasSize(CALLS);
      assertThat(p50).hasSizeGreaterThan(CALLS / 2).isNotEqualTo(p90);
      assertSame(p50, told(server, "0.5"));
      assertSame(p90, told(server, "0.9"));
      assertSame(p99, told(server, "0.99"));
      assertThat(p99).doesNotContainKey("api-0");
    }
  }

  /** But for the last digits: rates are worked out anew for each moment. */
  private static void assertSame(Map<String, Double> shown, Map<String, Double> told) {
    assertThat(shown.keySet()).isEqualTo(told.keySet());
    shown.forEach((workload, value) ->
        assertThat(value)
            .as(workload)
            .isCloseTo(told.getOrDefault(workload, 0.0), withinPercentage(1e-7)));
  }
}
