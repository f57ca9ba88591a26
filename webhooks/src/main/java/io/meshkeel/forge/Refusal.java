package io.meshkeel.forge;

import io.meshkeel.report.ForgeException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns an answer that isn't a good one into a failure. */
final class Refusal {
  /** Longest part of the forge's own message that is repeated, in characters. */
  static final int MAX_SAID = 200;

  /** Longest wait taken over from {@code Retry-After}. */
  static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

  private Refusal() {}

  static ForgeException of(String call, HttpResponse<String> response, String token, Instant now) {
    int status = response.statusCode();
    boolean retryable = status == 408 || status == 429 || status >= 500;
    Optional<Duration> wait =
        retryable
            ? response.headers().firstValue("Retry-After").flatMap(value -> wait(value, now))
            : Optional.empty();
    String said = said(response.body(), token);
    return new ForgeException(
        call
            + " was answered with "
            + status
            + (said.isEmpty() ? "" : " (" + said + ")")
            + advice(status),
        retryable,
        orNull(wait),
        null);
  }

  private static @Nullable Duration orNull(Optional<Duration> wait) {
    return wait.isPresent() ? wait.get() : null;
  }

  private static String advice(int status) {
    return switch (status) {
      case 301, 302, 307, 308 -> ": set the forge's address to where it redirects";
      case 401 -> ": the token is wrong or was revoked";
      case 403 -> ": the token needs the scope write:repository and write access";
      case 404 -> ": the repository or commit doesn't exist, or the token may not see it";
      case 429 -> ": the forge asks to slow down";
      default -> "";
    };
  }

  /** Seconds or a date, as RFC 9110 has it. */
  private static Optional<Duration> wait(String value, Instant now) {
    Duration wait;
    try {
      wait = Duration.ofSeconds(Long.parseLong(value.strip()));
    } catch (NumberFormatException notSeconds) {
      try {
        wait =
            Duration.between(
                now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      } catch (DateTimeException notADate) {
        return Optional.empty();
      }
    }
    if (wait.isNegative()) {
      wait = Duration.ZERO;
    }
    return Optional.of(wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait);
  }

  /** Gitea's own message on one line, without the token. */
  private static String said(String body, String token) {
    Object message;
    try {
      message = new JsonObject(body).getValue("message");
    } catch (DecodeException notJson) {
      return "";
    }
    if (!(message instanceof String text)) {
      return "";
    }
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (!token.isEmpty()) {
      line = line.replace(token, "…");
    }
    return line.length() > MAX_SAID ? line.substring(0, MAX_SAID) + "…" : line;
  }
}
