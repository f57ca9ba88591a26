package io.meshkeel.rig;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.live.Observer;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.testbed.GiteaApi.Status;
import io.meshkeel.testbed.IstioSeries;
import io.meshkeel.testbed.IstioSeries.Call;
import io.meshkeel.testbed.IstioWebhooks;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.IstiodOptions;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.KubeNodes;
import io.meshkeel.testbed.MetricsPage;
import io.meshkeel.testbed.MetricsPage.Series;
import io.meshkeel.testbed.Patience;
import io.meshkeel.testbed.Prometheus;
import io.meshkeel.testbed.ServerBinary;
import io.meshkeel.testbed.SharedServers;
import io.meshkeel.view.Module;
import io.meshkeel.view.Modules;
import io.meshkeel.view.Scene;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit brings sidecars to a workload that runs; istiod injects them by its own webhook. */
class CommittedSidecarIT {
  private static final String DEPLOYMENT =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: orders, namespace: shop}
      spec:
        selector: {matchLabels: {app: orders}}
        template:
          metadata: {labels: {app: orders}}
          spec:
            serviceAccountName: default
            containers: [{name: app, image: example.com/orders}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: orders, namespace: shop}
      spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
      """;

  @TempDir Path folder;

  private Rig rig;
  private KubeApiServer one;
  private KubeApiServer far;
  private Istiod istiod;

  @BeforeEach
  void startMesh() {
    rig = new Rig(folder, SharedServers.binaries());
    one = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
    far = rig.startCluster("far", ClusterRole.DATA_PLANE);
    Rig.allowRemoteSecret(one, "far");
    rig.giveCredential("far-for-istiod", far.kubeconfig(KubeApiServer.ADMIN));
    istiod =
        rig.keep(
            Istiod.start(
                rig.binaries().get(ServerBinary.ISTIOD),
                one,
                folder.resolve("istiod"),
                IstiodOptions.PLAIN.with(IstioWebhooks.of(rig.binaries()))));
    // The remote secret is Meshkeel's to write.
    istiod.prepare(far);
    for (KubeApiServer cluster : List.of(one, far)) {
      rig.keep(KubeNodes.start(rig.binaries(), cluster, folder.resolve("nodes-" + cluster.name())));
      cluster.apply(DEPLOYMENT);
    }
    inBoth(cluster -> assertThat(running(cluster)).containsOnly("app"));
  }

  @AfterEach
  void end() {
    rig.close();
  }

  @Test
  void aCommittedSidecarRollsTheWorkloadAndItsPodsCarryTheProxy() {
    Repository repository = rig.newRepository("sidecars");
    WorkingCopy files = repository.files();
    declareMesh(files, istiod.url());
    Revision without = files.publish("Declare the mesh");
    ServiceProcess service = rig.startService(repository, Launcher.command());
    awaitSync(rig, repository, without);
    inBoth(cluster -> {
      assertThat(running(cluster)).containsOnly("app");
      assertThat(state(cluster)).isEqualTo("Uninjected");
    });

    declareNamespace(files);
    awaitSync(rig, repository, files.publish("Let istiod inject into shop"));
    inBoth(cluster -> {
      assertThat(running(cluster)).containsOnly("app");
      assertThat(state(cluster)).isEqualTo("PendingRestart");
    });
    await("istiod's webhook in the remote cluster").until(() -> IstioWebhooks.injects(far));

    declareWorkload(files);
    awaitSync(rig, repository, files.publish("Bring sidecars to orders"));
    // A success only once new pods are ready; an old one may still be on its way out.
    assertThat(proxies(one)).isPositive();
    assertThat(proxies(far)).isPositive();
    inBoth(cluster -> {
      assertThat(running(cluster)).contains("app", "istio-proxy");
      assertThat(state(cluster)).isEqualTo("Injected");
      Pod pod = pods(cluster).getFirst();
      assertThat(pod.getMetadata().getAnnotations())
          .containsEntry("sidecar.istio.io/logLevel", "debug")
          .containsKey("sidecar.istio.io/status");
      assertThat(cluster.admin().namespaces().withName("shop").get().getMetadata().getLabels())
          .containsEntry("istio-injection", "enabled");
    });
    assertThat(clusterOf(pods(far).getFirst())).isEqualTo("far");

    Prometheus prometheus = startPrometheus();
    declareGatewayAndMonitor(files, prometheus.url());
    awaitSync(rig, repository, files.publish("Let requests in, and show them"));
    await("the service shows what a snapshot shows")
        .untilAsserted(() ->
            ServiceRows.assertAsSnapshot(
                service.url(),
                List.of("one=" + rig.credential("one"), "far=" + rig.credential("far")),
                "one=" + prometheus.url(),
                "one=" + istiod.url(),
                files.folder(),
                folder.resolve("snapshot")));
  }

  private void inBoth(Consumer<KubeApiServer> holds) {
    for (KubeApiServer cluster : List.of(one, far)) {
      await(cluster.name()).untilAsserted(() -> holds.accept(cluster));
    }
  }

  /** The cluster that istiod told the proxy it is in. */
  private static String clusterOf(Pod pod) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .filter(container -> container.getName().equals("istio-proxy"))
        .flatMap(container -> container.getEnv().stream())
        .filter(variable -> variable.getName().equals("ISTIO_META_CLUSTER_ID"))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** It scrapes what proxies and istiod would tell. */
  private Prometheus startPrometheus() {
    Call call =
        new Call("one/istio-ingress/ingress", "one/shop/orders", "orders.shop.svc.cluster.local");
    MetricsPage page =
        rig.keep(
            MetricsPage.start(
                new IstioSeries()
                    .requests(call, "source", "", 200, 9)
                    .requests(call, "source", "", 503, 1)
                    .requests(call, "destination", "mutual_tls", 200, 9)
                    .durations(call, "source", Map.of("25", 5.0, "50", 10.0))
                    .durations(call, "destination", Map.of("10", 9.0))
                    .and(new Series("pilot_xds_pushes", Map.of("type", "cds"), 3))
                    .and(new Series("pilot_total_xds_rejects", Map.of("type", "cds"), 0.25))
                    .and(new Series("pilot_xds", Map.of("version", "1.31.1"), 2, true))
                    .all(),
                12,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5)));
    Prometheus prometheus =
        rig.keep(
            Prometheus.start(
                rig.binaries().get(ServerBinary.PROMETHEUS),
                folder.resolve("prometheus"),
                Duration.ofMillis(250),
                List.of(page.target())));
    page.awaitScraped(Patience.LIMIT);
    return prometheus;
  }

  private static void declareMesh(WorkingCopy files, URI istiod) {
    files.write(
        "meshes/crew/mesh.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata:
          name: crew
        spec:
          istioVersion: "1.31"
        """);
    files.write(
        "meshes/crew/clusters/one.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata:
          name: one
        spec:
          role: ControlPlane
          credential: one
          istiod: {url: "%s"}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata:
          name: far
        spec:
          role: DataPlane
          credential: far
          remoteSecret: {from: far-for-istiod}
        """
            .formatted(istiod));
    files.write(
        "meshes/crew/traffic/orders.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: orders
          namespace: shop
        spec:
          hosts: [orders.shop.svc.cluster.local]
          http:
            - route:
                - destination:
                    host: orders.shop.svc.cluster.local
        ---
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata:
          name: default
          namespace: shop
        spec:
          mtls:
            mode: STRICT
        """);
  }

  private static void declareNamespace(WorkingCopy files) {
    files.write(
        "meshes/crew/namespaces/shop.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: NamespaceSidecar
        metadata:
          name: shop
        spec:
          namespaces: [shop]
          clusters: all
          injection: Enabled
        """);
  }

  private static void declareWorkload(WorkingCopy files) {
    files.write(
        "meshes/crew/workloads/orders.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: WorkloadSidecar
        metadata:
          name: orders
        spec:
          clusters: all
          workload: {kind: Deployment, namespace: shop, name: orders}
          logLevel: debug
          restart: IfNeeded
        """);
  }

  private static void declareGatewayAndMonitor(WorkingCopy files, URI prometheus) {
    files.write(
        "meshes/crew/mesh.yaml",
        files.read("meshes/crew/mesh.yaml")
            + """
              observability:
                prometheus:
                  - cluster: one
                    url: %s
                grafana:
                  url: http://grafana.example.com
            """
                .formatted(prometheus));
    files.write(
        "meshes/crew/gateways/ingress.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshGateway
        metadata:
          name: ingress
        spec:
          type: Ingress
          namespace: istio-ingress
          clusters: [one]
          engine: Injection
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: public
          namespace: istio-ingress
        spec:
          selector:
            istio: ingress
          servers:
            - port: {number: 80, name: http, protocol: HTTP}
              hosts: [orders.example.com]
        """);
  }

  private static long proxies(KubeApiServer cluster) {
    return pods(cluster).stream()
        .filter(pod -> pod.getMetadata().getAnnotations().containsKey("sidecar.istio.io/status"))
        .count();
  }

  /** What module {@code sidecars} says of the workload. */
  private static String state(KubeApiServer cluster) {
    try (KubeCluster seen =
        KubeCluster.connect(
            Kubeconfig.parse(
                cluster.kubeconfig(KubeApiServer.ADMIN).getBytes(StandardCharsets.UTF_8)))) {
      Inventory inventory =
          new Inventory(
              Map.of(
                  new ClusterName(cluster.name()),
                  Observer.observe(new ClusterName(cluster.name()), seen).inventory()));
      return Modules.find("sidecars")
          .orElseThrow()
          .json(List.of(Scene.undeclared(inventory)), Module.Filter.ALL)
          .stream()
          .filter(row -> "orders".equals(row.get("workload")))
          .map(row -> String.valueOf(row.get("state")))
          .findFirst()
          .orElseThrow();
    } catch (ClusterException e) {
      throw new AssertionError(e);
    }
  }

  /** The containers of the one pod there is, once it runs. */
  private static List<String> running(KubeApiServer cluster) {
    List<Pod> pods = pods(cluster);
    assertThat(pods).hasSize(1);
    Pod pod = pods.getFirst();
    assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .map(Container::getName)
        .toList();
  }

  private static List<Pod> pods(KubeApiServer cluster) {
    return cluster.admin().pods().inNamespace("shop").list().getItems();
  }

  private static void awaitSync(Rig rig, Repository repository, Revision revision) {
    await("in sync")
        .until(
            () -> rig.gitea().api().statuses(repository.name(), revision.sha()),
            statuses -> {
              Status sync = statuses.get("meshkeel/sync/crew");
              return sync != null && sync.state().equals("success");
            });
  }
}
