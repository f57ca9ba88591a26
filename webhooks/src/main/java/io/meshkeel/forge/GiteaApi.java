package io.meshkeel.forge;

import io.meshkeel.report.ForgeException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one Gitea, bounded in time and size; every failure is a {@link ForgeException} that
 * holds neither the token nor more of the answer than Gitea's own one-line message. Any thread that
 * may block. Redirects are not followed: the token goes to the configured address only.
 */
public final class GiteaApi implements AutoCloseable {
  /** Longest time to connect. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Longest time from a call to the last byte of its answer. */
  public static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(15);

  /** Longest answer, in bytes: a page of 50 pull requests takes about 1 MiB. */
  public static final int DEFAULT_MAX_ANSWER_BYTES = 8 * 1024 * 1024;

  private final URI base;
  private final Supplier<String> token;
  private final Duration callTimeout;
  private final int maxAnswerBytes;
  private final Clock clock;
  private final HttpClient http;

  /**
   * @param base address of the Gitea, for example {@code https://gitea.example.com}; {@code
   *     /api/v1} is added
   * @param token asked before each call, so that it can be rotated; empty means none; may throw
   *     {@link UncheckedIOException}
   */
  public GiteaApi(URI base, Supplier<String> token) {
    this(base, token, DEFAULT_CALL_TIMEOUT, DEFAULT_MAX_ANSWER_BYTES, Clock.systemUTC());
  }

  GiteaApi(
      URI base, Supplier<String> token, Duration callTimeout, int maxAnswerBytes, Clock clock) {
    String text = base.toString();
    this.base = URI.create((text.endsWith("/") ? text : text + "/") + "api/v1");
    this.token = token;
    this.callTimeout = callTimeout;
    this.maxAnswerBytes = maxAnswerBytes;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(DEFAULT_CONNECT_TIMEOUT)
            .build();
  }

  /**
   * A good answer.
   *
   * @param body what it says
   * @param totalCount items of the whole list; the largest number if Gitea didn't say
   */
  record Answer(String body, long totalCount) {
    JsonObject object() throws ForgeException {
      try {
        return new JsonObject(body);
      } catch (DecodeException e) {
        throw unreadable("it is no JSON object");
      }
    }

    List<JsonObject> objects() throws ForgeException {
      try {
        return GiteaApi.objects(new JsonArray(body), "list");
      } catch (DecodeException e) {
        throw unreadable("it is no JSON array");
      }
    }
  }

  Answer get(String path, String query) throws ForgeException {
    return call("GET", path, URI.create(base + path + "?" + query), null);
  }

  Answer post(String path, JsonObject body) throws ForgeException {
    return call("POST", path, URI.create(base + path), body);
  }

  private Answer call(String method, String path, URI address, @Nullable JsonObject body)
      throws ForgeException {
    String secret = secret();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", "application/json");
    if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new ForgeException(
          "the token holds characters that no token has: check the file it is read from",
          false,
          null,
          null);
    }
    if (!secret.isEmpty()) {
      request.header("Authorization", "token " + secret);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
    HttpResponse<String> response = send(request.build(), method + " " + path);
    if (response.statusCode() / 100 == 2) {
      return new Answer(
          response.body(),
          response.headers().firstValueAsLong("X-Total-Count").orElse(Long.MAX_VALUE));
    }
    throw Refusal.of(method + " " + path, response, secret, clock.instant());
  }

  private String secret() throws ForgeException {
    String secret;
    try {
      secret = token.get();
    } catch (UncheckedIOException e) {
      throw new ForgeException(String.valueOf(e.getMessage()), true, null, e);
    }
    if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new ForgeException(
          "the token holds characters that no token has: check the file it is read from",
          false,
          null,
          null);
    }
    return secret;
  }

  private HttpResponse<String> send(HttpRequest request, String call) throws ForgeException {
    // The client's own time-out ends with the headers; this one covers the body too.
    CompletableFuture<HttpResponse<String>> pending =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), maxAnswerBytes));
    try {
      return pending.get(callTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw new ForgeException(
          call + ": " + base + " did not answer within " + callTimeout, true, null, null);
    } catch (ExecutionException e) {
      throw new ForgeException(call + ": " + why(e.getCause()), true, null, e.getCause());
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new ForgeException(call + ": interrupted", true, null, e);
    }
  }

  private String why(@Nullable Throwable cause) {
    String said =
        cause instanceof IOException && cause.getMessage() != null
            ? cause.getMessage()
            : String.valueOf(cause);
    return base + " can't be asked: " + said;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** The items of an array that holds objects only; none for null, as Go writes an empty list. */
  static List<JsonObject> objects(@Nullable Object value, String name) throws ForgeException {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)) {
      throw unreadable(name + " is no array");
    }
    List<JsonObject> objects = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (!(array.getValue(i) instanceof JsonObject object)) {
        throw unreadable(name + "[" + i + "] is no object");
      }
      objects.add(object);
    }
    return objects;
  }

  static JsonObject object(JsonObject parent, String name) throws ForgeException {
    if (parent.getValue(name) instanceof JsonObject object) {
      return object;
    }
    throw unreadable(name + " is no object");
  }

  static String string(JsonObject parent, String name) throws ForgeException {
    if (parent.getValue(name) instanceof String string) {
      return string;
    }
    throw unreadable(name + " is no string");
  }

  static long number(JsonObject parent, String name) throws ForgeException {
    Object value = parent.getValue(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw unreadable(name + " is no whole number");
  }

  private static ForgeException unreadable(String what) {
    return new ForgeException(
        "the answer of the forge can't be read: "
            + what
            + ". Does the configured address belong to a Gitea?",
        false,
        null,
        null);
  }
}
