package io.meshkeel.forge;

import io.meshkeel.forge.GiteaPayload.Refused;
import io.meshkeel.reconcile.RepositoryEvent;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Gitea's webhooks. In this order: the headers are looked at, the body is read up to a bound
 * in bytes and time, its signature is verified, it is parsed, its events are handed on, and it is
 * answered 202 without waiting for what the events cause.
 *
 * <p>Runs on the event loop. Whatever is sent is answered with 202 or 4xx; 503 says that the secret
 * can't be read here:
 *
 * <ul>
 *   <li>400: a header that is needed is missing, or the body isn't JSON of the expected shape
 *   <li>401: no signature, or a wrong one
 *   <li>405: not a POST
 *   <li>408: the body came too slowly
 *   <li>413: the body is too long
 *   <li>415: not {@code application/json}, or compressed
 *   <li>422: signed and well-formed, and still not for us (another repository or kind of event)
 * </ul>
 */
public final class GiteaWebhooks implements Handler<RoutingContext> {
  /** Longest body, in bytes. Gitea puts at most a page of commits into one. */
  public static final int DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

  /** Longest time for a body to arrive. */
  public static final Duration DEFAULT_BODY_TIMEOUT = Duration.ofSeconds(10);

  /** How many ids of deliveries are remembered to drop those that are sent again. */
  public static final int DEFAULT_REMEMBERED_DELIVERIES = 10_000;

  /** Longest id of a delivery, in characters; Gitea's are UUIDs. */
  static final int MAX_DELIVERY_ID = 100;

  private static final Duration LINGER = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(GiteaWebhooks.class);

  private final Vertx vertx;
  private final Options options;
  private final RecentDeliveries deliveries;
  private final Consumer<RepositoryEvent> receiver;

  /**
   * @param repository events of any other are refused
   * @param secret gives what is shared with the forge; asked for each delivery, on a worker thread,
   *     so that it can be rotated
   * @param maxBodyBytes longest body, in bytes
   * @param bodyTimeout longest time for a body to arrive
   * @param rememberedDeliveries how many ids of deliveries are remembered
   */
  public record Options(
      RepositoryPath repository,
      Supplier<String> secret,
      int maxBodyBytes,
      Duration bodyTimeout,
      int rememberedDeliveries) {
    public Options(RepositoryPath repository, Supplier<String> secret) {
      this(
          repository,
          secret,
          DEFAULT_MAX_BODY_BYTES,
          DEFAULT_BODY_TIMEOUT,
          DEFAULT_REMEMBERED_DELIVERIES);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "webhooks of " + repository;
    }
  }

  /**
   * @param receiver takes events on the event loop: it must not block, and may see an event more
   *     than once
   */
  public GiteaWebhooks(Vertx vertx, Options options, Consumer<RepositoryEvent> receiver) {
    this.vertx = vertx;
    this.options = options;
    this.deliveries = new RecentDeliveries(options.rememberedDeliveries());
    this.receiver = receiver;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    Answer refusal = headers(request);
    if (refusal != null) {
      answer(request, refusal);
    } else {
      new Body(request).read();
    }
  }

  /** The answer to a request whose headers alone refuse it; null if they don't. */
  private @Nullable Answer headers(HttpServerRequest request) {
    if (!"POST".equals(request.method().name())) {
      return new Answer(405, "webhooks are sent by POST");
    }
    String given = request.getHeader("X-Gitea-Signature");
    if (given == null || given.isEmpty()) {
      return new Answer(
          401, "the signature is missing: set the webhook's secret in the repository's settings");
    }
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return new Answer(415, "compressed bodies are not taken");
    }
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !isJson(type)) {
      return new Answer(415, "set the webhook's content type to application/json");
    }
    String delivery = request.getHeader("X-Gitea-Delivery");
    if (delivery == null || delivery.isEmpty() || delivery.length() > MAX_DELIVERY_ID) {
      return new Answer(400, "the header X-Gitea-Delivery is missing or too long");
    }
    if (request.getHeader("X-Gitea-Event") == null) {
      return new Answer(400, "the header X-Gitea-Event is missing");
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && longer(length) ? tooLong() : null;
  }

  private static boolean isJson(String type) {
    String media = type.split(";", 2)[0].strip();
    return media.toLowerCase(Locale.ROOT).equals("application/json");
  }

  private boolean longer(String length) {
    try {
      return Long.parseLong(length) > options.maxBodyBytes();
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private Answer tooLong() {
    return new Answer(413, "the body is longer than " + options.maxBodyBytes() + " bytes");
  }

  /** What is answered; 202 or a refusal. */
  private record Answer(int status, String text) {}

  /** Collects one body, up to the bounds. */
  private final class Body {
    private final HttpServerRequest request;
    private final Buffer bytes = Buffer.buffer();
    private long timer;
    private boolean done;

    Body(HttpServerRequest request) {
      this.request = request;
    }

    void read() {
      timer =
          vertx.setTimer(
              options.bodyTimeout().toMillis(),
              fired ->
                  finish(
                      new Answer(
                          408,
                          "the body did not arrive within "
                              + options.bodyTimeout().toSeconds()
                              + " s")));
      request.exceptionHandler(failure -> abandon());
      request.handler(this::chunk);
      request.endHandler(end -> complete());
    }

    private void chunk(Buffer chunk) {
      if (done) {
        return;
      }
      if (bytes.length() + chunk.length() > options.maxBodyBytes()) {
        finish(tooLong());
      } else {
        bytes.appendBuffer(chunk);
      }
    }

    private void complete() {
      if (!done) {
        abandon();
        vertx
            .executeBlocking(() -> new WebhookSignature(options.secret().get()))
            .map(signature -> received(signature, request, bytes.getBytes()))
            .recover(failure -> {
              log.warn("The webhook's secret can't be read", failure);
              return Future.succeededFuture(
                  new Answer(503, "the secret can't be read here: send it again later"));
            })
            .onSuccess(answer -> answer(request, answer));
      }
    }

    /** The sender went away: there is no one to answer. */
    private void abandon() {
      done = true;
      vertx.cancelTimer(timer);
    }

    private void finish(Answer answer) {
      abandon();
      answer(request, answer);
    }
  }

  private Answer received(WebhookSignature signature, HttpServerRequest request, byte[] body) {
    if (!signature.verify(body, request.getHeader("X-Gitea-Signature"))) {
      return new Answer(
          401, "the signature is wrong: the webhook's secret differs from the one given here");
    }
    String kind = request.getHeader("X-Gitea-Event");
    List<RepositoryEvent> events;
    try {
      events = GiteaPayload.events(kind, body, options.repository());
    } catch (Refused e) {
      return new Answer(e.status(), e.getMessage());
    }
    String delivery = request.getHeader("X-Gitea-Delivery");
    if (!deliveries.add(delivery)) {
      return new Answer(202, "seen before");
    }
    for (RepositoryEvent event : events) {
      log.debug("webhook: {}", event);
      receiver.accept(event);
    }
    return new Answer(202, events.isEmpty() ? "nothing to do" : "queued");
  }

  private void answer(HttpServerRequest request, Answer answer) {
    if (answer.status() >= 400) {
      // Its cause is outside: the forge shows it beside the delivery.
      log.debug("webhook refused: {} {}", answer.status(), answer.text());
    }
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
    if (!request.isEnded() && request.version().compareTo(HttpVersion.HTTP_1_1) <= 0) {
      response.putHeader(HttpHeaders.CONNECTION, "close");
      closeSoon(request);
    }
    response.end(answer.text() + "\n");
  }

  /**
   * Drops what still comes of the body for a moment before closing: a sender that is cut off while
   * it writes would never read the answer.
   */
  private void closeSoon(HttpServerRequest request) {
    long timer = vertx.setTimer(LINGER.toMillis(), fired -> request.connection().close());
    request.exceptionHandler(gone -> vertx.cancelTimer(timer));
    request.handler(dropped -> {});
    request.endHandler(end -> {
      vertx.cancelTimer(timer);
      request.connection().close();
    });
  }
}
