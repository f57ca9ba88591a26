package io.meshkeel.live;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request and bounds its answer in time and bytes. A redirection is not followed, so a
 * credential goes nowhere else. Blocks; any thread.
 */
final class BoundedHttp implements AutoCloseable {
  private final HttpClient client;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * @param timeout for a whole answer, its last byte included
   * @param maxBytes largest answer, in bytes
   */
  BoundedHttp(Duration timeout, int maxBytes) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * A request to a place below a server's base URL, by whoever asks.
   *
   * @param name of the server, for messages
   * @param path without a slash before it
   * @throws IOException if the credential can't be had
   */
  HttpRequest.Builder request(
      String name, URI base, String path, PrometheusServer.Credential credential)
      throws IOException {
    String at = base.toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create((at.endsWith("/") ? at : at + "/") + path))
            .timeout(timeout);
    try {
      credential.authorization().ifPresent(value -> request.header("Authorization", value));
    } catch (IOException e) {
      throw new IOException(name + " can't be asked: " + e.getMessage(), e);
    }
    return request;
  }

  Duration timeout() {
    return timeout;
  }

  /**
   * @param name of the server, for messages
   * @throws IOException if it doesn't answer in time or answers too much; the message names it and
   *     nothing of what it sent
   */
  HttpResponse<byte[]> send(String name, HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(late(name), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why =
          switch (cause) {
            case HttpTimeoutException _ -> late(name);
            case ConnectException _ -> name + " can't be asked: no connection";
            case IOException io
                when String.valueOf(io.getMessage()).startsWith("body exceeds capacity") ->
                name + " answers more than " + maxBytes + " bytes";
            default -> name + " can't be asked: " + cause.getClass().getSimpleName();
          };
      throw new IOException(why, e);
    } finally {
      answer.cancel(true);
    }
  }

  private String late(String name) {
    return name + " doesn't answer within " + timeout.toMillis() + " ms";
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
