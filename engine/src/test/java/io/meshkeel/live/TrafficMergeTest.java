package io.meshkeel.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.live.TrafficMerge.Figure;
import io.meshkeel.live.TrafficMerge.Sample;
import io.meshkeel.model.TrafficEdge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrafficMergeTest {
  private final TrafficMerge merge = new TrafficMerge();

  private static Sample sample(String reporter, String policy, double value) {
    Map<String, String> labels = new HashMap<>();
    labels.put("reporter", reporter);
    labels.put("connection_security_policy", policy);
    labels.put("request_protocol", "http");
    labels.put("source_cluster", "east");
    labels.put("source_workload_namespace", "shop");
    labels.put("source_workload", "web");
    labels.put("destination_cluster", "west");
    labels.put("destination_workload_namespace", "shop");
    labels.put("destination_workload", "api");
    labels.put("destination_service", "api.shop.svc.cluster.local");
    return new Sample(labels, value, 0);
  }

  private TrafficEdge only() {
    assertThat(merge.edges()).hasSize(1);
    return merge.edges().getFirst();
  }

  @Test
  void twoReportersOfOneCallAreMergedAndNeverAdded() {
    merge.add(
        Figure.REQUESTS,
        List.of(
            sample("source", "unknown", 10),
            sample("destination", "mutual_tls", 6),
            sample("destination", "none", 2)),
        "");
    merge.add(
        Figure.ERRORS,
        List.of(sample("source", "unknown", 3), sample("destination", "unknown", 1)),
        "");
    TrafficEdge edge = only();
    assertThat(edge.figures().requests()).isEqualTo(10);
    assertThat(edge.figures().errors()).isEqualTo(3);
    assertThat(edge.figures().mtls()).hasValue(0.75);
    assertThat(edge.source()).hasToString("east/shop/web");
    assertThat(edge.destination()).hasToString("west/shop/api");
    assertThat(edge.service()).isEqualTo("api.shop.svc.cluster.local");
    assertThat(edge.protocol()).isEqualTo("http");
  }

  @Test
  void whatOnlyTheDestinationReportsIsTakenFromIt() {
    merge.add(Figure.REQUESTS, List.of(sample("destination", "none", 4)), "");
    merge.add(Figure.P99, List.of(sample("destination", "", 250)), "");
    assertThat(only().figures().requests()).isEqualTo(4);
    assertThat(only().figures().p99()).hasValue(250);
    assertThat(only().figures().p50()).isEmpty();
    assertThat(only().figures().mtls()).hasValue(0);
  }

  @Test
  void oneSeriesInTwoPrometheusesIsCountedOnce() {
    merge.add(Figure.REQUESTS, List.of(sample("source", "unknown", 10)), "east");
    merge.add(Figure.REQUESTS, List.of(sample("source", "unknown", 11)), "west");
    assertThat(only().figures().requests()).isEqualTo(11);
    assertThat(only().figures().mtls()).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void silenceNoNumbersAndOtherReportersAreLeftOut() {
    merge.add(
        Figure.REQUESTS,
        List.of(
            sample("source", "unknown", 0),
            sample("destination", "none", Double.NaN),
            sample("waypoint", "none", 5)),
        "");
    assertThat(merge.edges()).isEmpty();
  }

  @Test
  void aClusterThatNobodyNamedIsTheOneThatWasAsked() {
    Map<String, String> labels = new HashMap<>(sample("source", "none", 1).labels());
    labels.put("source_cluster", "Kubernetes");
    labels.put("source_workload", "unknown");
    labels.put("source_workload_namespace", "unknown");
    labels.remove("destination_cluster");
    labels.remove("request_protocol");
    merge.add(Figure.BYTES, List.of(new Sample(labels, 100, 0)), "north");
    TrafficEdge edge = only();
    assertThat(edge.source()).hasToString("unknown");
    assertThat(edge.destination()).hasToString("north/shop/api");
    assertThat(edge.protocol()).isEqualTo("tcp");
    assertThat(edge.figures().bytes()).isEqualTo(100);
  }
}
