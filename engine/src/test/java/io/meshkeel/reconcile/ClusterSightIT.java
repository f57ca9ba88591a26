package io.meshkeel.reconcile;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.live.LiveListener;
import io.meshkeel.live.LiveOptions;
import io.meshkeel.live.LiveView;
import io.meshkeel.live.ObservedView;
import io.meshkeel.live.Observer;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import io.meshkeel.view.MeshBoard;
import io.meshkeel.view.Module;
import io.meshkeel.view.Modules;
import io.meshkeel.view.Scene;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What modules tell from watches of a real API server, beside what they tell from a snapshot. */
class ClusterSightIT {
  private static final ClusterName EAST = new ClusterName("east");
  private static final List<String> MODULES =
      List.of("overview", "services", "traffic", "security", "sidecars", "gateways", "config");
  private static KubeApiServer server;
  private static String namespace;

  private Optional<LiveView> live = Optional.empty();
  private Optional<ObservedView> observed = Optional.empty();
  private Optional<KubeCluster> cluster = Optional.empty();

  @BeforeAll
  static void plant() throws Exception {
    server = SharedServers.kubeApiServer();
    namespace = SharedServers.newNamespace();
    for (String file : List.of("control-plane", "modules")) {
      server.apply(Files.readString(Path.of("../deploy/rbac/" + file + ".yaml")));
    }
    server.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: %1$s, name: web}
        spec: {selector: {app: web}, ports: [{port: 80, name: http}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {namespace: %1$s, name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 80}]}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {namespace: %1$s, name: web}
        spec:
          hosts: [web]
          http: [{route: [{destination: {host: web}}]}]
        ---
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {namespace: %1$s, name: strict}
        spec: {mtls: {mode: STRICT}}
        """
            .formatted(namespace));
  }

  @AfterEach
  void close() {
    observed.ifPresent(ObservedView::close);
    live.ifPresent(LiveView::close);
    cluster.ifPresent(KubeCluster::close);
  }

  private static String pod(String name) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      namespace: %s
      name: %s
      labels: {app: web, pod-template-hash: "1"}
      annotations: {sidecar.istio.io/status: '{"revision":"default","containers":["istio-proxy"]}'}
    spec:
      containers: [{name: web, image: "web:1"}, {name: istio-proxy, image: "proxy:1", args: [proxy, sidecar]}]
    """
        .formatted(namespace, name);
  }

  private ClusterSight sight(String kubeconfig) throws Exception {
    KubeCluster connected =
        KubeCluster.connect(Kubeconfig.parse(kubeconfig.getBytes(StandardCharsets.UTF_8)));
    cluster = Optional.of(connected);
    Set<ResourceKey> touched = ClusterSight.keys();
    LiveListener listener = touched::addAll;
    LiveOptions options = LiveOptions.of(Declared.MESH, List.of(), Clock.systemUTC(), () -> 0.5);
    LiveView started = LiveView.start(connected, options, listener);
    live = Optional.of(started);
    ObservedView watching = ObservedView.start(connected, options, listener);
    observed = Optional.of(watching);
    ClusterSight sight =
        new ClusterSight(
            started, Optional.of(watching), touched, ClusterSight.keys(), Instant.EPOCH);
    await().until(() -> started.ready() && sight.settled());
    return sight;
  }

  private static MeshDeclarations mesh() {
    Mesh mesh = Declared.state().mesh();
    return new MeshDeclarations(
        mesh,
        List.of(
            new MeshCluster(
                EAST,
                mesh.name(),
                new SourcePosition("mesh.yaml", 1, 1),
                Map.of(),
                MeshCluster.Role.CONTROL_PLANE,
                Optional.empty(),
                "east",
                List.of(),
                false)),
        List.of(),
        List.of());
  }

  private static MeshBoard board(ClusterSight sight) {
    MeshBoard board = new MeshBoard(mesh(), List.of(), new DesiredStates().of(mesh()));
    sight.drain();
    board.refill(Map.of(EAST, sight));
    return board;
  }

  private static void turn(MeshBoard board, ClusterSight sight) {
    board.touch(EAST, sight.drain());
  }

  private static List<Map<String, Object>> rows(String module, Scene scene) {
    return Modules.find(module)
        .orElseThrow()
        .json(List.of(scene), new Module.Filter("", "", namespace));
  }

  private void assertAsSnapshot(MeshBoard board) throws Exception {
    ClusterInventory snapshot = Observer.observe(EAST, cluster.orElseThrow()).inventory();
    Scene whole = Scene.of(mesh(), List.of(), new Inventory(Map.of(EAST, snapshot)));
    for (String module : MODULES) {
      assertThat(rows(module, board.scene())).as(module).isEqualTo(rows(module, whole));
    }
    assertThat(board.known(EAST)).isEqualTo(snapshot.known());
  }

  @Test
  void watchesTellWhatASnapshotTellsAndFollowPods() throws Exception {
    ClusterSight sight = sight(server.serviceAccountKubeconfig("meshkeel-system", "meshkeel"));
    assertThat(sight.known()).isEqualTo(ObservedKinds.ALL);
    MeshBoard board = board(sight);
    assertAsSnapshot(board);
    assertThat(rows("security", board.scene())).isNotEmpty();
    assertThat(rows("services", board.scene())).hasSize(1);

    server.apply(pod("web-1-a"));
    await()
        .untilAsserted(() -> {
          turn(board, sight);
          assertThat(rows("services", board.scene()).getFirst()).containsEntry("pods", 1L);
        });
    assertAsSnapshot(board);
    server.apply(
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {istio-injection: enabled}}"
            .formatted(namespace));
    await()
        .untilAsserted(() -> {
          turn(board, sight);
          assertAsSnapshot(board);
        });
  }

  @Test
  void withoutTheRightToListPodsTheRestGoesOn() throws Exception {
    server.apply(Files.readString(Path.of("../deploy/rbac/observe.yaml")));
    server.apply(
        Files.readString(Path.of("../deploy/rbac/data-plane.yaml"))
            .replace("name: meshkeel-", "name: meshkeel-poor-")
            .replace("name: meshkeel\n", "name: meshkeel-poor\n"));
    ClusterSight sight = sight(server.serviceAccountKubeconfig("meshkeel-system", "meshkeel-poor"));
    assertThat(sight.known())
        .doesNotContain(ObservedKinds.POD, ObservedKinds.SECRET)
        .contains(ObservedKinds.SERVICE, ObservedKinds.DEPLOYMENT);
    MeshBoard board = board(sight);
    assertAsSnapshot(board);
    assertThat(
            Modules.find("services").orElseThrow().notes(List.of(board.scene()), Module.Filter.ALL))
        .singleElement()
        .asString()
        .contains("cluster east", "Pod", "not looked at");
  }
}
