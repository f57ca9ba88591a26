package io.meshkeel.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ProxySync;
import io.meshkeel.model.ProxySync.Count;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against answers in the form that istiod gives. */
class IstiodSourceTest {
  private static final String TOLD =
      """
      [{"cluster_id": "west", "proxy": "web-1.shop", "cluster_sent": "a", "cluster_acked": "a",
        "listener_sent": "b", "listener_acked": "b"},
       {"cluster_id": "west", "proxy": "web-2.shop", "route_sent": "b", "route_acked": "a"},
       {"cluster_id": "west", "proxy": "web-3.shop",
        "resources": {"type.googleapis.com/x": {"sent": "b", "lastError": "no"}}},
       {"cluster_id": "east", "proxy": "gate-1.edge",
        "resources": {"type.googleapis.com/x": {"sent": "b", "acked": "b"}}}]
      """;

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = TOLD;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/istiod/debug/syncz",
        exchange -> {
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.createContext(
        "/slow/debug/syncz",
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private IstiodServer at(String path, PrometheusServer.Credential credential) {
    return new IstiodServer(
        new ClusterName("east"),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
        credential);
  }

  private static ProxySync ask(IstiodServer... servers) throws InterruptedException {
    try (IstiodSource source = new IstiodSource(Duration.ofSeconds(2), 4096)) {
      return source.ask(List.of(servers));
    }
  }

  @Test
  void proxiesAreCountedByClusterAndOneThatOwesAnAnswerIsNotInSync() throws Exception {
    ProxySync told = ask(at("/istiod", () -> Optional.of("Bearer x")));

    assertThat(told.notes()).isEmpty();
    assertThat(told.istiods())
        .containsExactly(
            new ProxySync.OfIstiod(
                new ClusterName("east"), Map.of("west", new Count(3, 1), "east", new Count(1, 1))));
    assertThat(authorizations).containsExactly("Bearer x");
  }

  @Test
  void anIstiodWithoutProxiesTellsOfNone() throws Exception {
    body = "[]";
    assertThat(ask(at("/istiod/", PrometheusServer.Credential.NONE)).istiods())
        .singleElement()
        .satisfies(istiod -> assertThat(istiod.proxies()).isEmpty());
  }

  @Test
  void oneThatIsAwayOrSlowLeavesANoteAndTheOthersTell() throws Exception {
    IstiodServer away =
        new IstiodServer(
            new ClusterName("north"),
            URI.create("http://127.0.0.1:1"),
            PrometheusServer.Credential.NONE);
    ProxySync told =
        ask(
            away,
            at("/slow", PrometheusServer.Credential.NONE),
            at("/istiod", PrometheusServer.Credential.NONE));

    assertThat(told.istiods()).hasSize(1);
    assertThat(told.notes())
        .hasSize(2)
        .first()
        .isEqualTo(
            "the istiod at http://127.0.0.1:1 can't be asked: no connection; of its proxies nothing"
                + " is known");
    assertThat(told.notes().getLast()).contains("/slow doesn't answer within 2000 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "{}", "[1]", "[{}]", "[{\"proxy\": 1}]", "[{\"proxy\": \"a\"}"})
  void rubbishIsNoAnswer(String rubbish) throws Exception {
    body = rubbish;
    ProxySync told = ask(at("/istiod", PrometheusServer.Credential.NONE));
    assertThat(told.istiods()).isEmpty();
    assertThat(told.notes())
        .singleElement()
        .asString()
        .contains("/istiod answers what is no ", "; of its proxies nothing is known");
  }

  @Test
  void aRefusalAndTooMuchAreTold() throws Exception {
    status = 401;
    assertThat(ask(at("/istiod", PrometheusServer.Credential.NONE)).notes())
        .singleElement()
        .asString()
        .contains("says 401 to /debug/syncz");
    status = 200;
    body = " ".repeat(5000);
    assertThat(ask(at("/istiod", PrometheusServer.Credential.NONE)).notes())
        .singleElement()
        .asString()
        .contains("answers more than 4096 bytes");
    assertThat(
            ask(at(
                    "/istiod",
                    () -> {
                      throw new IOException("there is no credential 'x'");
                    }))
                .notes())
        .singleElement()
        .asString()
        .contains("can't be asked: there is no credential 'x'");
  }
}
