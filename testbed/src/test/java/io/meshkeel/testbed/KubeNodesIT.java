package io.meshkeel.testbed;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KubeNodesIT {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: orders, namespace: %s}
      spec:
        replicas: 2
        selector: {matchLabels: {app: orders}}
        template:
          metadata: {labels: {app: orders}}
          spec:
            containers: [{name: app, image: example.com/orders}]
      """;

  private static KubeApiServer cluster;
  private static KubeNodes nodes;

  @BeforeAll
  static void startNodes() {
    cluster = SharedServers.newBareKubeApiServer();
    nodes = SharedServers.newKubeNodes(cluster);
  }

  @AfterAll
  static void end() {
    if (nodes != null) {
      nodes.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aDeploymentRollsOut() {
    cluster.ensureNamespace("out");
    cluster.apply(DEPLOYMENT.formatted("out"));

    awaitRolledOut("out");
    assertThat(pods("out"))
        .hasSize(2)
        .allSatisfy(pod -> {
          assertThat(pod.getSpec().getNodeName()).isEqualTo(KubeNodes.NODE);
          assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
          assertThat(pod.getStatus().getPodIP()).isNotEmpty();
        });
  }

  @Test
  void aRestartRollsTheDeploymentAgain() {
    cluster.ensureNamespace("again");
    cluster.apply(DEPLOYMENT.formatted("again"));
    awaitRolledOut("again");
    List<String> before = names(pods("again"));

    cluster
        .admin()
        .apps()
        .deployments()
        .inNamespace("again")
        .withName("orders")
        .rolling()
        .restart();

    awaitRolledOut("again");
    await().untilAsserted(() -> assertThat(pods("again")).hasSize(2));
    assertThat(names(pods("again"))).doesNotContainAnyElementsOf(before);
  }

  @Test
  void aServiceHasTheEndpointsOfItsPods() {
    cluster.ensureNamespace("served");
    cluster.apply(DEPLOYMENT.formatted("served"));
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: orders, namespace: served}
        spec:
          selector: {app: orders}
          ports: [{name: http, port: 80, targetPort: 8080}]
        """);

    await()
        .untilAsserted(() ->
            assertThat(
                    cluster
                        .admin()
                        .discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace("served")
                        .list()
                        .getItems())
                .flatExtracting(slice -> slice.getEndpoints())
                .hasSize(2)
                .allMatch(endpoint -> endpoint.getConditions().getReady()));
  }

  @Test
  void aDeletedNamespaceGoesWithWhatIsInIt() {
    cluster.ensureNamespace("gone");
    cluster.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: gone}
        """);

    cluster.admin().namespaces().withName("gone").delete();

    await()
        .untilAsserted(
            () -> assertThat(cluster.admin().namespaces().withName("gone").get()).isNull());
  }

  @Test
  void theyEndWhenClosed() {
    try (KubeApiServer own = SharedServers.newBareKubeApiServer()) {
      KubeNodes started = SharedServers.newKubeNodes(own);
      List<Long> pids = started.pids();
      assertThat(pids).hasSize(3).allMatch(pid -> ProcessHandle.of(pid).isPresent());

      started.close();

      assertThat(pids).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
    }
  }

  private static void awaitRolledOut(String namespace) {
    await()
        .untilAsserted(() -> {
          Deployment deployment =
              cluster.admin().apps().deployments().inNamespace(namespace).withName("orders").get();
          assertThat(deployment.getStatus().getObservedGeneration())
              .isEqualTo(deployment.getMetadata().getGeneration());
          assertThat(deployment.getStatus().getUpdatedReplicas()).isEqualTo(2);
          assertThat(deployment.getStatus().getReplicas()).isEqualTo(2);
          assertThat(deployment.getStatus().getAvailableReplicas()).isEqualTo(2);
        });
  }

  private static List<Pod> pods(String namespace) {
    return cluster.admin().pods().inNamespace(namespace).list().getItems();
  }

  private static List<String> names(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
  }
}
