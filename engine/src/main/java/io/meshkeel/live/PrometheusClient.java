package io.meshkeel.live;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one query of a Prometheus by POST: {@code /api/v1/query} (prometheus.io, "HTTP API"). A
 * redirection is not followed, so a credential goes nowhere else. Blocks; any thread.
 */
final class PrometheusClient implements AutoCloseable {
  private static final int OK = 200;

  private final HttpClient client;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * @param timeout for a whole answer, its last byte included
   * @param maxBytes largest answer, in bytes
   */
  PrometheusClient(Duration timeout, int maxBytes) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * @throws IOException if it doesn't answer in time, answers too much or rubbish, or says no; the
   *     message names it and nothing of what it sent
   */
  PrometheusAnswer ask(PrometheusServer server, String query)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(server, request(server, query));
    try {
      if (response.statusCode() != OK) {
        throw new IOException(
            "says "
                + response.statusCode()
                + " to a query"
                + PrometheusAnswer.errorType(response.body()));
      }
      return PrometheusAnswer.read(response.body());
    } catch (IOException e) {
      throw new IOException(server.name() + " " + e.getMessage(), e);
    }
  }

  private HttpRequest request(PrometheusServer server, String query) throws IOException {
    String base = server.url().toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create((base.endsWith("/") ? base : base + "/") + "api/v1/query"))
            .timeout(timeout)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "timeout="
                        + timeout.toMillis()
                        + "ms&query="
                        + URLEncoder.encode(query, StandardCharsets.UTF_8)));
    try {
      server
          .credential()
          .authorization()
          .ifPresent(value -> request.header("Authorization", value));
    } catch (IOException e) {
      throw new IOException(server.name() + " can't be asked: " + e.getMessage(), e);
    }
    return request.build();
  }

  private HttpResponse<byte[]> send(PrometheusServer server, HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(late(server), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why =
          switch (cause) {
            case HttpTimeoutException _ -> late(server);
            case ConnectException _ -> server.name() + " can't be asked: no connection";
            case IOException io
                when String.valueOf(io.getMessage()).startsWith("body exceeds capacity") ->
                server.name() + " answers more than " + maxBytes + " bytes";
            default -> server.name() + " can't be asked: " + cause.getClass().getSimpleName();
          };
      throw new IOException(why, e);
    } finally {
      answer.cancel(true);
    }
  }

  private String late(PrometheusServer server) {
    return server.name() + " doesn't answer within " + timeout.toMillis() + " ms";
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
