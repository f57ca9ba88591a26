package io.meshkeel.view;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.Declared;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveListener;
import io.meshkeel.live.LiveOptions;
import io.meshkeel.live.LiveStatus;
import io.meshkeel.live.LiveView;
import io.meshkeel.live.Observer;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.IstiodOptions;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real istiod writes into the status of an object it finds wrong. */
@Timeout(900)
class ControllerMessageIT {
  private static final ClusterName EAST = Declared.EAST;
  private static final GroupKind ROUTE = new GroupKind("networking.istio.io", "VirtualService");
  private static final LiveListener NOBODY =
      new LiveListener() {
        @Override
        public void touched(Set<ResourceKey> keys) {}

        @Override
        public void statusChanged(LiveStatus status) {}
      };

  private static List<ControllerMessage> said(ClusterInventory seen) {
    assertThat(seen.knows(ROUTE)).isTrue();
    return Configuration.rows(Scene.undeclared(new Inventory(Map.of(EAST, seen)))).stream()
        .filter(row -> row.name().equals("web"))
        .flatMap(row -> row.istiod().stream())
        .toList();
  }

  private static void assertMissingGatewayIsTold(ClusterInventory seen) {
    assertThat(said(seen))
        .anySatisfy(message -> {
          assertThat(message.code()).isEqualTo("IST0101");
          assertThat(message.level()).isEqualTo(Severity.ERROR);
          assertThat(message.message())
              .startsWith("istiod's analysis finds it wrong: https://istio.io/")
              .endsWith("/ist0101/");
        });
  }

  @Test
  void isShownFromWhatIsWatchedAndFromASnapshot() throws Exception {
    try (KubeApiServer server = SharedServers.newKubeApiServer();
        Istiod istiod =
            SharedServers.newIstiod(
                server, IstiodOptions.PLAIN.with("PILOT_ENABLE_ANALYSIS", "true"));
        KubeCluster cluster =
            KubeCluster.connect(ControlPlane.kubeconfig(server, "control-plane"));
        LiveView live =
            LiveView.start(
                cluster,
                LiveOptions.of(Declared.MESH, List.of(), Clock.systemUTC(), () -> 0),
                NOBODY)) {
      assertThat(istiod.pid()).isPositive();
      server.ensureNamespace("shop");
      server.apply(
          """
          apiVersion: networking.istio.io/v1
          kind: VirtualService
          metadata: {namespace: shop, name: web}
          spec:
            hosts: [web.example.com]
            gateways: [nowhere]
            http: [{route: [{destination: {host: web.example.com}}]}]
          """);

      await().ignoreExceptions().untilAsserted(() -> assertMissingGatewayIsTold(seen(live)));
      try (KubeCluster admin = KubeCluster.connect(observer(server))) {
        assertMissingGatewayIsTold(Observer.observe(EAST, admin).inventory());
      }
    }
  }

  private static io.meshkeel.kube.Kubeconfig observer(KubeApiServer server) throws Exception {
    return io.meshkeel.kube.Kubeconfig.parse(
        java.nio.file.Files.readAllBytes(server.adminKubeconfigFile()));
  }

  private static ClusterInventory seen(LiveView live) {
    return ClusterInventory.of(
        EAST,
        live.known(),
        live.objects().stream()
            .filter(object -> LiveView.isWhole(object.key().groupKind()))
            .map(LiveObject::manifest)
            .toList());
  }
}
