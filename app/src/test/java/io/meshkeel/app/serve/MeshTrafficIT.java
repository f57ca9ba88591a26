package io.meshkeel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshkeel.app.http.ModuleApi;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.live.PrometheusSource;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Inventory;
import io.meshkeel.testbed.IstioSeries;
import io.meshkeel.testbed.IstioSeries.Call;
import io.meshkeel.testbed.MetricsPage;
import io.meshkeel.testbed.MetricsPage.Series;
import io.meshkeel.testbed.Patience;
import io.meshkeel.testbed.Prometheus;
import io.meshkeel.testbed.ServerBinary;
import io.meshkeel.testbed.SharedServers;
import io.meshkeel.view.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Mesh declares, asked of a real Prometheus that wants a password. */
class MeshTrafficIT {
  private static final String TREASURE = "a-treasure-nobody-may-see";

  /** bcrypt of the treasure, with 2^5 rounds. */
  private static final String HASH = "$2b$05$abcdefghijklmnopqrstuullWIVorw9fiTDJjW9Jnno8au9lvjYuW";

  private static final Call WEB =
      new Call("east/shop/web", "east/shop/api", "api.shop.svc.cluster.local");
  private static final Call DATA =
      new Call("east/shop/api", "east/shop/db", "db.shop.svc.cluster.local");

  @TempDir private static Path folder;
  private static MetricsPage page;
  private static Prometheus prometheus;

  /** A clock that stands until it is moved. */
  private static final class Standing extends Clock {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeAll
  static void start() {
    page =
        MetricsPage.start(
            new IstioSeries()
                .requests(WEB, "source", "", 200, 8)
                .durations(WEB, "destination", Map.of("10", 4.0, "25", 8.0))
                .bytes(DATA, "source", "", 100, 50)
                .and(new Series("pilot_xds_pushes", Map.of("type", "cds"), 5))
                .and(new Series("pilot_total_xds_rejects", Map.of("type", "cds"), 0.25))
                .and(new Series("pilot_xds", Map.of("version", "1.31.1"), 7, true))
                .and(convergence("0.1", 4))
                .and(convergence("0.5", 5))
                .and(convergence("+Inf", 5))
                .all(),
            12,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));
    prometheus =
        Prometheus.start(
            SharedServers.binaries().get(ServerBinary.PROMETHEUS),
            SharedServers.folder(SharedServers.newName("prometheus")),
            Duration.ofMillis(250),
            List.of(page.target()),
            HASH);
    page.awaitScraped(Patience.LIMIT);
  }

  private static Series convergence(String bound, double perSecond) {
    return new Series("pilot_proxy_convergence_time_bucket", Map.of("le", bound), perSecond);
  }

  @AfterAll
  static void stop() {
    prometheus.close();
    page.close();
  }

  private static List<Scene> scenes(String credential) throws IOException {
    Path root = Files.createTempDirectory(folder, "repository");
    Path mesh = Files.createDirectories(root.resolve("meshes/shop")).resolve("mesh.yaml");
    Files.writeString(
        mesh,
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec:
          istioVersion: "1.31"
          observability:
            prometheus:
              - {cluster: east, url: "%s", credential: %s}
              - {url: "http://127.0.0.1:1"}
            grafana: {url: "https://grafana.example.com/base/"}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: east}
        spec: {role: ControlPlane, credential: east}
        """
            .formatted(prometheus.url(), credential));
    Declarations declarations = new DeclarationReader().read(DirectorySnapshot.of(root));
    assertThat(declarations.problems()).isEmpty();
    return Scene.all(declarations, Inventory.NONE);
  }

  private static MeshTraffic traffic(Clock clock) throws IOException {
    Path file = Files.writeString(folder.resolve("monitor"), "mesh:" + TREASURE + "\n");
    return new MeshTraffic(
        new PrometheusSource(), new QuestionCredentials(Map.of("monitor", file))::of, clock);
  }

  @Test
  void theApiShowsWhatTheDeclaredPrometheusKnowsAndSaysWhatIsAway() throws Exception {
    List<Scene> scenes = scenes("monitor");
    try (MeshTraffic traffic = traffic(Clock.systemUTC())) {
      ModuleApi api = new ModuleApi(() -> scenes, traffic);
      assertThat(api.get("topology", Map.of("output", "table")).body())
          .contains("east/shop/web   east/shop/api   http       8.0")
          .contains("# the Prometheus at http://127.0.0.1:1 can't be asked: no connection");
      assertThat(api.get("topology", Map.of("by", "service", "output", "table")).body())
          .contains("shop/web   shop/api");
      assertThat(api.get("metrics", Map.of()).body())
          .contains(
              "\"scope\" : \"service\"",
              "\"requests\" : 8,",
              "https://grafana.example.com/base/d/3ce50c812b834468cea4e52a35e02f35"
                  + "/istio-service-dashboard?var-service=api.shop.svc.cluster.local");
      assertThat(api.get("metrics", Map.of("by", "service")).status()).isEqualTo(400);
      assertThat(api.get("topology", Map.of("by", "pod")).status()).isEqualTo(400);
      assertThat(api.get("topology", Map.of("mesh", "other")).body()).contains("\"notes\" : [ ]");
    }
  }

  @Test
  void metricsShowEveryFigureOfMeshServiceWorkloadAndControlPlane() throws Exception {
    List<Scene> scenes = scenes("monitor");
    try (MeshTraffic traffic = traffic(Clock.systemUTC())) {
      ModuleApi api = new ModuleApi(() -> scenes, traffic);
      assertThat(api.get("metrics", Map.of("output", "table")).body().lines())
          .map(MeshTrafficIT::words)
          .contains(
              "SCOPE NAME REQUESTS SUCCESS P50 P90 P99 BYTES PUSHES REJECTS",
              "mesh shop 8.0 100.0 10.0 22.0 24.7 150.0 - -",
              "service api.shop.svc.cluster.local 8.0 100.0 10.0 22.0 24.7 0.0 - -",
              "service db.shop.svc.cluster.local 0.0 - - - - 150.0 - -",
              "workload east/shop/api 8.0 100.0 10.0 22.0 24.7 0.0 - -",
              "controlPlane east - - 62.5 300.0 480.0 - 5.0 0.25");
      assertThat(api.get("metrics", Map.of("output", "wide")).body().lines())
          .map(MeshTrafficIT::words)
          .anyMatch(line ->
              line.startsWith(
                  "controlPlane east - - 62.5 300.0 480.0 - 5.0 0.25 - 0.0 7.0 https://"))
          .anyMatch(line ->
              line.startsWith("workload east/shop/web 0.0 - - - - 0.0 - - 8.0 - - https://"));
      for (String output : List.of("json", "yaml")) {
        List<JsonNode> rows = rows(api.get("metrics", Map.of("output", output)).body());
        assertThat(rows)
            .extracting(row -> row.path("scope").asText() + " " + row.path("name").asText())
            .startsWith("mesh shop")
            .contains("workload east/shop/db")
            .endsWith("controlPlane east");
        assertThat(rows)
            .filteredOn(row -> row.path("name").asText().matches("shop|api.*|east/shop/api"))
            .hasSize(3)
            .allSatisfy(row -> {
              assertThat(row.path("requests").asDouble()).isEqualTo(8);
              assertThat(row.path("success").asDouble()).isEqualTo(100);
              assertThat(row.path("p50").asDouble()).isEqualTo(10);
              assertThat(row.path("p90").asDouble()).isEqualTo(22);
              assertThat(row.path("p99").asDouble()).isEqualTo(24.7);
            });
        assertThat(rows.getFirst().path("bytes").asDouble()).isEqualTo(150);
        assertThat(rows.getLast().path("p90").asDouble()).isEqualTo(300);
        assertThat(rows.getLast().path("pushes").asDouble()).isEqualTo(5);
        assertThat(rows.getLast().path("rejects").asDouble()).isEqualTo(0.25);
      }
    }
  }

  private static String words(String line) {
    return line.strip().replaceAll(" +", " ");
  }

  private static List<JsonNode> rows(String document) throws IOException {
    return new YAMLMapper().readTree(document).path("rows").valueStream().toList();
  }

  @Test
  void aWrongCredentialIsSaidAndNothingOfItShown() throws Exception {
    List<Scene> scenes = scenes("monitr");
    try (MeshTraffic traffic = traffic(Clock.systemUTC())) {
      ModuleApi api = new ModuleApi(() -> scenes, traffic);
      assertThat(api.get("topology", Map.of()).body())
          .contains("there is no credential 'monitr', did you mean 'monitor'?");
      Files.writeString(folder.resolve("monitor"), "mesh:wrong-" + TREASURE);
      List<Scene> right = scenes("monitor");
      assertThat(new ModuleApi(() -> right, traffic).get("topology", Map.of()).body())
          .contains("says 401 to a query")
          .doesNotContain(TREASURE);
    }
  }

  @Test
  void anAnswerIsKeptForAMomentAndThenAskedAnew() throws Exception {
    List<Scene> scenes = scenes("monitor");
    Standing clock = new Standing();
    try (MeshTraffic traffic = traffic(clock)) {
      ModuleApi api = new ModuleApi(() -> scenes, traffic);
      String first = api.get("topology", Map.of()).body();
      Files.writeString(folder.resolve("monitor"), "mesh:wrong");
      clock.now = clock.now.plus(KeptAnswers.DEFAULT_KEEP);
      assertThat(api.get("topology", Map.of()).body()).isEqualTo(first).contains("east/shop/web");
      clock.now = clock.now.plusSeconds(1);
      assertThat(api.get("topology", Map.of()).body())
          .contains("says 401")
          .doesNotContain("east/shop/web");
    }
  }
}
