package io.meshkeel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.app.http.ModuleApi;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.live.PrometheusSource;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Inventory;
import io.meshkeel.testbed.IstioSeries;
import io.meshkeel.testbed.IstioSeries.Call;
import io.meshkeel.testbed.MetricsPage;
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
                .requests(
                    new Call("east/shop/web", "east/shop/api", "api.shop.svc.cluster.local"),
                    "source",
                    "",
                    200,
                    8)
                .all(),
            7,
            Duration.ofSeconds(60));
    prometheus =
        Prometheus.start(
            SharedServers.binaries().get(ServerBinary.PROMETHEUS),
            SharedServers.folder(SharedServers.newName("prometheus")),
            Duration.ofMillis(250),
            List.of(page.target()),
            HASH);
    page.awaitScraped(Patience.LIMIT);
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
      clock.now = clock.now.plus(MeshTraffic.DEFAULT_KEEP);
      assertThat(api.get("topology", Map.of()).body()).isEqualTo(first).contains("east/shop/web");
      clock.now = clock.now.plusSeconds(1);
      assertThat(api.get("topology", Map.of()).body())
          .contains("says 401")
          .doesNotContain("east/shop/web");
    }
  }
}
