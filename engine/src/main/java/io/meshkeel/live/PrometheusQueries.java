package io.meshkeel.live;

import io.meshkeel.live.TrafficMerge.Figure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The questions, in PromQL over Istio's standard metrics (istio.io, "Istio Standard Metrics") and
 * istiod's own (istio.io, "pilot-discovery", exported metrics).
 *
 * <p>A histogram has some twenty series for each series of a counter. So latency is asked of one
 * reporter where one suffices, and of the other only for what the first can't know.
 *
 * @param window over how long rates are taken
 */
record PrometheusQueries(Duration window) {
  /** The quantiles that are asked for. */
  static final List<Figure> QUANTILES = List.of(Figure.P50, Figure.P90, Figure.P99);

  private static final String BUCKETS = "istio_request_duration_milliseconds_bucket";

  /** The source's view, and the destination's where the source has no proxy. */
  private static final List<String> CALLERS =
      List.of("reporter=\"source\"", "reporter=\"destination\",source_workload=~\"unknown|\"");

  /** The destination's view where the source should have told and didn't. */
  private static final List<String> CALLED =
      List.of("reporter=\"destination\",source_workload!~\"unknown|\"");

  /** The destination's view, and the source's where the destination has no proxy. */
  private static final List<String> SERVERS =
      List.of("reporter=\"destination\"", "reporter=\"source\",destination_workload=~\"unknown|\"");

  /** The source's view where the destination should have told and didn't. */
  private static final List<String> CLIENTS =
      List.of("reporter=\"source\",destination_workload!~\"unknown|\"");

  /**
   * A Prometheus evaluates a question on one core. The largest ones are asked in two halves of
   * about the same size: by the last letter of the workload that is called.
   */
  private static final List<String> HALVES =
      List.of(
          "destination_workload=~\".*[02468acegikmoqsuwy]\"",
          "destination_workload!~\".*[02468acegikmoqsuwy]\"");

  private static final String DESTINATION =
      "reporter,source_cluster,destination_cluster,destination_workload_namespace,"
          + "destination_workload,destination_canonical_service,destination_service";
  private static final String LABELS =
      DESTINATION + ",source_workload_namespace,source_workload,source_canonical_service";

  private String over() {
    return window.toSeconds() + "s";
  }

  /** Requests a second. */
  String requests() {
    return "sum by (connection_security_policy,request_protocol,%s) (rate(istio_requests_total[%s]))"
        .formatted(LABELS, over());
  }

  /** Of these, those that failed by the server's fault; response code 0 is no answer at all. */
  String errors() {
    return ("sum by (request_protocol,%1$s) (rate(istio_requests_total{response_code=~\"0|5..\"}[%2$s])"
            + " or rate(istio_requests_total{grpc_response_status=~\"2|4|12|13|14|15\"}[%2$s]))")
        .formatted(LABELS, over());
  }

  /** Bytes a second of connections, both ways. */
  String bytes() {
    return ("sum by (connection_security_policy,%1$s) (rate(istio_tcp_sent_bytes_total[%2$s]))"
            + " + sum by (connection_security_policy,%1$s)"
            + " (rate(istio_tcp_received_bytes_total[%2$s]))")
        .formatted(LABELS, over());
  }

  /**
   * All quantiles of each edge; each question tells of other edges.
   *
   * <p>To add up the buckets is what costs, not to find a quantile in them. A Prometheus adds up
   * only once what doesn't depend on the step of a subquery (its {@code preprocessExpr} in {@code
   * promql/engine.go}). So a subquery stands still at the time of the question ({@code @ end()}),
   * and its steps count the quantiles: the answer is a matrix with a value at each {@link #step}.
   *
   * @param further only what the first question left open
   */
  List<String> quantiles(boolean further) {
    String share =
        QUANTILES.stream()
            .map(figure -> "%s * (time() == bool %s)".formatted(figure.share(), step(figure)))
            .collect(Collectors.joining(" + "));
    return HALVES.stream()
        .map(half ->
            either(
                further ? CALLED : CALLERS,
                ("histogram_quantile(%s,"
                        + " sum by (le,request_protocol,%s) (rate(%s{%%s,%s}[%s] @ end())))")
                    .formatted(share, LABELS, BUCKETS, half, over())))
        .map(query -> "(%s)[%2$ss:1s] @ %2$s".formatted(query, QUANTILES.size()))
        .toList();
  }

  /** When the answer about quantiles tells one of them, in seconds since 1970. */
  static int step(Figure quantile) {
    return 1 + QUANTILES.indexOf(quantile);
  }

  /**
   * How long workloads took to answer: buckets.
   *
   * @param further only what the first question left open
   */
  String served(boolean further) {
    return either(
        further ? CLIENTS : SERVERS,
        "sum by (le,%s) (rate(%s{%%s}[%s]))".formatted(DESTINATION, BUCKETS, over()));
  }

  /**
   * What a query says with one of these matchers. They are joined last, when there is a series for
   * each edge: to join all buckets costs as much as to add them up.
   */
  private static String either(List<String> matchers, String query) {
    return matchers.stream().map(query::formatted).collect(Collectors.joining(" or "));
  }

  /** What istiods did, each figure with its name in the label {@code figure}. */
  String controlPlanes() {
    String errors = "type=~\".*(senderr|builderr)\"";
    return String.join(
        " or ",
        named(
            "pushes",
            "sum(rate(pilot_xds_pushes{type!~\".*(senderr|builderr)\"}[" + over() + "]))"),
        named("errors", "sum(rate(pilot_xds_pushes{" + errors + "}[" + over() + "]))"),
        named("rejects", "sum(rate(pilot_total_xds_rejects[" + over() + "]))"),
        named("proxies", "sum(pilot_xds)"),
        named(
            "convergence",
            "sum by (le) (rate(pilot_proxy_convergence_time_bucket[" + over() + "]))"));
  }

  private static String named(String figure, String query) {
    return "label_replace(%s, \"figure\", \"%s\", \"\", \"\")".formatted(query, figure);
  }
}
