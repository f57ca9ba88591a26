package io.meshkeel.app.observe;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.app.CommandRun;
import io.meshkeel.app.ExitCode;
import io.meshkeel.app.Meshkeel;
import io.meshkeel.app.http.ForgeLinks;
import io.meshkeel.app.http.HttpService;
import io.meshkeel.app.http.ModuleApi;
import io.meshkeel.app.http.OverviewPage;
import io.meshkeel.app.http.RunPage;
import io.meshkeel.app.http.Runs;
import io.meshkeel.app.http.TrafficLookup;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.forge.RepositoryPath;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.Revision;
import io.meshkeel.report.Run;
import io.meshkeel.view.MeshBoard;
import io.meshkeel.view.Scene;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code meshkeel get --url --watch} against the service's HTTP side. */
@Timeout(900)
class GetWatchTest {
  private static final ClusterName EAST = new ClusterName("east");

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicInteger code = new AtomicInteger(-1);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private volatile List<Scene> scenes = scenes("web");
  private HttpService service;
  private Optional<Thread> running = Optional.empty();

  private static List<Scene> scenes(String... services) {
    List<Manifest> objects =
        Stream.of(services)
            .map(name ->
                Manifest.of(
                    Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Map.of("namespace", "shop", "name", name))))
            .toList();
    return List.of(
        Scene.undeclared(
            new Inventory(Map.of(EAST, ClusterInventory.of(EAST, ObservedKinds.ALL, objects)))));
  }

  @BeforeEach
  void start() throws Exception {
    start(0);
  }

  private void start(int port) throws Exception {
    ForgeLinks links =
        new ForgeLinks(URI.create("https://gitea.example.com"), new RepositoryPath("o", "n"));
    Runs none =
        new Runs() {
          @Override
          public Optional<Run> get(String id) {
            return Optional.empty();
          }

          @Override
          public List<Run> newest(int count) {
            return List.of();
          }
        };
    service =
        HttpService.start(
            vertx,
            "127.0.0.1",
            port,
            new HttpService.Parts(
                List::of,
                none,
                new OverviewPage("o/n, main", links),
                new RunPage(links),
                () -> "",
                new ModuleApi(changes::get, () -> scenes, TrafficLookup.NONE),
                context -> context.response().setStatusCode(202).end()));
  }

  @AfterEach
  void stop() throws Exception {
    running.ifPresent(Thread::interrupt);
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private void show(String... services) {
    scenes = scenes(services);
    changes.incrementAndGet();
  }

  /** Declares routes, as they are read in a revision; no cluster is there. */
  private void declare(String revision, String... routes) throws IOException {
    Path mesh = Files.createDirectories(folder.resolve("meshes/shop"));
    Files.writeString(
        mesh.resolve("mesh.yaml"),
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec: {istioVersion: "1.31"}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: east}
        spec: {role: ControlPlane, credential: east}
        """);
    for (String route : routes) {
      Files.writeString(
          mesh.resolve(route + ".yaml"),
          """
          apiVersion: networking.istio.io/v1
          kind: VirtualService
          metadata: {name: %s, namespace: shop}
          spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}
          """
              .formatted(route));
    }
    MeshDeclarations declared =
        Objects.requireNonNull(
            new DeclarationReader()
                .read(DirectorySnapshot.of(folder))
                .meshes()
                .get(new MeshName("shop")));
    MeshBoard board = new MeshBoard(declared, List.of(), new DesiredStates().of(declared));
    board.refill(Map.of());
    scenes = List.of(board.scene().at(new Revision(revision.repeat(40))));
    changes.incrementAndGet();
  }

  private void watch(String... more) {
    watchModule("services", more);
  }

  private void watchModule(String module, String... more) {
    String[] args =
        Stream.concat(
                Stream.of("get", module, "--watch", "--url", "http://127.0.0.1:" + service.port()),
                Stream.of(more))
            .toArray(String[]::new);
    running =
        Optional.of(
            Thread.ofPlatform()
                .start(() ->
                    code.set(
                        Meshkeel.commandLine()
                            .setOut(new PrintWriter(out, true))
                            .setErr(new PrintWriter(err, true))
                            .execute(args))));
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  @Test
  void printsWhatIsThereThenWhatChanges() throws Exception {
    watch();
    await().untilAsserted(() -> assertThat(lines()).hasSize(2));
    assertThat(lines().getFirst()).startsWith("  NAMESPACE   NAME");
    assertThat(lines().getLast()).startsWith("  shop        web ");

    show("web", "a-longer-name");
    await().untilAsserted(() -> assertThat(lines()).hasSize(3));
    assertThat(lines().getLast()).startsWith("+ shop        a-longer-name   ");

    show("a-longer-name");
    await().untilAsserted(() -> assertThat(lines()).hasSize(4));
    assertThat(lines().getLast()).startsWith("- shop        web             ");

    running.orElseThrow().interrupt();
    running.orElseThrow().join(10_000);
    assertThat(code).as(err.toString()).hasValue(ExitCode.GOOD);
  }

  @Test
  void documentsTellEachChange() {
    watch("-o", "json");
    await().untilAsserted(() -> assertThat(lines()).hasSize(1));
    assertThat(lines().getFirst())
        .startsWith("{\"change\":\"found\",\"row\":{")
        .contains("\"web\"");

    show();
    await().untilAsserted(() -> assertThat(lines()).hasSize(2));
    assertThat(lines().getLast()).startsWith("{\"change\":\"gone\",\"row\":{").contains("\"web\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide", "json"})
  void anotherCommitAloneChangesNoRow(String output) throws Exception {
    declare("a", "first");
    watchModule("config", "-o", output);
    int head = output.equals("wide") ? 1 : 0;
    await().untilAsserted(() -> assertThat(lines()).hasSize(head + 1));
    assertThat(lines().getLast()).contains("first.yaml:1", "aaaaaaaa");

    declare("b", "first");
    declare("c", "first", "second");
    await().untilAsserted(() -> assertThat(lines()).hasSize(head + 2));
    assertThat(lines().getLast()).contains("second.yaml:1", "cccccccc");
  }

  @Test
  void goesOnWhenTheServiceComesBack() throws Exception {
    watch();
    await().untilAsserted(() -> assertThat(lines()).hasSize(2));
    int port = service.port();
    service.close();
    await().untilAsserted(() -> assertThat(err.toString()).contains("can't be asked", "again"));

    scenes = scenes("web", "other");
    start(port);
    await().untilAsserted(() -> assertThat(lines()).hasSize(3));
    assertThat(lines().getLast()).startsWith("+ shop        other");
  }

  @Test
  void aSnapshotAndAnUnknownServiceAreSaid() {
    CommandRun snapshot = CommandRun.of("get", "services", "--watch", "--snapshot", ".");
    assertThat(snapshot.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(snapshot.err()).contains("--watch goes with --url: a snapshot doesn't change");
    CommandRun away = CommandRun.of("get", "services", "-w", "--url", "http://127.0.0.1:1");
    assertThat(away.code()).isEqualTo(ExitCode.UNABLE);
    assertThat(away.err()).contains("can't be asked", "check --url");
  }
}
