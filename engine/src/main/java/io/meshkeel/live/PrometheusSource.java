package io.meshkeel.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.live.TrafficMerge.Figure;
import io.meshkeel.live.TrafficMerge.Sample;
import io.meshkeel.model.TrafficEdge;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks Prometheuses who calls whom, by one POST query for each figure: {@code /api/v1/query}
 * (prometheus.io, "HTTP API"). Blocks.
 */
public final class PrometheusSource {
  /** Over how long rates are taken. */
  public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

  /** Longest wait for one answer. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  /** Largest answer, in bytes. */
  public static final int MAX_BYTES = 64 << 20;

  private static final String LABELS =
      "reporter,source_cluster,source_workload_namespace,source_workload,destination_cluster,"
          + "destination_workload_namespace,destination_workload,destination_service";

  /** Answers that are the server's fault; 0 is no answer at all. */
  private static final String FAILED =
      "rate(istio_requests_total{response_code=~\"0|5..\"}[%1$s]) or"
          + " rate(istio_requests_total{grpc_response_status=~\"2|4|12|13|14|15\"}[%1$s])";

  private static final String QUANTILE =
      "histogram_quantile(%2$s, sum by (le,request_protocol,"
          + LABELS
          + ") (rate(istio_request_duration_milliseconds_bucket[%1$s])))";

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build())
              .build());

  /**
   * One Prometheus.
   *
   * @param cluster the cluster whose proxies it scrapes; empty: several
   * @param url its base URL
   */
  public record Server(String cluster, URI url) {}

  private PrometheusSource() {}

  /**
   * Asks all servers for all figures.
   *
   * @throws IOException if one doesn't answer, answers rubbish or says no; the message names it
   */
  public static List<TrafficEdge> edges(List<Server> servers)
      throws IOException, InterruptedException {
    TrafficMerge merge = new TrafficMerge();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(DEFAULT_TIMEOUT).build()) {
      for (Server server : servers) {
        for (Map.Entry<Figure, String> query : queries(DEFAULT_WINDOW).entrySet()) {
          merge.add(query.getKey(), ask(client, server, query.getValue()), server.cluster());
        }
      }
    }
    return merge.edges();
  }

  static Map<Figure, String> queries(Duration window) {
    String over = window.toSeconds() + "s";
    Map<Figure, String> queries = new EnumMap<>(Figure.class);
    queries.put(
        Figure.REQUESTS,
        "sum by (connection_security_policy,request_protocol,%s) (rate(istio_requests_total[%s]))"
            .formatted(LABELS, over));
    queries.put(
        Figure.ERRORS,
        "sum by (request_protocol,%s) (%s)".formatted(LABELS, FAILED.formatted(over)));
    queries.put(
        Figure.BYTES,
        ("sum by (connection_security_policy,%1$s) (rate(istio_tcp_sent_bytes_total[%2$s]))"
                + " + sum by (connection_security_policy,%1$s)"
                + " (rate(istio_tcp_received_bytes_total[%2$s]))")
            .formatted(LABELS, over));
    queries.put(Figure.P50, QUANTILE.formatted(over, "0.5"));
    queries.put(Figure.P90, QUANTILE.formatted(over, "0.9"));
    queries.put(Figure.P99, QUANTILE.formatted(over, "0.99"));
    return queries;
  }

  private static List<Sample> ask(HttpClient client, Server server, String query)
      throws IOException, InterruptedException {
    String base = server.url().toString();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create((base.endsWith("/") ? base : base + "/") + "api/v1/query"))
            .timeout(DEFAULT_TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .build();
    String who = "the Prometheus at " + server.url() + " ";
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException(who + "can't be asked: " + e, e);
    }
    byte[] body;
    try (InputStream in = response.body()) {
      body = in.readNBytes(MAX_BYTES + 1);
    }
    if (body.length > MAX_BYTES) {
      throw new IOException(who + "answers more than " + MAX_BYTES + " bytes");
    }
    if (response.statusCode() != 200) {
      throw new IOException(who + "says " + response.statusCode() + " to a query");
    }
    return samples(who, body);
  }

  private static List<Sample> samples(String who, byte[] body) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (IOException e) {
      throw new IOException(who + "answers what is no JSON", e);
    }
    JsonNode data = root == null ? null : root.get("data");
    if (data == null
        || !root.path("status").asText().equals("success")
        || !data.path("resultType").asText().equals("vector")) {
      throw new IOException(who + "answers what is no vector of samples");
    }
    List<Sample> samples = new ArrayList<>();
    for (JsonNode result : data.path("result")) {
      Map<String, String> labels = new HashMap<>();
      result
          .path("metric")
          .properties()
          .forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
      samples.add(new Sample(labels, number(who, result.path("value").path(1).asText())));
    }
    return samples;
  }

  /** Prometheus writes numbers as texts, among them {@code NaN} and {@code +Inf}. */
  private static double number(String who, String text) throws IOException {
    try {
      return switch (text) {
        case "NaN" -> Double.NaN;
        case "+Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw new IOException(who + "answers a sample without a number", e);
    }
  }
}
