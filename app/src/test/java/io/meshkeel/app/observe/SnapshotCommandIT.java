package io.meshkeel.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.meshkeel.app.CommandRun;
import io.meshkeel.app.ExitCode;
import io.meshkeel.declaration.InventoryFolder;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.desired.ApplySet;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meshkeel snapshot} of a real API server, with the rights of {@code deploy/rbac}. */
class SnapshotCommandIT {
  private static final String TREASURE = "a-treasure-nobody-may-see";
  private static final ClusterName EAST = new ClusterName("east");

  @TempDir private static Path folder;
  private static KubeApiServer server;
  private static String namespace;
  private static Path kubeconfig;

  @BeforeAll
  static void plant() throws IOException {
    server = SharedServers.kubeApiServer();
    namespace = SharedServers.newNamespace();
    server.apply(Files.readString(Path.of("../deploy/rbac/observe.yaml")));
    kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(
        kubeconfig, server.serviceAccountKubeconfig("meshkeel-system", "meshkeel-observer"));
    String certificate =
        base64(Files.readString(server.folder().resolve("certificates/apiserver.crt")));
    server.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata:
          namespace: %1$s
          name: gateway
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: '{"data":{"tls.key":"%2$s"}}'
            some.tool/copy: %3$s
        type: kubernetes.io/tls
        data:
          tls.key: %2$s
          tls.crt: %4$s
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          namespace: %1$s
          name: web
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: 'env: %3$s'
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - name: web
                  image: web:1
                  args: [--password, %3$s]
                  env: [{name: PASSWORD, value: %3$s}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {namespace: %1$s, name: settings}
        data: {password: %3$s}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {namespace: %1$s, name: istio-ca-root-cert}
        data: {root-cert.pem: a root}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {namespace: %1$s, name: web}
        spec:
          hosts: [web]
          http: [{route: [{destination: {host: web}}]}]
        """
            .formatted(namespace, base64(TREASURE), TREASURE, certificate));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Manifest find(ClusterInventory east, GroupKind kind, String name) {
    return east.get(new ResourceKey(kind.group(), kind.kind(), namespace, name)).orElseThrow();
  }

  @Test
  void whatIsReadIsWrittenAndTheContentOfSecretsIsNowhere() throws Exception {
    Path out = folder.resolve("out/snapshot");
    CommandRun run =
        CommandRun.of("snapshot", "--out", out.toString(), "--cluster", "east=" + kubeconfig);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("objects of 1 clusters written to");
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContain(TREASURE, base64(TREASURE));
      }
    }

    InventoryReading reading = InventoryFolder.read(out);
    assertThat(reading.problems()).isEmpty();
    ClusterInventory east = reading.inventory().of(EAST).orElseThrow();
    assertThat(east.known()).isEqualTo(ObservedKinds.ALL);
    Manifest secret = find(east, ObservedKinds.SECRET, "gateway");
    assertThat(secret.content()).containsEntry("type", "kubernetes.io/tls");
    assertThat(secret.annotations().get(ObservedKinds.CERTIFICATE_EXPIRY))
        .asString()
        .matches("tls.crt=20\\d\\d-.*Z");
    assertThat(find(east, ObservedKinds.DEPLOYMENT, "web").spec()).containsKey("template");
    assertThat(find(east, new GroupKind("networking.istio.io", "VirtualService"), "web").spec())
        .containsKey("http");
    assertThat(east.of(ObservedKinds.CONFIG_MAP))
        .isNotEmpty()
        .filteredOn(map -> !map.key().namespace().equals("meshkeel-system"))
        .allSatisfy(map -> assertThat(map.key().name()).startsWith("istio"));
    assertThat(east.of(ObservedKinds.DEFINITION)).hasSizeGreaterThan(15);

    CommandRun config =
        CommandRun.of("get", "config", "--snapshot", out.toString(), "-n", namespace);
    assertThat(config.code()).as(config.err()).isZero();
    assertThat(config.out()).contains("VirtualService", "routes of web");

    CommandRun again =
        CommandRun.of("snapshot", "--out", out.toString(), "--cluster", "east=" + kubeconfig);
    assertThat(again.code()).as(again.err()).isZero();
  }

  @Test
  void aKindWithoutTheRightToListItIsSaidToBeUnseen() throws Exception {
    server.apply(Files.readString(Path.of("../deploy/rbac/data-plane.yaml")));
    Path poor = folder.resolve("poor");
    Files.writeString(poor, server.serviceAccountKubeconfig("meshkeel-system", "meshkeel"));
    Path out = folder.resolve("little");
    CommandRun run =
        CommandRun.of(
            "snapshot",
            "--out",
            out.toString(),
            "--cluster",
            "east=" + poor,
            "--prometheus",
            "east=http://127.0.0.1:1",
            "--istiod",
            "east=http://127.0.0.1:1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("inSync is left out: the istiod at http://127.0.0.1:1 can't");
    assertThat(out.resolve("proxies.yaml")).doesNotExist();
    assertThat(run.err()).contains("traffic is left out: the Prometheus at http://127.0.0.1:1");
    assertThat(out.resolve("edges.yaml")).doesNotExist();
    assertThat(run.err()).contains("cluster east: Secret is left out: ", "list secrets");
    ClusterInventory east = InventoryFolder.read(out).inventory().of(EAST).orElseThrow();
    assertThat(east.knows(ObservedKinds.SECRET)).isFalse();
    assertThat(east.knows(new GroupKind("networking.istio.io", "VirtualService"))).isTrue();
  }

  @Test
  void aClusterThatCannotBeAskedLeavesNoSnapshot() throws Exception {
    Path bad = folder.resolve("bad");
    Files.writeString(bad, Files.readString(kubeconfig).replaceAll("token: .*", "token: wrong"));
    Path out = folder.resolve("none");
    CommandRun run =
        CommandRun.of(
            "snapshot",
            "--out",
            out.toString(),
            "--cluster",
            "east=" + kubeconfig,
            "--cluster",
            "west=" + bad);
    assertThat(run.code()).isEqualTo(ExitCode.UNABLE);
    assertThat(run.err()).contains("cluster west: ", "nothing is written");
    assertThat(out).doesNotExist();
  }

  @Test
  void wrongUseIsSaidBeforeAnythingIsAsked() throws Exception {
    Files.createDirectories(folder.resolve("mine"));
    Files.writeString(folder.resolve("mine/notes.txt"), "mine");
    assertThat(
            CommandRun.of(
                    "snapshot",
                    "--out",
                    folder.resolve("mine").toString(),
                    "--cluster",
                    "east=" + kubeconfig)
                .code())
        .isEqualTo(ExitCode.WRONG_USE);
    CommandRun name = CommandRun.of("snapshot", "--out", "x", "--cluster", "../east=" + kubeconfig);
    assertThat(name.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(name.err()).contains("cluster name");
    CommandRun prometheus =
        CommandRun.of(
            "snapshot",
            "--out",
            "x",
            "--cluster",
            "east=" + kubeconfig,
            "--prometheus",
            "west=http://127.0.0.1:9090");
    assertThat(prometheus.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(prometheus.err()).contains("--prometheus west is no cluster of --cluster");
    CommandRun istiod =
        CommandRun.of(
            "snapshot",
            "--out",
            "x",
            "--cluster",
            "east=" + kubeconfig,
            "--istiod",
            "east=http://me:word@127.0.0.1:8080");
    assertThat(istiod.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(istiod.err()).contains("--istiod must be an address like").doesNotContain("me:word");
    CommandRun nobody =
        CommandRun.of(
            "snapshot",
            "--out",
            "x",
            "--cluster",
            "east=" + kubeconfig,
            "--istiod-credential",
            "east=" + kubeconfig);
    assertThat(nobody.code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(nobody.err()).contains("--istiod-credential east is none of --istiod");
    CommandRun credential =
        CommandRun.of(
            "snapshot",
            "--out",
            "x",
            "--cluster",
            "east=" + kubeconfig,
            "--prometheus",
            "east=http://127.0.0.1:9090",
            "--prometheus-credential",
            "east=" + kubeconfig);
    assertThat(credential.code()).isEqualTo(ExitCode.UNABLE);
    assertThat(credential.err())
        .contains("holds neither a token nor user:password", "nothing is written")
        .doesNotContain("token:");
  }

  /** A server that gives everybody this answer, and notes who asked. */
  private static HttpServer answering(String answer, Set<String> asked) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void aPrometheusIsAskedWithTheCredentialOfItsFile() throws Exception {
    Set<String> told = ConcurrentHashMap.newKeySet();
    HttpServer prometheus =
        answering(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}", told);
    try {
      Path out = folder.resolve("with-traffic");
      CommandRun run =
          CommandRun.of(
              "snapshot",
              "--out",
              out.toString(),
              "--cluster",
              "east=" + kubeconfig,
              "--prometheus",
              "east=" + address(prometheus),
              "--prometheus-credential",
              "east=" + Files.writeString(folder.resolve("monitor"), "reader:secret-word\n"));
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(told).containsExactly("Basic " + base64("reader:secret-word"));
      assertThat(out.resolve("edges.yaml")).content().doesNotContain("secret-word");
    } finally {
      prometheus.stop(0);
    }
  }

  @Test
  void anIstiodIsAskedWithTheCredentialOfItsFileAndWhatItSaysIsShown() throws Exception {
    Set<String> told = ConcurrentHashMap.newKeySet();
    HttpServer istiod =
        answering(
            """
            [{"proxy": "a", "cluster_id": "east", "cluster_sent": "1", "cluster_acked": "1"},
             {"proxy": "b", "cluster_id": "east", "cluster_sent": "2", "cluster_acked": "1"},
             {"proxy": "c", "cluster_id": "elsewhere"}]
            """,
            told);
    try {
      Path out = folder.resolve("with-proxies");
      CommandRun run =
          CommandRun.of(
              "snapshot",
              "--out",
              out.toString(),
              "--cluster",
              "east=" + kubeconfig,
              "--istiod",
              "east=" + address(istiod),
              "--istiod-credential",
              "east=" + Files.writeString(folder.resolve("debugger"), "secret-word\n"));
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(told).containsExactly("Bearer secret-word");
      assertThat(out.resolve("proxies.yaml")).content().doesNotContain("secret-word");
      CommandRun clusters =
          CommandRun.of("get", "clusters", "--snapshot", out.toString(), "-o", "json");
      assertThat(clusters.out()).contains("\"inSync\" : [ \"east: 1/2\" ]");
      // Where a snapshot was there may be one again.
      CommandRun again =
          CommandRun.of("snapshot", "--out", out.toString(), "--cluster", "east=" + kubeconfig);
      assertThat(again.code()).as(again.err()).isZero();
      assertThat(out.resolve("proxies.yaml")).doesNotExist();
    } finally {
      istiod.stop(0);
    }
  }

  @Test
  void theRevisionThatMeshkeelRecordedIsTold() throws Exception {
    ApplySet set = ApplySet.of(new MeshName("told"));
    server.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          namespace: meshkeel-system
          name: %s
          labels: {applyset.kubernetes.io/id: %s}
          annotations: {meshkeel.io/revision: 0123456789abcdef0123456789abcdef01234567}
        """
            .formatted(set.parent().name(), set.id()));
    Path out = folder.resolve("told");
    CommandRun run =
        CommandRun.of("snapshot", "--out", out.toString(), "--cluster", "east=" + kubeconfig);
    assertThat(run.code()).as(run.err()).isZero();
    Path repository = Files.createDirectories(folder.resolve("told-repo/meshes/told"));
    Files.writeString(
        repository.resolve("mesh.yaml"),
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: told}
        spec: {istioVersion: "1.31", topology: MultiPrimary}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: east}
        spec: {role: ControlPlane, credential: east}
        """);
    CommandRun overview =
        CommandRun.of(
            "get",
            "overview",
            "--snapshot",
            out.toString(),
            "--repo",
            folder.resolve("told-repo").toString(),
            "-o",
            "json");
    assertThat(overview.code()).as(overview.err()).isZero();
    assertThat(overview.out()).contains("\"east=01234567\"");
  }
}
