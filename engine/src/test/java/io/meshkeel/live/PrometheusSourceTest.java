package io.meshkeel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import io.meshkeel.live.PrometheusSource.Server;
import io.meshkeel.model.TrafficEdge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against answers in the form that Prometheus documents. */
class PrometheusSourceTest {
  private static final String EMPTY =
      """
      {"status":"success","data":{"resultType":"vector","result":[]}}\
      """;
  private static final String VECTOR =
      """
      {"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"reporter":"source","source_workload":"web","source_workload_namespace":"shop",
          "destination_workload":"api","destination_workload_namespace":"shop",
          "destination_service":"api.shop.svc.cluster.local","request_protocol":"http"},
         "value":[1732286400.123,"%s"]}]}}\
      """;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String other = EMPTY;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/prom/api/v1/query",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String query = URLDecoder.decode(body, StandardCharsets.UTF_8);
          asked.add(exchange.getRequestMethod() + " " + query);
          String answer = other;
          if (query.contains("response_code")) {
            answer = status == 200 ? VECTOR.formatted("0.5") : answer;
          } else if (query.contains("istio_requests_total")) {
            answer = status == 200 && other.equals(EMPTY) ? VECTOR.formatted("12.5") : answer;
          } else if (query.contains("0.99")) {
            answer = VECTOR.formatted("NaN");
          } else if (query.contains("0.5")) {
            answer = VECTOR.formatted("42");
          }
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<Server> servers() {
    return List.of(
        new Server(
            "east", URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prom")));
  }

  @Test
  void aFewPostQueriesTellTheEdges() throws Exception {
    List<TrafficEdge> edges = PrometheusSource.edges(servers());
    assertThat(edges).hasSize(1);
    TrafficEdge edge = edges.getFirst();
    assertThat(edge.source()).hasToString("east/shop/web");
    assertThat(edge.figures().requests()).isEqualTo(12.5);
    assertThat(edge.figures().errors()).isEqualTo(0.5);
    assertThat(edge.figures().p50()).hasValue(42);
    assertThat(edge.figures().p99()).isEmpty();
    assertThat(asked).hasSize(6).allMatch(line -> line.startsWith("POST query="));
  }

  @Test
  void queriesNameTheWindowAndLeaveNoPlaceholder() {
    assertThat(PrometheusSource.queries(Duration.ofMinutes(1)).values())
        .hasSize(6)
        .allSatisfy(query -> assertThat(query).contains("[60s]").doesNotContain("%"));
  }

  @Test
  void rubbishIsNamedWithTheServerThatSaidIt() {
    for (String rubbish :
        List.of("<html>", "[]", "{\"status\":\"error\"}", VECTOR.formatted("many"))) {
      other = rubbish;
      assertThatIOException()
          .as(rubbish)
          .isThrownBy(() -> PrometheusSource.edges(servers()))
          .withMessageStartingWith("the Prometheus at http://127.0.0.1:")
          .withMessageContaining("answers");
    }
  }

  @Test
  void aServerThatSaysNoOrIsAwayIsNamed() {
    status = 503;
    assertThatIOException()
        .isThrownBy(() -> PrometheusSource.edges(servers()))
        .withMessageContaining("says 503 to a query");
    assertThatIOException()
        .isThrownBy(
            () -> PrometheusSource.edges(List.of(new Server("", URI.create("http://127.0.0.1:1")))))
        .withMessageContaining("can't be asked");
  }
}
