package io.meshkeel.testbed;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvoyIT {
  private static final String GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: entry, namespace: istio-ingress}
      spec:
        selector: {istio: ingress}
        servers:
        - port: {number: %d, name: http, protocol: HTTP}
          hosts: ["*"]
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: answers, namespace: istio-ingress}
      spec:
        hosts: ["*"]
        gateways: [entry]
        http:
        - directResponse: {status: 299}
      """;

  @Test
  void aGatewayAnswersAsItsConfigurationSays() throws IOException {
    int port = FreePorts.find(1)[0];
    try (KubeApiServer home = SharedServers.newKubeApiServer();
        Istiod istiod = SharedServers.newIstiod(home, Envoy.steeredBy(IstiodOptions.PLAIN));
        Envoy envoy = SharedServers.newGateway(istiod, home, Map.of("istio", "ingress"))) {
      home.ensureNamespace("istio-ingress");
      home.apply(GATEWAY.formatted(port));

      Http http = new Http();
      await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() ->
              assertThat(http.get(URI.create("http://127.0.0.1:" + port + "/")).status())
                  .isEqualTo(299));
      assertThat(ProcessHandle.of(envoy.pid())).isPresent();
    }
  }
}
