package io.meshkeel.testbed;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An istiod that injects, validates and signs for its home and for a remote cluster. */
class MeshOnLoopbackIT {

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: orders, namespace: late}
      spec:
        selector: {matchLabels: {app: orders}}
        template:
          metadata: {labels: {app: orders}}
          spec:
            serviceAccountName: default
            containers: [{name: app, image: example.com/orders}]
      """;

  private static KubeApiServer home;
  private static KubeApiServer remote;
  private static Istiod istiod;

  @BeforeAll
  static void startMesh() {
    home = SharedServers.newKubeApiServer();
    remote = SharedServers.newKubeApiServer();
    istiod =
        SharedServers.newIstiod(
            home, IstiodOptions.PLAIN.with(IstioWebhooks.of(SharedServers.binaries())));
    istiod.connect(remote);
  }

  @AfterAll
  static void end() throws Exception {
    for (AutoCloseable server : Stream.of(istiod, remote, home).filter(s -> s != null).toList()) {
      server.close();
    }
  }

  @Test
  void aPodInALabelledNamespaceComesBackWithAProxy() {
    namespace(home, "labelled", "enabled");

    Pod pod = create(home, "labelled");

    assertThat(containers(pod)).contains("app", "istio-proxy");
    assertThat(pod.getMetadata().getAnnotations()).containsKey("sidecar.istio.io/status");
  }

  @Test
  void aPodInAnUnlabelledNamespaceStaysAsItIs() {
    home.ensureNamespace("unlabelled");

    assertThat(containers(create(home, "unlabelled"))).containsExactly("app");
  }

  @Test
  void anInvalidObjectIsRefusedInADryRunInIstiodsWords() {
    home.ensureNamespace("judged");

    assertThatThrownBy(() ->
            home.admin()
                .resource(virtualService("judged", "bad", "weight: -1"))
                .dryRun(true)
                .create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("rev.validation.istio.io")
        .hasMessageContaining("weight");
  }

  @Test
  void aValidObjectIsTakenOver() {
    home.ensureNamespace("valid");

    home.apply(List.of(virtualService("valid", "good", "weight: 100")));

    await().untilAsserted(() -> assertThat(configured()).contains("valid/good"));
  }

  @Test
  void theRemoteClusterIsSyncedAndItsServicesAreKnown() {
    service(home, "at-home");
    service(remote, "far-away");

    await()
        .untilAsserted(() -> {
          assertThat(istiod.clusters())
              .contains(
                  new Istiod.Cluster(home.name(), "synced"),
                  new Istiod.Cluster(remote.name(), "synced"));
          assertThat(istiod.services())
              .contains("at-home.shop.svc.cluster.local", "far-away.shop.svc.cluster.local");
        });
  }

  @Test
  void configurationOfTheRemoteClusterHasNoEffect() {
    remote.ensureNamespace("config");
    home.ensureNamespace("config");
    remote.apply(List.of(virtualService("config", "in-remote", "weight: 100")));
    home.apply(List.of(virtualService("config", "at-home", "weight: 100")));

    await().untilAsserted(() -> assertThat(configured()).contains("config/at-home"));
    assertThat(configured()).doesNotContain("config/in-remote");
  }

  @Test
  void aPodOfTheRemoteClusterIsInjectedByTheSameIstiod() {
    namespace(remote, "labelled", "enabled");
    await().until(() -> IstioWebhooks.injects(remote));

    Pod pod = create(remote, "labelled");

    assertThat(pod.getSpec().getInitContainers())
        .flatExtracting(Container::getEnv)
        .anySatisfy(variable -> {
          assertThat(variable.getName()).isEqualTo("ISTIO_META_CLUSTER_ID");
          assertThat(variable.getValue()).isEqualTo(remote.name());
        });
  }

  @Test
  void bothClustersHoldTheSameRootCertificate() {
    home.ensureNamespace("trusting");
    remote.ensureNamespace("trusting");

    await()
        .untilAsserted(() -> {
          assertThat(root(home)).startsWith("-----BEGIN CERTIFICATE-----");
          assertThat(root(remote)).isEqualTo(root(home));
        });
  }

  @Test
  void aClusterWhoseSecretIsGoneIsNoLongerRead() {
    KubeApiServer third = SharedServers.kubeApiServer();
    home.apply(List.of(RemoteSecret.of(third)));
    await()
        .untilAsserted(() ->
            assertThat(istiod.clusters()).contains(new Istiod.Cluster(third.name(), "synced")));

    home.admin().resource(RemoteSecret.of(third)).delete();

    await()
        .untilAsserted(() ->
            assertThat(istiod.clusters())
                .extracting(Istiod.Cluster::name)
                .doesNotContain(third.name()));
  }

  @Test
  void aRestartAfterTheLabelBringsTheProxies() {
    try (KubeNodes nodes = SharedServers.newKubeNodes(home)) {
      home.ensureNamespace("late");
      home.apply(DEPLOYMENT);
      await().untilAsserted(() -> assertThat(running()).containsExactly("app"));

      namespace(home, "late", "enabled");
      home.admin().apps().deployments().inNamespace("late").withName("orders").rolling().restart();

      await().untilAsserted(() -> assertThat(running()).contains("app", "istio-proxy"));
      assertThat(nodes.pids()).allMatch(pid -> ProcessHandle.of(pid).isPresent());
    }
  }

  /** The containers of the one pod there is, once it runs. */
  private static List<String> running() {
    List<Pod> pods = home.admin().pods().inNamespace("late").list().getItems();
    assertThat(pods).hasSize(1);
    assertThat(pods.getFirst().getStatus().getPhase()).isEqualTo("Running");
    return containers(pods.getFirst());
  }

  private static List<String> configured() {
    return istiod.configuration().stream()
        .filter(config -> config.kind().equals("VirtualService"))
        .map(config -> config.namespace() + "/" + config.name())
        .toList();
  }

  private static String root(KubeApiServer cluster) {
    ConfigMap root =
        cluster.admin().configMaps().inNamespace("trusting").withName("istio-ca-root-cert").get();
    return root == null ? "" : String.valueOf(root.getData().get("root-cert.pem"));
  }

  private static void namespace(KubeApiServer cluster, String name, String injection) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s, labels: {istio-injection: %s}}
        """
            .formatted(name, injection));
  }

  private static void service(KubeApiServer cluster, String name) {
    cluster.ensureNamespace("shop");
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: shop}
        spec: {ports: [{name: http, port: 80}]}
        """
            .formatted(name));
  }

  private static Pod create(KubeApiServer cluster, String namespace) {
    return cluster
        .admin()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("orders")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("default")
                .addNewContainer()
                .withName("app")
                .withImage("example.com/orders")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private static List<String> containers(Pod pod) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .map(Container::getName)
        .toList();
  }

  private static HasMetadata virtualService(String namespace, String name, String destination) {
    return KubeApiServer.objects(
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: %2$s, namespace: %1$s}
            spec:
              hosts: [%2$s.example.com]
              http:
              - route:
                - destination: {host: orders.shop.svc.cluster.local}
                  %3$s
            """
                .formatted(namespace, name, destination))
        .getFirst();
  }
}
