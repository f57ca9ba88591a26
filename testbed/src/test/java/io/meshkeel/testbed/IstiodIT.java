package io.meshkeel.testbed;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IstiodIT {
  private static final String VIRTUAL_SERVICE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: orders, namespace: %s}
      spec:
        hosts: [orders.example.com]
        http:
        - route:
          - destination: {host: orders.shop.svc.cluster.local}
      """;

  @Test
  void itTakesOverWhatIsWrittenToItsCluster() {
    try (KubeApiServer cluster = SharedServers.newKubeApiServer();
        Istiod istiod =
            Istiod.start(
                SharedServers.binaries().get(ServerBinary.ISTIOD),
                cluster,
                SharedServers.folder(SharedServers.newName("istiod")))) {
      cluster.ensureNamespace("shop");
      cluster.apply(VIRTUAL_SERVICE.formatted("shop"));

      await()
          .untilAsserted(() ->
              assertThat(istiod.configuration())
                  .anySatisfy(config -> {
                    assertThat(config.kind()).isEqualTo("VirtualService");
                    assertThat(config.namespace()).isEqualTo("shop");
                    assertThat(config.name()).isEqualTo("orders");
                    assertThat(config.spec().path("hosts").path(0).asText())
                        .isEqualTo("orders.example.com");
                  }));
      assertThat(istiod.debug("/debug/clusterz")).contains(cluster.name());
    }
  }
}
