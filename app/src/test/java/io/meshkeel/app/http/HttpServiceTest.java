package io.meshkeel.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.forge.RepositoryPath;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Debt;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Verdict;
import io.meshkeel.report.ChangeRun;
import io.meshkeel.report.ClusterRun;
import io.meshkeel.report.DriftRun;
import io.meshkeel.report.MeshRun;
import io.meshkeel.report.Run;
import io.meshkeel.view.Scene;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServiceTest {
  private static final String EVIL = "<script>alert('x')</script>&\"\u202Eevil";
  private static final Revision REVISION = new Revision("0123456789abcdef".repeat(2) + "01234567");

  private static final Inventory INVENTORY =
      new Inventory(
          Map.of(
              new ClusterName("east"),
              ClusterInventory.of(
                  new ClusterName("east"),
                  Set.of(),
                  List.of(
                      Manifest.of(
                          Map.of(
                              "apiVersion",
                              "v1",
                              "kind",
                              "Service",
                              "metadata",
                              Map.of("namespace", "shop", "name", "web")))))));

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ForgeLinks links =
      new ForgeLinks(URI.create("https://gitea.example.com"), new RepositoryPath("o", "n"));
  private volatile List<String> unready = List.of();
  private HttpService service;

  private final Runs runs =
      new Runs() {
        @Override
        public Optional<Run> get(String id) {
          if (id.equals("broken")) {
            throw new IllegalStateException("a secret detail");
          }
          return id.equals(run().id()) ? Optional.of(run()) : Optional.empty();
        }

        @Override
        public List<Run> newest(int count) {
          return List.of(run());
        }
      };

  @BeforeEach
  void start() throws Exception {
    service =
        HttpService.start(
            vertx,
            "127.0.0.1",
            0,
            new HttpService.Parts(
                () -> unready,
                runs,
                new OverviewPage("o/n, main", links),
                new RunPage(links),
                () -> "meshkeel_commits_total 1.0\n",
                new ModuleApi(() -> List.of(Scene.undeclared(INVENTORY))),
                context -> context.response().setStatusCode(202).end()));
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** A run in which everything that comes from outside wants to be markup. */
  private static Run run() {
    MeshName mesh = new MeshName("shop");
    Finding finding =
        new Finding(
            "M101",
            Severity.ERROR,
            EVIL,
            mesh,
            null,
            JsonPath.ROOT,
            new SourcePosition("meshes/a b/\"x\".yaml", 12, 3),
            EVIL);
    MeshRun found =
        MeshRun.of(
                new Verdict(
                    mesh,
                    Optional.of(REVISION),
                    Verdict.Outcome.DENIED,
                    List.of(finding),
                    "p",
                    Optional.empty(),
                    List.of(),
                    Optional.of(new Debt(Map.of(Severity.WARN, 2), Map.of(Severity.WARN, 5)))),
                "")
            .with(
                new ClusterRun(
                    "east",
                    ClusterRun.State.FAILED,
                    "apply_refused",
                    EVIL,
                    true,
                    7,
                    List.of(new ChangeRun("update", EVIL, List.of(EVIL), "failed", EVIL)),
                    3))
            .with(new DriftRun("east", 2, List.of(EVIL), ""));
    return new Run(
        Run.idOf(REVISION), REVISION.sha(), 0, 0, 1000, EVIL, List.of(finding), List.of(found));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void itLives() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void itIsReadyWhenNothingSpeaksAgainstIt() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    unready = List.of("the repository was not read");

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).contains("the repository was not read");
    assertThat(get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreInPrometheusTextForm() throws Exception {
    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.body()).contains("meshkeel_commits_total 1.0");
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }

  @Test
  void theReportShowsAllThereIs() throws Exception {
    String page = get("/runs/" + run().id()).body();
    assertThat(page).contains("Debt, known before and still there: 2 (-3): 2 warn.");

    assertThat(page)
        .contains("Revision", "01234567", "Mesh shop", "denied", "M101", "Cluster east", "failed")
        .contains("apply_refused", "4 changes", "and 3 more", "Drift in east", "and 1 more")
        .contains("/o/n/src/commit/" + REVISION + "/meshes/a%20b/%22x%22.yaml#L12");
  }

  @Test
  void nothingFromOutsideBecomesMarkup() throws Exception {
    for (String path : List.of("/", "/runs/" + run().id())) {
      assertThat(get(path).body())
          .doesNotContain("<script")
          .doesNotContain("\u202E")
          .contains("&lt;script&gt;alert(&#39;x&#39;)");
    }
  }

  @Test
  void browsersAreToldToLoadNothingButTheStyle() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(get("/style.css").headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/css");
  }

  @Test
  void aReportThatIsNotThereIsNotFound() throws Exception {
    assertThat(get("/runs/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/runs/..%2f..%2fetc").statusCode()).isEqualTo(404);
  }

  @Test
  void modulesAreJsonYamlOrATable() throws Exception {
    HttpResponse<String> json = get("/api/v1/services");
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json.body())
        .contains("\"module\" : \"services\"", "\"name\" : \"web\"")
        .contains("cluster east: Namespace, Pod not looked at");
    assertThat(get("/api/v1/services?output=yaml").body()).contains("module: services\n");
    assertThat(get("/api/v1/services?output=table").body())
        .contains("NAMESPACE", "shop", "# cluster east: Namespace, Pod not looked at")
        .doesNotContain("WORKLOADS");
    assertThat(get("/api/v1/services?output=wide").body()).contains("WORKLOADS");
    assertThat(get("/api/v1/services?namespace=other").body()).doesNotContain("\"web\"");
  }

  @Test
  void aModuleOrParameterThatDoesNotExistIsNamed() throws Exception {
    HttpResponse<String> none = get("/api/v1/servces");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("did you mean 'services'?");
    assertThat(get("/api/v1/%3Cscript%3E").body()).doesNotContain("<script>");
    HttpResponse<String> wrong = get("/api/v1/services?namspace=a");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("did you mean 'namespace'?");
    assertThat(get("/api/v1/services?output=xml").statusCode()).isEqualTo(400);
  }

  @Test
  void webhooksGoToTheirHandler() throws Exception {
    assertThat(get("/webhooks/gitea").statusCode()).isEqualTo(202);
  }

  @Test
  void aLinkOfAnotherSchemeIsPlainText() {
    assertThat(new Html().link("javascript:alert(1)", "text")).hasToString("text");
    assertThat(new Html().link("https://a/?\"x", "t"))
        .hasToString("<a href=\"https://a/?&quot;x\">t</a>");
  }
}
