package io.meshkeel.app.http;

import io.meshkeel.report.Run;
import io.meshkeel.view.Module;
import io.meshkeel.view.Modules;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's HTTP side. Pages are made off the event loop; whatever they show is escaped, and
 * browsers are told to load nothing but the style sheet.
 */
public final class HttpService implements AutoCloseable {
  /** Longest silence on a connection. */
  public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** Longest time to start to listen, and to stop. */
  public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(10);

  /** Runs shown on the start page. */
  static final int SHOWN_RUNS = 30;

  /** Longest time that an answer waits for a change. */
  public static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);

  /** Requests at a time that may wait for a change. */
  public static final int DEFAULT_WAITING = 100;

  /** Says which state an answer of a module tells of: to be given back as {@code after}. */
  private static final String STATE = "Meshkeel-State";

  /** How often is looked whether there is a change, in milliseconds. */
  private static final long LOOK = 25;

  /** Requests at a time that may wait for other servers. */
  private static final int OTHERS = 8;

  private static final String CSP =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
          + " 'none'";
  private static final Logger log = LoggerFactory.getLogger(HttpService.class);

  private final HttpServer server;

  private HttpService(HttpServer server) {
    this.server = server;
  }

  /**
   * What is shown.
   *
   * @param unready why the service isn't ready; empty if it is; must not block
   * @param runs the stored runs
   * @param overview the start page
   * @param runPage the page of one run
   * @param metrics all metrics in Prometheus' text form
   * @param modules answers for the modules
   * @param webhooks takes the forge's webhooks
   */
  public record Parts(
      Supplier<List<String>> unready,
      Runs runs,
      OverviewPage overview,
      RunPage runPage,
      Supplier<String> metrics,
      ModuleApi modules,
      Handler<RoutingContext> webhooks) {}

  /**
   * Starts to listen; blocks until it does.
   *
   * @param port 0 for any free one
   * @throws IOException if the address can't be used
   */
  public static HttpService start(Vertx vertx, String host, int port, Parts parts)
      throws IOException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setIdleTimeout((int) DEFAULT_IDLE_TIMEOUT.toSeconds())
            .setHttp2ClearTextEnabled(false)
            .setDecompressionSupported(false);
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(new HttpService.Routes(vertx, parts).router());
    try {
      server
          .listen(port, host)
          .toCompletionStage()
          .toCompletableFuture()
          .get(DEFAULT_START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("can't listen on " + host + " port " + port + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new HttpService(server);
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Stops to listen. Idempotent. */
  @Override
  public void close() {
    try {
      server
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(DEFAULT_START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("The HTTP server did not stop in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Which path shows what. */
  private static final class Routes {
    private final Vertx vertx;
    private final Parts parts;
    private final String style = resource("style.css");

    /** For what waits for other servers, so that pages don't. */
    private final WorkerExecutor others;

    private final AtomicInteger waiting = new AtomicInteger();
    private final String started = Long.toHexString(ThreadLocalRandom.current().nextLong());

    Routes(Vertx vertx, Parts parts) {
      this.vertx = vertx;
      this.others = vertx.createSharedWorkerExecutor("others", OTHERS);
      this.parts = parts;
    }

    Router router() {
      Router router = Router.router(vertx);
      router.route("/webhooks/gitea").handler(parts.webhooks());
      get(router, "/livez", context -> text(context, 200, "ok\n"));
      get(router, "/readyz", this::ready);
      get(router, "/metrics", context -> blocking(context, this::metrics));
      get(router, "/style.css", this::style);
      get(router, "/", context -> blocking(context, this::overview));
      get(router, "/runs/:id", context -> blocking(context, () -> run(context.pathParam("id"))));
      get(router, "/api/v1/:module", this::module);
      router.errorHandler(
          404, context -> text(context, 404, "not found: see / for what there is\n"));
      router.errorHandler(405, context -> text(context, 405, "only GET is allowed here\n"));
      router.errorHandler(500, this::failed);
      return router;
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
      router.route(HttpMethod.GET, path).handler(handler);
      router.route(HttpMethod.HEAD, path).handler(handler);
    }

    private void ready(RoutingContext context) {
      List<String> unready = parts.unready().get();
      text(
          context,
          unready.isEmpty() ? 200 : 503,
          unready.isEmpty() ? "ok\n" : String.join("\n", unready) + "\n");
    }

    /** An answer that is made off the event loop. */
    private record Answer(int status, String type, String body) {
      static Answer html(int status, String body) {
        return new Answer(status, "text/html; charset=utf-8", body);
      }
    }

    private Answer metrics() {
      return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", parts.metrics().get());
    }

    private Answer overview() {
      List<Run> runs = parts.runs().newest(SHOWN_RUNS);
      return Answer.html(200, parts.overview().render(runs, parts.unready().get()));
    }

    private Answer run(String id) {
      return parts
          .runs()
          .get(id)
          .map(run -> Answer.html(200, parts.runPage().render(run)))
          .orElseGet(() ->
              Answer.html(
                  404,
                  PageFrame.page(
                      "No such report",
                      html ->
                          html.element("h1", "No such report")
                              .element(
                                  "p", "Only the reports of the newest revisions are kept."))));
    }

    /** With {@code after} the answer waits until the state is another one, or for some time. */
    private void module(RoutingContext context) {
      String after = context.queryParams().get("after");
      if (after == null || !after.equals(state())) {
        moduleNow(context);
      } else if (waiting.incrementAndGet() > DEFAULT_WAITING) {
        waiting.decrementAndGet();
        text(context, 503, "too many requests wait for a change: ask later\n");
      } else {
        await(context, after, System.nanoTime() + DEFAULT_WAIT.toNanos());
      }
    }

    private void await(RoutingContext context, String after, long end) {
      if (context.response().closed()) {
        waiting.decrementAndGet();
      } else if (!after.equals(state()) || System.nanoTime() - end > 0) {
        waiting.decrementAndGet();
        moduleNow(context);
      } else {
        vertx.setTimer(LOOK, timer -> await(context, after, end));
      }
    }

    /** Numbers of two runs of the service are never taken for each other. */
    private String state() {
      return started + "-" + parts.modules().changes().getAsLong();
    }

    private void moduleNow(RoutingContext context) {
      context.response().putHeader(STATE, state());
      boolean slow =
          Modules.find(context.pathParam("module")).map(Module::needsTraffic).orElse(false);
      (slow
              ? others.executeBlocking(() -> moduleAnswer(context), false)
              : vertx.executeBlocking(() -> moduleAnswer(context), false))
          .onSuccess(answer -> answer(context, answer))
          .onFailure(context::fail);
    }

    private Answer moduleAnswer(RoutingContext context) {
      Map<String, String> parameters = new TreeMap<>();
      context.queryParams().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
      ModuleApi.Reply reply = parts.modules().get(context.pathParam("module"), parameters);
      return new Answer(reply.status(), reply.type(), reply.body());
    }

    private void blocking(RoutingContext context, Callable<Answer> work) {
      vertx
          .executeBlocking(work, false)
          .onSuccess(answer -> answer(context, answer))
          .onFailure(context::fail);
    }

    private void style(RoutingContext context) {
      context.response().putHeader("Cache-Control", "max-age=3600");
      answer(context, new Answer(200, "text/css; charset=utf-8", style));
    }

    private static void text(RoutingContext context, int status, String body) {
      answer(context, new Answer(status, "text/plain; charset=utf-8", body));
    }

    private static void answer(RoutingContext context, Answer answer) {
      HttpServerResponse response = context.response();
      if (response.ended() || response.closed()) {
        return;
      }
      if (!response.headers().contains("Cache-Control")) {
        response.putHeader("Cache-Control", "no-store");
      }
      response
          .setStatusCode(answer.status())
          .putHeader("Content-Type", answer.type())
          .putHeader("Content-Security-Policy", CSP)
          .putHeader("X-Content-Type-Options", "nosniff")
          .putHeader("Referrer-Policy", "no-referrer")
          .end(answer.body());
    }

    private void failed(RoutingContext context) {
      log.error("{} could not be answered", context.request().path(), context.failure());
      text(context, 500, "an error of the service: its log says more\n");
    }

    private static String resource(String name) {
      try (InputStream in = HttpService.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("the resource " + name + " is missing from the jar");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new IllegalStateException("the resource " + name + " can't be read", e);
      }
    }
  }
}
