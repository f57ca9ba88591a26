package io.meshkeel.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.testbed.SharedServers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real API server keeps the contract, with no more rights than {@code deploy/rbac} grants. */
class KubeClusterIT extends ClusterContract {
  private static Kubeconfig kubeconfig;
  private static KubeCluster kube;

  @BeforeAll
  static void connect() throws Exception {
    kubeconfig = ControlPlane.kubeconfig(SharedServers.kubeApiServer(), "control-plane");
    kube = KubeCluster.connect(kubeconfig);
  }

  @AfterAll
  static void disconnect() {
    kube.close();
  }

  @Override
  Cluster cluster() {
    return kube;
  }

  @Override
  String namespace() {
    return SharedServers.newNamespace();
  }

  @Override
  void handEdit(ResourceKey key, String manager, JsonPath path, @Nullable Object value) {
    ControlPlane.handEdit(SharedServers.kubeApiServer(), key, manager, path, value);
  }

  @Override
  String ancientVersion() {
    return "1";
  }

  private static Manifest virtualService(String namespace, Map<String, Object> spec) {
    return Manifest.of(
        Map.of(
            "apiVersion",
            "networking.istio.io/v1",
            "kind",
            "VirtualService",
            "metadata",
            Map.of("name", "a", "namespace", namespace),
            "spec",
            spec));
  }

  private static ClusterException refusal(Cluster cluster, Manifest manifest) {
    return catchThrowableOfType(ClusterException.class, () -> cluster.apply(manifest, false));
  }

  @Test
  void whatTheSchemaForbidsIsRefusedWithTheReason() {
    Manifest wrong = virtualService(SharedServers.newNamespace(), Map.of("hosts", "not a list"));
    ClusterException refusal = refusal(kube, wrong);
    assertThat(refusal.reason()).isEqualTo(FailureReason.APPLY_REFUSED);
    assertThat(refusal).hasMessageContaining("VirtualService").hasMessageContaining("hosts");
    assertThat(refusal.retryable()).isFalse();
  }

  @Test
  void anUnknownFieldIsRefusedWithItsName() {
    Manifest wrong =
        virtualService(SharedServers.newNamespace(), Map.of("hosts", List.of("a"), "hostz", "a"));
    ClusterException refusal = refusal(kube, wrong);
    assertThat(refusal.reason()).isEqualTo(FailureReason.APPLY_REFUSED);
    assertThat(refusal).hasMessageContaining("spec.hostz");
  }

  @Test
  void aMissingRightIsNamed() {
    ClusterException refusal =
        catchThrowableOfType(
            ClusterException.class,
            () -> kube.list(new KindScope(Kinds.CONFIG_MAP, "kube-system", ""), ""));
    assertThat(refusal.reason()).isEqualTo(FailureReason.CLUSTER_FORBIDDEN);
    assertThat(refusal)
        .hasMessageContaining("list configmaps of the core group in namespace kube-system");
  }

  @Test
  void aWrongTokenIsACredentialFailure() throws Exception {
    Kubeconfig wrong =
        new Kubeconfig(kubeconfig.server(), kubeconfig.caData(), "wrong", "", "", "");
    try (KubeCluster cluster = KubeCluster.connect(wrong)) {
      assertThat(catchThrowableOfType(ClusterException.class, cluster::served).reason())
          .isEqualTo(FailureReason.CREDENTIAL_INVALID);
    }
  }

  @Test
  void aServerWithAnotherCertificateIsNotTrusted() throws Exception {
    Kubeconfig wrong = new Kubeconfig(kubeconfig.server(), "", kubeconfig.token(), "", "", "");
    try (KubeCluster cluster = KubeCluster.connect(wrong)) {
      assertThat(catchThrowableOfType(ClusterException.class, cluster::served).reason())
          .isEqualTo(FailureReason.CLUSTER_UNREACHABLE);
    }
  }

  @Test
  void aServerThatIsAwayIsUnreachable() throws Exception {
    Kubeconfig nowhere =
        new Kubeconfig(URI.create("https://127.0.0.1:1"), kubeconfig.caData(), "token", "", "", "");
    try (KubeCluster cluster = KubeCluster.connect(nowhere, Duration.ofSeconds(5))) {
      ClusterException refusal = catchThrowableOfType(ClusterException.class, cluster::served);
      assertThat(refusal.reason()).isEqualTo(FailureReason.CLUSTER_UNREACHABLE);
      assertThat(refusal.retryable()).isTrue();
      assertThat(refusal).hasMessageContaining("127.0.0.1:1");
    }
  }
}
