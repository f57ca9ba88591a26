package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.HttpServer;
import io.meshkeel.live.PrometheusServer;
import io.meshkeel.live.PrometheusSource;
import io.meshkeel.live.PrometheusSource.Observed;
import io.meshkeel.live.PrometheusSource.Part;
import io.meshkeel.testbed.IstioSeries;
import io.meshkeel.testbed.IstioSeries.Call;
import io.meshkeel.testbed.MetricsPage;
import io.meshkeel.testbed.MetricsPage.Series;
import io.meshkeel.testbed.Patience;
import io.meshkeel.testbed.Prometheus;
import io.meshkeel.testbed.SharedServers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Topology and metrics from two real Prometheuses, one a cluster, against what a hand reckons. */
class MonitorIT {
  private static final String API = "api.shop.svc.cluster.local";
  private static final Call WEB = new Call("east/shop/web", "west/shop/api-v1", API);
  private static final Call CANARY = new Call("east/shop/web", "west/shop/api-v2", API);
  private static final Call PLAIN = new Call("unknown", "west/shop/api-v2", API);
  private static final Call BATCH = new Call("east/shop/batch", "west/shop/api-v1", API);
  private static final Call ABROAD = new Call("east/shop/web", "unknown", "httpbin.org");
  private static final Call DATA =
      new Call("west/shop/api-v1", "west/shop/db", "db.shop.svc.cluster.local");

  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static Prometheus east;
  private static Prometheus west;

  @BeforeAll
  static void start() {
    east =
        scraping(
            new IstioSeries()
                .requests(WEB, "source", "", 200, 9)
                .requests(WEB, "source", "", 503, 1)
                .durations(WEB, "source", Map.of("25", 5.0, "50", 10.0))
                .requests(CANARY, "source", "", 200, 5)
                .durations(CANARY, "source", Map.of("50", 5.0))
                .requests(ABROAD, "source", "", 200, 2)
                .requests(ABROAD, "source", "", 500, 2)
                .durations(ABROAD, "source", Map.of("1000", 4.0))
                .and(new Series("pilot_xds_pushes", Map.of("type", "cds"), 3))
                .and(new Series("pilot_xds_pushes", Map.of("type", "eds"), 2))
                .and(new Series("pilot_xds_pushes", Map.of("type", "cds_senderr"), 0.5))
                .and(new Series("pilot_total_xds_rejects", Map.of("type", "cds"), 0.25))
                .and(new Series("pilot_xds", Map.of("version", "1.31.1"), 7, true))
                .and(convergence("0.1", 4))
                .and(convergence("0.5", 5))
                .and(convergence("+Inf", 5)));
    west =
        scraping(
            new IstioSeries()
                .requests(WEB, "destination", "mutual_tls", 200, 6)
                .requests(WEB, "destination", "none", 200, 2)
                .durations(WEB, "destination", Map.of("10", 8.0))
                .requests(CANARY, "destination", "mutual_tls", 200, 5)
                .durations(CANARY, "destination", Map.of("25", 5.0))
                .requests(PLAIN, "destination", "none", 200, 4)
                .durations(PLAIN, "destination", Map.of("100", 4.0))
                // The proxies of this caller are scraped by nobody.
                .requests(BATCH, "destination", "mutual_tls", 200, 3)
                .durations(BATCH, "destination", Map.of("5", 3.0))
                .bytes(DATA, "source", "", 100, 50)
                .bytes(DATA, "destination", "mutual_tls", 100, 50));
  }

  private static Series convergence(String bound, double perSecond) {
    return new Series("pilot_proxy_convergence_time_bucket", Map.of("le", bound), perSecond);
  }

  private static Prometheus scraping(IstioSeries series) {
    MetricsPage page =
        MetricsPage.start(series.all(), 12, Duration.ofMinutes(1), Duration.ofMinutes(5));
    OPEN.add(page);
    Prometheus prometheus = SharedServers.newPrometheus(Duration.ofMillis(250), page.target());
    OPEN.add(prometheus);
    page.awaitScraped(Patience.LIMIT);
    return prometheus;
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable open : OPEN.reversed()) {
      open.close();
    }
  }

  private static PrometheusServer server(String cluster, String url) {
    return new PrometheusServer(cluster, URI.create(url));
  }

  private static List<PrometheusServer> both() {
    return List.of(
        server("east", east.url().toString()), server("west", west.url().toString() + "/"));
  }

  private static Observed ask(PrometheusSource source, List<PrometheusServer> servers)
      throws InterruptedException {
    return source.ask(servers, Set.of(Part.values()), "");
  }

  private static Scene scene(List<PrometheusServer> servers) throws InterruptedException {
    try (PrometheusSource source = new PrometheusSource()) {
      return TestScene.ofMesh().scene().with(Optional.of(ask(source, servers).traffic()));
    }
  }

  private static List<Map<String, Object>> rows(Module<?> module, Scene scene) {
    return module.json(List.of(scene), Module.Filter.ALL);
  }

  private static Module<?> module(String name) {
    return Modules.find(name).orElseThrow();
  }

  @Test
  void edgesOfWorkloadsAreAsTheProxiesOfBothSidesToldThem() throws Exception {
    Scene scene = scene(both());
    assertThat(scene.trafficNotes()).isEmpty();
    assertThat(module("topology").table(List.of(scene), Module.Filter.ALL, false).lines())
        .containsExactly(
            List.of("unknown", "west/shop/api-v2", "http", "4.0", "0.0", "99.5", "0.0", "Healthy"),
            List.of(
                "east/shop/batch",
                "west/shop/api-v1",
                "http",
                "3.0",
                "0.0",
                "4.96",
                "100.0",
                "Healthy"),
            List.of("east/shop/web", "unknown", "http", "4.0", "50.0", "995.0", "", "Failing"),
            List.of(
                "east/shop/web",
                "west/shop/api-v1",
                "http",
                "10.0",
                "10.0",
                "49.5",
                "75.0",
                "Failing"),
            List.of(
                "east/shop/web",
                "west/shop/api-v2",
                "http",
                "5.0",
                "0.0",
                "49.75",
                "100.0",
                "Healthy"),
            List.of(
                "west/shop/api-v1", "west/shop/db", "tcp", "0.0", "0.0", "", "100.0", "Healthy"));
    assertThat(rows(module("topology"), scene).get(3))
        .contains(
            entry("p50", 25.0),
            entry("p90", 45.0),
            entry("service", API),
            entry("clusters", List.of("east", "west")));
    assertThat(rows(module("topology"), scene).getLast()).containsEntry("bytes", 150.0);
  }

  @Test
  void edgesOfServicesHoldThoseOfTheirWorkloads() throws Exception {
    Module<?> services = Modules.at(module("topology"), "service").orElseThrow();
    assertThat(services.table(List.of(scene(both())), Module.Filter.ALL, false).lines())
        .containsExactly(
            List.of("shop/api", "shop/db", "tcp", "0.0", "0.0", "", "100.0", "Healthy"),
            List.of("shop/batch", "shop/api", "http", "3.0", "0.0", "4.96", "100.0", "Healthy"),
            List.of("shop/web", "httpbin.org", "http", "4.0", "50.0", "995.0", "", "Failing"),
            List.of("shop/web", "shop/api", "http", "15.0", "6.667", "49.75", "83.333", "Degraded"),
            List.of("unknown", "shop/api", "http", "4.0", "0.0", "99.5", "0.0", "Healthy"));
  }

  @Test
  void figuresAreSumsOfEdgesAndLatencyIsTheServersOwn() throws Exception {
    List<Map<String, Object>> rows = rows(module("metrics"), scene(both()));
    assertThat(rows)
        .extracting(row -> row.get("scope") + " " + row.get("name"))
        .containsExactly(
            "mesh shop",
            "service " + API,
            "service db.shop.svc.cluster.local",
            "service httpbin.org",
            "workload east/shop/batch",
            "workload east/shop/web",
            "workload west/shop/api-v1",
            "workload west/shop/api-v2",
            "workload west/shop/db",
            "controlPlane east");
    assertThat(rows.getFirst())
        .contains(entry("requests", 26.0), entry("success", 88.462), entry("bytes", 150.0));
    assertThat(rows.get(1))
        .contains(
            entry("requests", 22.0),
            entry("success", 95.455),
            entry("p50", 9.375),
            entry("p90", 75.0),
            entry("p99", 97.5),
            entry("namespace", "shop"),
            entry("clusters", List.of("west")));
    assertThat(rows.get(3)).contains(entry("success", 50.0), entry("p50", 750.0));
    assertThat(rows.get(5)).contains(entry("requests", 0.0), entry("calls", 19.0));
    assertThat(rows.get(5)).doesNotContainKeys("success", "p50", "pushes");
    assertThat(rows.get(6))
        .contains(entry("requests", 13.0), entry("success", 92.308), entry("p50", 6.563));
    assertThat(rows.getLast())
        .contains(
            entry("pushes", 5.0),
            entry("pushErrors", 0.5),
            entry("rejects", 0.25),
            entry("proxies", 7.0),
            entry("p50", 62.5),
            entry("p99", 480.0));
  }

  @Test
  void onePrometheusOnTwoClustersOrNamedTwiceChangesNoFigure() throws Exception {
    List<PrometheusServer> twice = new ArrayList<>(both());
    twice.add(server("", east.url().toString()));
    Module<?> topology = module("topology");
    assertThat(rows(topology, scene(twice))).isEqualTo(rows(topology, scene(both())));
  }

  @Test
  void whatIsAwaySlowOrTalksRubbishLeavesANoteAndTheRowsOfTheOthers() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
    broken.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            end.await(10, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    broken.createContext(
        "/rubbish",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("no".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          exchange.close();
        });
    broken.start();
    String url = "http://127.0.0.1:" + broken.getAddress().getPort();
    List<PrometheusServer> servers =
        List.of(
            server("east", east.url().toString()),
            server("west", "http://127.0.0.1:1"),
            server("west", url + "/slow"),
            server("west", url + "/rubbish"));
    try (PrometheusSource source =
        new PrometheusSource(
            Duration.ofSeconds(10),
            PrometheusSource.DEFAULT_WINDOW,
            PrometheusSource.DEFAULT_MAX_BYTES)) {
      Observed observed = ask(source, servers);
      assertThat(observed.answered()).isTrue();
      assertThat(observed.traffic().notes())
          .containsExactly(
              "the Prometheus at http://127.0.0.1:1 can't be asked: no connection; nothing that it"
                  + " knows is shown",
              "the Prometheus at "
                  + url
                  + "/slow doesn't answer within 10000 ms; nothing that it knows is shown",
              "the Prometheus at "
                  + url
                  + "/rubbish answers what is no JSON; nothing that it knows is shown");
      Scene scene = TestScene.ofMesh().scene().with(Optional.of(observed.traffic()));
      assertThat(rows(module("topology"), scene))
          .extracting(row -> row.get("destination"))
          .containsExactly("unknown", "west/shop/api-v1", "west/shop/api-v2");
      assertThat(module("topology").notes(List.of(scene), Module.Filter.ALL)).hasSize(3);
      // Their servers don't tell how long they took, so their callers do.
      assertThat(rows(module("metrics"), scene).get(1)).containsEntry("p50", 31.25);
    } finally {
      end.countDown();
      broken.stop(0);
    }
  }
}
