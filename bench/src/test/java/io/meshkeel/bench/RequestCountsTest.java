package io.meshkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestCountsTest {
  private static final String BEFORE =
      """
      # TYPE apiserver_request_total counter
      apiserver_request_total{code="200",group="networking.istio.io",resource="virtualservices",verb="WATCH"} 3
      apiserver_request_total{code="200",group="",resource="leases",verb="PUT"} 9
      apiserver_request_total{code="200",group="networking.istio.io",resource="virtualservices",verb="APPLY"} 2
      """;

  @Test
  void countsWhatCameSinceTheEarlierLook() {
    RequestCounts since =
        RequestCounts.parse(
                BEFORE.replace("\"APPLY\"} 2", "\"APPLY\"} 3")
                    + "apiserver_request_total{code=\"201\",group=\"\",resource=\"configmaps\",verb=\"APPLY\"} 1\n"
                    + "apiserver_request_total{code=\"201\",group=\"networking.istio.io\",resource=\"gateways\",verb=\"LIST\"} 1\n")
            .since(RequestCounts.parse(BEFORE));
    assertThat(since.objectWrites()).isEqualTo(1);
    assertThat(since.parentWrites()).isEqualTo(1);
    assertThat(since.beyondWatches()).isEqualTo(3);
  }

  @Test
  void watchesAndTheServersOwnRequestsAreNotCounted() {
    RequestCounts since =
        RequestCounts.parse(BEFORE.replace("} 3", "} 8").replace("} 9", "} 20"))
            .since(RequestCounts.parse(BEFORE));
    assertThat(since.beyondWatches()).isZero();
  }
}
