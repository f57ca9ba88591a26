package io.meshkeel.live;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks one query of a Prometheus by POST: {@code /api/v1/query} (prometheus.io, "HTTP API").
 * Blocks; any thread.
 */
final class PrometheusClient implements AutoCloseable {
  private static final int OK = 200;

  private final BoundedHttp http;

  /**
   * @param timeout for a whole answer, its last byte included
   * @param maxBytes largest answer, in bytes
   */
  PrometheusClient(Duration timeout, int maxBytes) {
    this.http = new BoundedHttp(timeout, maxBytes);
  }

  /**
   * @throws IOException if it doesn't answer in time, answers too much or rubbish, or says no; the
   *     message names it and nothing of what it sent
   */
  PrometheusAnswer ask(PrometheusServer server, String query, PrometheusAnswer.Form form)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(server.name(), request(server, query));
    try {
      if (response.statusCode() != OK) {
        throw new IOException(
            "says "
                + response.statusCode()
                + " to a query"
                + PrometheusAnswer.errorType(response.body()));
      }
      return PrometheusAnswer.read(response.body(), form);
    } catch (IOException e) {
      throw new IOException(server.name() + " " + e.getMessage(), e);
    }
  }

  private HttpRequest request(PrometheusServer server, String query) throws IOException {
    return http.request(server.name(), server.url(), "api/v1/query", server.credential())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "timeout="
                    + http.timeout().toMillis()
                    + "ms&query="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8)))
        .build();
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    http.close();
  }
}
