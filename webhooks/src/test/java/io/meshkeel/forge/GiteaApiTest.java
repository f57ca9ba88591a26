package io.meshkeel.forge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.meshkeel.model.Revision;
import io.meshkeel.report.ForgeException;
import io.meshkeel.testbed.Patience;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A forge that misbehaves. */
class GiteaApiTest {
  private static final String TOKEN = "verysecrettoken";
  private static final Revision COMMIT = new Revision("a".repeat(40));
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final int MOST = 2_000;

  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch stall = new CountDownLatch(1);
  private int status = 200;
  private String body = "{}";
  private boolean stalls;
  private HttpServer server;
  private GiteaForge forge;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          headers.forEach(exchange.getResponseHeaders()::set);
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, stalls ? bytes.length + 1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.getResponseBody().flush();
          if (stalls) {
            try {
              stall.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.close();
        });
    server.start();
    forge = forge(() -> TOKEN);
  }

  private GiteaForge forge(java.util.function.Supplier<String> token) {
    return forge(token, Patience.LIMIT);
  }

  private GiteaForge forge(java.util.function.Supplier<String> token, Duration patience) {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new GiteaForge(
        new GiteaApi(base, token, patience, MOST, Clock.fixed(NOW, ZoneOffset.UTC)),
        new RepositoryPath("o", "n"));
  }

  @AfterEach
  void stop() {
    stall.countDown();
    forge.close();
    server.stop(0);
  }

  private ForgeException failure() {
    ForgeException failure =
        catchThrowableOfType(ForgeException.class, () -> forge.statuses(COMMIT));
    assertThat(failure).isNotNull();
    assertThat(String.valueOf(failure.getMessage())).doesNotContain(TOKEN);
    return failure;
  }

  @ParameterizedTest
  @CsvSource({
    "408, true",
    "429, true",
    "500, true",
    "502, true",
    "503, true",
    "400, false",
    "401, false",
    "403, false",
    "404, false",
    "409, false",
    "422, false",
    "301, false"
  })
  void aStatusSaysWhetherToTryAgain(int answered, boolean again) {
    status = answered;
    headers.put("Location", "http://elsewhere.example.com/");

    assertThat(failure().retryable()).isEqualTo(again);
    assertThat(asked).hasSize(1).first().asString().endsWith("token " + TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "7, PT7S",
    "0, PT0S",
    "-5, PT0S",
    "999999, PT1H",
    "'Sun, 22 Nov 2026 12:01:00 GMT', PT1M",
    "'Sun, 22 Nov 2026 11:00:00 GMT', PT0S"
  })
  void theForgeSaysHowLongToWait(String value, Duration expected) {
    status = 429;
    headers.put("Retry-After", value);

    assertThat(failure().retryAfter()).contains(expected);
  }

  @Test
  void aWaitThatCannotBeReadIsLeftOut() {
    status = 503;
    headers.put("Retry-After", "soon");

    assertThat(failure().retryAfter()).isEmpty();
  }

  @Test
  void anAnswerThatStopsToArriveIsGivenUp() {
    stalls = true;
    forge = forge(() -> TOKEN, Duration.ofMillis(300));

    ForgeException failure = failure();

    assertThat(failure.retryable()).isTrue();
    assertThat(failure).hasMessageContaining("did not answer within");
  }

  @Test
  void anAnswerThatIsTooLongIsAFailure() {
    body = "{\"statuses\": [" + " ".repeat(MOST) + "]}";

    assertThat(failure().retryable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"statuses\": {}}",
        "{\"statuses\": [1]}",
        "{\"statuses\": [{\"context\": 1}]}",
        "{\"statuses\": [{\"context\": \"a\"}]}"
      })
  void anAnswerThatIsNoGiteasIsRefusedForGood(String answered) {
    body = answered;

    assertThat(failure().retryable()).isFalse();
  }

  @Test
  void theForgesOwnMessageIsRepeatedOnOneLineWithoutTheToken() {
    status = 422;
    body = "{\"message\": \"no\\n\\u0007 " + TOKEN + " " + "x".repeat(500) + "\"}";

    assertThat(failure().getMessage()).contains("(no … xx").hasSizeLessThan(400);
  }

  @Test
  void aListThatNeverEndsIsAFailure() {
    body =
        "{\"statuses\": [{\"context\":\"a\",\"status\":\"success\",\"description\":\"\",\"target_url\":\"\"}]}";

    assertThat(failure()).hasMessageContaining("doesn't end");
    assertThat(asked).hasSize(GiteaForge.MAX_PAGES);
  }

  @Test
  void theEndOfAListIsToldByItsTotal() throws Exception {
    headers.put("X-Total-Count", "1");
    body =
        "{\"statuses\": [{\"context\":\"a\",\"status\":\"warning\",\"description\":\"\",\"target_url\":\"not an address\"}]}";

    assertThat(forge.statuses(COMMIT)).hasSize(1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aForgeThatIsAwayIsAskedAgainLater() {
    server.stop(0);

    assertThat(failure().retryable()).isTrue();
  }

  @Test
  void aTokenWithALineBreakIsNotSentAndNotRepeated() {
    forge = forge(() -> TOKEN + "\r\nX-Evil: 1");

    assertThat(failure().retryable()).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void aTokenThatCannotBeReadMayBeThereLater() {
    forge =
        forge(() -> {
          throw new UncheckedIOException(new java.io.IOException("gone"));
        });

    assertThat(failure().retryable()).isTrue();
  }
}
