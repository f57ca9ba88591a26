package io.meshkeel.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.meshkeel.live.PrometheusSource.Observed;
import io.meshkeel.live.PrometheusSource.Part;
import io.meshkeel.model.TrafficEdge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private static final String MATRIX =
      """
      {"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"reporter":"source","source_workload":"web","source_workload_namespace":"shop",
          "destination_workload":"api","destination_workload_namespace":"shop",
          "destination_service":"api.shop.svc.cluster.local","request_protocol":"http"},
         "values":[[0,"7"],[1,"42"],[3,"NaN"]]}]}}\
      """;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String other = EMPTY;
  private volatile String latencies = MATRIX;
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
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          if (status == 302) {
            exchange.getResponseHeaders().set("Location", "/prom/api/v1/query");
          }
          String answer = other;
          if (query.contains("response_code")) {
            answer = status == 200 ? VECTOR.formatted("0.5") : answer;
          } else if (query.contains("istio_requests_total")) {
            answer = status == 200 && other.equals(EMPTY) ? VECTOR.formatted("12.5") : answer;
          } else if (query.contains("histogram_quantile")) {
            answer = latencies;
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

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/prom";
  }

  private Observed ask(PrometheusServer server, int maxBytes) throws InterruptedException {
    try (PrometheusSource source =
        new PrometheusSource(Duration.ofSeconds(10), Duration.ofMinutes(5), maxBytes)) {
      return source.ask(List.of(server), Set.of(Part.VOLUME, Part.LATENCY), "now");
    }
  }

  private Observed ask() throws InterruptedException {
    return ask(new PrometheusServer("east", URI.create(url())), 1 << 20);
  }

  @Test
  void aFewPostQueriesTellTheEdges() throws Exception {
    Observed observed = ask();
    List<TrafficEdge> edges = observed.traffic().edges();
    assertThat(edges).hasSize(1);
    TrafficEdge edge = edges.getFirst();
    assertThat(edge.source()).hasToString("east/shop/web");
    assertThat(edge.figures().requests()).isEqualTo(12.5);
    assertThat(edge.figures().errors()).isEqualTo(0.5);
    assertThat(edge.figures().p50()).hasValue(42);
    assertThat(edge.figures().p90()).isEmpty();
    assertThat(edge.figures().p99()).isEmpty();
    assertThat(asked).hasSize(5).allMatch(line -> line.startsWith("POST timeout=10000ms&query="));
    assertThat(observed.traffic().taken()).isEqualTo("now");
  }

  @Test
  void queriesNameTheWindowAndLeaveNoPlaceholder() {
    PrometheusQueries queries = new PrometheusQueries(Duration.ofMinutes(1));
    assertThat(
            List.of(
                queries.requests(),
                queries.errors(),
                queries.bytes(),
                queries.quantiles(false).getFirst(),
                queries.quantiles(false).getLast(),
                queries.quantiles(true).getFirst(),
                queries.served(false),
                queries.served(true),
                queries.controlPlanes()))
        .allSatisfy(query -> assertThat(query).contains("[60s]").doesNotContain("%"));
  }

  @Test
  void rubbishIsNamedWithTheServerThatSaidIt() throws Exception {
    for (String rubbish :
        List.of(
            "<html>",
            "[]",
            "",
            "null",
            "{\"status\":\"error\"}",
            "{\"status\":\"success\",\"data\":[]}",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[1]}}",
            VECTOR.formatted("many"))) {
      other = rubbish;
      Observed observed = ask();
      assertThat(observed.answered()).as(rubbish).isFalse();
      assertThat(observed.traffic().notes())
          .as(rubbish)
          .singleElement()
          .asString()
          .startsWith("the Prometheus at http://127.0.0.1:")
          .contains(" answers ");
    }
  }

  @Test
  void latenciesThatAreNoneLeaveANoteAndTheRestOfTheEdge() throws Exception {
    for (String rubbish :
        List.of(
            EMPTY,
            MATRIX.replace("matrix", "scalar"),
            MATRIX.replace("[1,\"42\"]", "1"),
            MATRIX.replace("[1,\"42\"]", "[\"1\",\"42\"]"),
            MATRIX.replace("[1,\"42\"]", "[1,42]"))) {
      latencies = rubbish;
      Observed observed = ask();
      assertThat(observed.traffic().edges())
          .singleElement()
          .satisfies(edge -> {
            assertThat(edge.figures().requests()).isEqualTo(12.5);
            assertThat(edge.figures().p50()).isEmpty();
          });
      assertThat(observed.traffic().notes())
          .as(rubbish)
          .containsExactly(
              "the Prometheus at "
                  + url()
                  + " answers what is no matrix of samples; some latencies that it knows are not"
                  + " shown");
    }
  }

  @Test
  void aServerThatSaysNoIsNamedWithTheKindOfItsReason() throws Exception {
    status = 503;
    assertThat(ask().traffic().notes())
        .containsExactly(
            "the Prometheus at " + url() + " says 503 to a query; nothing that it knows is shown");
    other = "{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"a secret\"}";
    assertThat(ask().traffic().notes())
        .singleElement()
        .asString()
        .contains("says 503 to a query (timeout)")
        .doesNotContain("secret");
  }

  @Test
  void anAnswerThatIsTooLargeIsNotTaken() throws Exception {
    assertThat(ask(new PrometheusServer("east", URI.create(url())), 100).traffic().notes())
        .singleElement()
        .asString()
        .contains("answers more than 100 bytes");
  }

  @Test
  void aCredentialIsSentAndARedirectionIsNotFollowed() throws Exception {
    status = 302;
    Observed observed =
        ask(
            new PrometheusServer("", URI.create(url()), () -> Optional.of("Bearer treasure")),
            1 << 20);
    assertThat(authorizations).contains("Bearer treasure").doesNotContain("");
    assertThat(asked).hasSizeLessThanOrEqualTo(5);
    assertThat(observed.traffic().notes())
        .singleElement()
        .asString()
        .contains("says 302 to a query")
        .doesNotContain("treasure");
  }

  @Test
  void aCredentialThatIsNotThereIsSaid() throws Exception {
    PrometheusServer server =
        new PrometheusServer(
            "",
            URI.create(url()),
            () -> {
              throw new IOException("there is no credential 'east'");
            });
    assertThat(ask(server, 1 << 20).traffic().notes())
        .singleElement()
        .asString()
        .contains("can't be asked: there is no credential 'east'");
    assertThat(asked).isEmpty();
  }

  @Test
  void warningsAreSaid() throws Exception {
    other =
        """
        {"status":"success","warnings":["one store is away"],
         "data":{"resultType":"vector","result":[]}}\
        """;
    assertThat(ask().traffic().notes())
        .containsExactly(
            "the Prometheus at " + url() + " warns that its answers may be incomplete");
  }
}
