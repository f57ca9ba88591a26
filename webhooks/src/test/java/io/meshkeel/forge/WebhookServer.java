package io.meshkeel.forge;

import io.meshkeel.reconcile.RepositoryEvent;
import io.meshkeel.testbed.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The webhook handler on a free loopback port, with what it handed on. */
final class WebhookServer implements AutoCloseable {
  static final String SECRET = "a shared secret";
  static final RepositoryPath REPOSITORY = new RepositoryPath("platform", "meshes");

  final List<RepositoryEvent> events = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  WebhookServer(GiteaWebhooks.Options options) throws Exception {
    Router router = Router.router(vertx);
    router.route("/webhooks/gitea").handler(new GiteaWebhooks(vertx, options, events::add));
    router.errorHandler(500, context -> failures.add(context.failure()));
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
  }

  static WebhookServer start() throws Exception {
    return new WebhookServer(new GiteaWebhooks.Options(REPOSITORY, () -> SECRET));
  }

  /** The failures that would have been a 500. */
  List<Throwable> failures() {
    return failures;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/webhooks/gitea");
  }

  /** The headers of a delivery as Gitea sends it, with a fresh id. */
  static Map<String, String> headers(String event, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Gitea-Delivery", UUID.randomUUID().toString());
    headers.put("X-Gitea-Event", event);
    headers.put("X-Gitea-Signature", new WebhookSignature(SECRET).sign(body));
    return headers;
  }

  HttpResponse<String> deliver(String event, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(headers(event, bytes), bytes);
  }

  HttpResponse<String> send(Map<String, String> headers, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address())
            .timeout(Patience.LIMIT)
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A connection to write whatever to. */
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  @Override
  public void close() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
