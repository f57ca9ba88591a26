package io.meshkeel.testbed;

import io.meshkeel.testbed.MetricsPage.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Istio's standard metrics (istio.io, "Istio Standard Metrics") as its proxies tell them, for a
 * {@link MetricsPage}.
 */
public final class IstioSeries {
  /** The bounds of the buckets of a proxy's histograms, in milliseconds. */
  public static final List<String> BOUNDS =
      List.of(
          "0.5", "1", "5", "10", "25", "50", "100", "250", "500", "1000", "2500", "5000", "10000",
          "30000", "60000", "300000", "600000", "1.8e+06", "3.6e+06", "+Inf");

  private final List<Series> series = new ArrayList<>();

  /**
   * Who calls whom.
   *
   * @param from {@code cluster/namespace/workload}, or {@code unknown} for a caller without a proxy
   * @param to {@code cluster/namespace/workload}, or {@code unknown}
   * @param host the host that is called
   */
  public record Call(String from, String to, String host) {
    private Map<String, String> labels(String reporter) {
      Map<String, String> labels = new TreeMap<>();
      labels.put("reporter", reporter);
      end(labels, "source", from);
      end(labels, "destination", to);
      String service = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
      labels.put("destination_service", host);
      labels.put("destination_service_name", service);
      labels.put("destination_service_namespace", labels.get("destination_workload_namespace"));
      labels.put("response_flags", "-");
      // Only the side that was called knows how; istio.io, "connection_security_policy".
      labels.put("connection_security_policy", "unknown");
      return labels;
    }

    private static void end(Map<String, String> labels, String side, String end) {
      String[] parts = end.split("/", 3);
      boolean known = parts.length == 3;
      String workload = known ? parts[2] : "unknown";
      labels.put(side + "_cluster", known ? parts[0] : "unknown");
      labels.put(side + "_workload_namespace", known ? parts[1] : "unknown");
      labels.put(side + "_workload", workload);
      labels.put(side + "_app", workload);
      labels.put(side + "_version", known ? "v1" : "unknown");
      labels.put(side + "_canonical_service", workload.replaceFirst("-v\\d+$", ""));
      labels.put(side + "_canonical_revision", known ? "v1" : "latest");
      labels.put(
          side + "_principal",
          known ? "spiffe://cluster.local/ns/" + parts[1] + "/sa/" + workload : "unknown");
    }
  }

  /**
   * Requests.
   *
   * @param reporter {@code source} or {@code destination}
   * @param security {@code mutual_tls} or {@code none}; a source doesn't know
   * @param code of the answers
   * @param perSecond how many
   */
  public IstioSeries requests(
      Call call, String reporter, String security, int code, double perSecond) {
    Map<String, String> labels = call.labels(reporter);
    labels.put("request_protocol", "http");
    labels.put("response_code", String.valueOf(code));
    labels.put("grpc_response_status", "");
    labels.put("connection_security_policy", reporter.equals("source") ? "unknown" : security);
    series.add(new Series("istio_requests_total", labels, perSecond));
    return this;
  }

  /**
   * How long requests took.
   *
   * @param buckets requests a second that took at most so many milliseconds, by a bound of {@link
   *     #BOUNDS}; a bound that isn't named has as many as the one below it
   */
  public IstioSeries durations(Call call, String reporter, Map<String, Double> buckets) {
    Map<String, String> labels = call.labels(reporter);
    labels.put("request_protocol", "http");
    labels.put("response_code", "200");
    labels.put("grpc_response_status", "");
    double below = 0;
    for (String bound : BOUNDS) {
      below = buckets.getOrDefault(bound, below);
      Map<String, String> own = new TreeMap<>(labels);
      own.put("le", bound);
      series.add(new Series("istio_request_duration_milliseconds_bucket", own, below));
    }
    series.add(new Series("istio_request_duration_milliseconds_count", labels, below));
    return this;
  }

  /** Bytes of connections, a second each way. */
  public IstioSeries bytes(
      Call call, String reporter, String security, double sent, double received) {
    Map<String, String> labels = call.labels(reporter);
    labels.put("request_protocol", "tcp");
    labels.put("connection_security_policy", reporter.equals("source") ? "unknown" : security);
    series.add(new Series("istio_tcp_sent_bytes_total", labels, sent));
    series.add(new Series("istio_tcp_received_bytes_total", labels, received));
    return this;
  }

  /** Any other. */
  public IstioSeries and(Series other) {
    series.add(other);
    return this;
  }

  /** All of them. */
  public List<Series> all() {
    return List.copyOf(series);
  }
}
