package io.meshkeel.live;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshkeel.desired.Declared;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.testbed.Crds;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A data plane cluster without Istio's kinds, seen with the rights of its own role. */
@Timeout(900)
class DataPlaneIT {
  private static final GroupKind ROUTE = new GroupKind("networking.istio.io", "VirtualService");

  private static KubeApiServer server;
  private static KubeCluster cluster;

  @BeforeAll
  static void connect() throws Exception {
    server = SharedServers.newBareKubeApiServer();
    cluster = KubeCluster.connect(ControlPlane.kubeconfig(server, "data-plane"));
  }

  @AfterAll
  static void disconnect() {
    cluster.close();
    server.close();
  }

  @Test
  void itIsReadyWithoutCrdsAndPicksThemUpWhenTheyCome() throws Exception {
    List<LiveStatus> told = new CopyOnWriteArrayList<>();
    LiveOptions options =
        new LiveOptions(
            Declared.MESH,
            List.of(),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Clock.systemUTC(),
            () -> 0.5,
            UnaryOperator.identity());
    LiveListener listener =
        new LiveListener() {
          @Override
          public void touched(Set<ResourceKey> keys) {}

          @Override
          public void statusChanged(LiveStatus status) {
            told.add(status);
          }
        };
    try (LiveView view = LiveView.start(cluster, options, listener)) {
      await().until(view::ready);
      assertThat(view.serves(ROUTE)).isFalse();
      assertThat(view.status().failure()).isEmpty();
      Path crds = new Crds(SharedServers.binaries()).istio(Crds.ISTIO);
      server.apply(Files.readString(crds));
      await().until(() -> view.serves(ROUTE));
      await().until(() -> !told.getLast().notServed().contains(ROUTE));
    }
  }

  @Test
  void noConfigurationOfIstioCanBeWrittenThere() throws Exception {
    server.apply(Files.readString(new Crds(SharedServers.binaries()).istio(Crds.ISTIO)));
    await().until(() -> cluster.served().containsKey(ROUTE));
    ClusterException refusal =
        catchThrowableOfType(
            ClusterException.class, () -> cluster.apply(Declared.route("a", "a"), false));
    assertThat(refusal.reason()).isEqualTo(FailureReason.CLUSTER_FORBIDDEN);
    assertThat(refusal).hasMessageContaining("patch virtualservices");
  }
}
