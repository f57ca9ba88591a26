package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshkeel.policy.UnansweredException.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that a real OPA seldom gives. */
final class OpaDecisionsTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicReference<String> authorization = new AtomicReference<>("");
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private HttpServer server = newServer();

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Reply {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private OpaDecisions answering(Reply reply, Duration timeout) {
    server.createContext(
        "/",
        exchange -> {
          authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
          asked.set(
              exchange.getRequestURI()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          try (exchange) {
            reply.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return at(server.getAddress().getPort(), timeout);
  }

  private OpaDecisions at(int port, Duration timeout) {
    return new OpaDecisions(
        URI.create("http://127.0.0.1:" + port),
        "the-token",
        timeout,
        HttpClient.newBuilder().executor(threads).build(),
        threads);
  }

  private OpaDecisions answering(int status, String body) {
    return answering(
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
        },
        Duration.ofSeconds(60));
  }

  private static UnansweredException failure(OpaDecisions decisions) {
    return catchThrowableOfType(
        UnansweredException.class, () -> decisions.ask("a/b", Map.of("x", 1)));
  }

  @Test
  void anOpaThatDiesWhileItAnswersIsAnError() {
    OpaDecisions decisions =
        answering(
            exchange -> {
              byte[] half = "{\"result\": {\"rul".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, 1_000);
              exchange.getResponseBody().write(half);
              exchange.getResponseBody().flush();
              server.stop(0);
            },
            Duration.ofSeconds(60));
    assertThat(failure(decisions).reason()).isEqualTo(Cause.UNREACHABLE);
  }

  @Test
  void theResultIsTheAnswer() throws Exception {
    assertThat(answering(200, "{\"result\": {\"a\": [1]}}").ask("a/b", Map.of("x", 1)).path("a"))
        .hasSize(1);
    assertThat(asked.get()).isEqualTo("/v1/data/a/b {\"input\":{\"x\":1}}");
    assertThat(authorization.get()).isEqualTo("Bearer the-token");
  }

  @Test
  void anUndefinedDecisionIsAnError() {
    UnansweredException failure = failure(answering(200, "{}"));
    assertThat(failure.reason()).isEqualTo(Cause.UNDEFINED);
    assertThat(failure.isCuredByRestart()).isTrue();
  }

  @Test
  void anErrorShowsItsBody() {
    UnansweredException failure =
        failure(answering(500, "{\"code\": \"internal_error\",\n \"message\": \"eval_conflict\"}"));
    assertThat(failure.reason()).isEqualTo(Cause.REFUSED);
    assertThat(failure).hasMessageContaining("HTTP 500").hasMessageContaining("eval_conflict");
    assertThat(failure.isCuredByRestart()).isFalse();
  }

  @Test
  void aHugeErrorBodyIsCut() {
    assertThat(String.valueOf(failure(answering(500, "x".repeat(1 << 20))).getMessage()).length())
        .isLessThan(2 * OpaRest.MAX_ERROR_BYTES);
  }

  @Test
  void aWrongTokenIsAnError() {
    assertThat(failure(answering(401, "{\"code\": \"unauthorized\"}")))
        .hasMessageContaining("HTTP 401");
  }

  @Test
  void anAnswerThatIsNoJsonIsAnError() {
    assertThat(failure(answering(200, "<html>")).reason()).isEqualTo(Cause.UNTRUSTED);
  }

  @Test
  void silenceIsATimeOut() {
    OpaDecisions silent = answering(exchange -> end.await(), Duration.ofMillis(200));
    UnansweredException failure = failure(silent);
    assertThat(failure.reason()).isEqualTo(Cause.TIMEOUT);
    assertThat(failure).hasMessageContaining("200 ms");
  }

  @Test
  void anAnswerThatNeverEndsIsATimeOut() {
    OpaDecisions endless =
        answering(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("{\"result\": [".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              end.await();
            },
            Duration.ofMillis(300));
    assertThat(failure(endless).reason()).isEqualTo(Cause.TIMEOUT);
  }

  @Test
  void aRefusedConnectionIsAnError() {
    server.stop(0);
    UnansweredException failure =
        failure(at(server.getAddress().getPort(), Duration.ofSeconds(60)));
    assertThat(failure.reason()).isEqualTo(Cause.UNREACHABLE);
    assertThat(failure.isCuredByRestart()).isTrue();
  }
}
