package io.meshkeel.testbed;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

class KubeApiServerIT {
  @Test
  void theSharedServerServesIstioAndGatewayKinds() {
    KubernetesClient admin = SharedServers.kubeApiServer().admin();

    assertThat(admin.getApiGroups().getGroups())
        .extracting("name")
        .contains("networking.istio.io", "security.istio.io", "gateway.networking.k8s.io");
  }

  @Test
  void twoServersOnOneEtcdShareNoData() {
    KubeApiServer shared = SharedServers.kubeApiServer();
    try (KubeApiServer own = SharedServers.newKubeApiServer()) {
      String namespace = SharedServers.newNamespace();

      assertThat(shared.admin().namespaces().withName(namespace).get()).isNotNull();
      assertThat(own.admin().namespaces().withName(namespace).get()).isNull();
    }
  }

  @Test
  void aServiceAccountHasNoRightsUntilRbacGivesThem() {
    KubeApiServer server = SharedServers.kubeApiServer();
    String namespace = SharedServers.newNamespace();
    String kubeconfig = server.serviceAccountKubeconfig(namespace, "robot");
    try (KubernetesClient robot = KubeApiServer.client(kubeconfig)) {
      assertThatThrownBy(() -> robot.configMaps().inNamespace(namespace).list())
          .isInstanceOf(KubernetesClientException.class)
          .satisfies(e -> assertThat(((KubernetesClientException) e).getCode()).isEqualTo(403));

      server.apply(
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: {name: reader, namespace: %1$s}
          rules:
          - {apiGroups: [""], resources: [configmaps], verbs: [get, list]}
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: {name: reader, namespace: %1$s}
          roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
          subjects:
          - {kind: ServiceAccount, name: robot, namespace: %1$s}
          """
              .formatted(namespace));

      // RBAC reads through a watch: the right comes a moment later.
      await()
          .ignoreExceptions()
          .untilAsserted(() ->
              assertThat(robot.configMaps().inNamespace(namespace).list().getItems()).isEmpty());
      assertThatThrownBy(() ->
              robot
                  .resource(
                      new ConfigMapBuilder()
                          .withNewMetadata()
                          .withName("mine")
                          .withNamespace(namespace)
                          .endMetadata()
                          .build())
                  .create())
          .isInstanceOf(KubernetesClientException.class)
          .satisfies(e -> assertThat(((KubernetesClientException) e).getCode()).isEqualTo(403));
    }
  }

  @Test
  void aKilledServerComesBackWithItsDataAndItsTokens() {
    try (KubeApiServer server = SharedServers.newBareKubeApiServer()) {
      server.ensureNamespace("kept");
      String before = server.kubeconfig(KubeApiServer.ADMIN);

      server.kill();
      assertThat(ProcessHandle.of(server.pid())).isEmpty();
      server.restart();

      try (KubernetesClient client = KubeApiServer.client(before)) {
        assertThat(client.namespaces().withName("kept").get()).isNotNull();
      }
    }
  }

  @Test
  void anUnknownUserIsNamedInTheError() {
    assertThatThrownBy(() -> SharedServers.kubeApiServer().kubeconfig("nobody"))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("nobody")
        .hasMessageContaining("admin");
  }
}
