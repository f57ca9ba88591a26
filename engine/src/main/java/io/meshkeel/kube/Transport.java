package io.meshkeel.kube;

import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.meshkeel.model.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one API server: bounded, without retries of its own, without looking at files or the
 * environment. Watches have connections of their own, so that they never wait for writes. Any
 * thread.
 */
final class Transport implements AutoCloseable {
  /** Most calls in flight; API servers allow 100 streams on a connection. */
  static final int MAX_IN_FLIGHT = 80;

  /** Largest answer, in bytes. */
  static final int MAX_RESPONSE_BYTES = 64 << 20;

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Kubeconfig config;
  private final Duration timeout;
  private final HttpClient calls;
  private final HttpClient streams;
  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Transport(Kubeconfig config, Duration timeout) throws ClusterException {
    this.config = config;
    this.timeout = timeout;
    this.calls = client(config, false);
    this.streams = client(config, true);
  }

  /**
   * An answer, whatever its status.
   *
   * @param code HTTP status
   * @param body at most {@link #MAX_RESPONSE_BYTES}
   */
  record Answer(int code, byte[] body) {
    boolean good() {
      return code >= 200 && code < 300;
    }
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param contentType of the body; null for no body
   */
  Answer call(
      String method,
      String path,
      @Nullable String contentType,
      byte @Nullable [] body,
      String accept)
      throws ClusterException {
    try {
      if (!inFlight.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw unreachable("too many calls are waiting", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted", e);
    }
    try {
      return exchange(method, path, contentType, body, accept);
    } finally {
      inFlight.release();
    }
  }

  private Answer exchange(
      String method,
      String path,
      @Nullable String contentType,
      byte @Nullable [] body,
      String accept)
      throws ClusterException {
    HttpRequest.Builder request =
        calls
            .newHttpRequestBuilder()
            .uri(uri(path))
            .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .setHeader("Accept", accept);
    authorize(request);
    if (contentType != null && body != null) {
      request.method(method, contentType, new java.io.ByteArrayInputStream(body), body.length);
    } else if (!method.equals("GET")) {
      request.method(method, "application/json", "");
    }
    Collector collector = new Collector();
    CompletableFuture<HttpResponse<AsyncBody>> sent =
        calls.consumeBytes(request.build(), collector);
    @Nullable AsyncBody open = null;
    try {
      HttpResponse<AsyncBody> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      open = response.body();
      open.consume();
      open.done().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      open = null;
      return new Answer(response.code(), collector.bytes());
    } catch (TimeoutException e) {
      throw unreachable("no answer within " + timeout.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw unreachable(cause(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted", e);
    } finally {
      if (open != null) {
        open.cancel();
      }
      sent.cancel(true);
    }
  }

  /** Opens a stream; the consumer gets its bytes once it asks for them. */
  HttpResponse<AsyncBody> stream(String path, AsyncBody.Consumer<List<ByteBuffer>> consumer)
      throws ClusterException {
    HttpRequest.Builder request =
        streams.newHttpRequestBuilder().uri(uri(path)).setHeader("Accept", "application/json");
    authorize(request);
    CompletableFuture<HttpResponse<AsyncBody>> sent =
        streams.consumeBytes(request.build(), consumer);
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw unreachable("no answer within " + timeout.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw unreachable(cause(e), e);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable("interrupted", e);
    }
  }

  ClusterException unreachable(String why, @Nullable Throwable cause) {
    return new ClusterException(
        FailureReason.CLUSTER_UNREACHABLE,
        "the cluster at "
            + config.server().getHost()
            + ":"
            + config.server().getPort()
            + " can't be reached: "
            + ServerText.oneLine(why),
        true,
        cause);
  }

  private URI uri(String path) {
    String base = config.server().toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  private void authorize(HttpRequest.Builder request) {
    if (!config.token().isEmpty()) {
      request.setHeader("Authorization", "Bearer " + config.token());
    }
  }

  private HttpClient client(Kubeconfig kubeconfig, boolean http11) throws ClusterException {
    JdkHttpClientFactory factory =
        new JdkHttpClientFactory() {
          @Override
          protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
            builder.executor(threads);
          }
        };
    HttpClient.Builder builder = factory.newBuilder();
    builder.connectTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    builder.tlsVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2);
    builder.tag(
        new RequestConfigBuilder().withRequestRetryBackoffLimit(0).withRequestTimeout(0).build());
    if (http11) {
      builder.preferHttp11();
    }
    if (!kubeconfig.tlsServerName().isEmpty()) {
      builder.tlsServerName(kubeconfig.tlsServerName());
    }
    try {
      builder.sslContext(
          SSLUtils.keyManagers(
              empty(kubeconfig.clientCertificateData()),
              null,
              empty(kubeconfig.clientKeyData()),
              null,
              "RSA",
              "",
              null,
              null),
          SSLUtils.trustManagers(empty(kubeconfig.caData()), null, false, null, null));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // The cause may quote key material.
      throw new ClusterException(
          FailureReason.CREDENTIAL_INVALID,
          "the kubeconfig is refused: its certificates or key can't be read as PEM in base64",
          false,
          null);
    }
    return builder.build();
  }

  private static @Nullable String empty(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String cause(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String text = cause.getMessage();
    return cause.getClass().getSimpleName() + (text == null ? "" : ": " + text);
  }

  @Override
  public void close() {
    calls.close();
    streams.close();
    threads.shutdown();
  }

  /** Gathers the bytes of an answer, up to the limit. */
  private static final class Collector implements AsyncBody.Consumer<List<ByteBuffer>> {
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

    @Override
    public synchronized void consume(List<ByteBuffer> part, AsyncBody body) throws IOException {
      for (ByteBuffer buffer : part) {
        if (bytes.size() + buffer.remaining() > MAX_RESPONSE_BYTES) {
          throw new IOException("the answer is larger than " + MAX_RESPONSE_BYTES + " bytes");
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        bytes.writeBytes(copy);
      }
      body.consume();
    }

    synchronized byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
