package io.meshkeel.facts.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProtocolTest {
  /** After {@code pkg/config/kube/conversion_test.go} and the documentation's page on protocols. */
  @ParameterizedTest(name = "{0} {1} {2} appProtocol {3}: {4}")
  @CsvSource({
    "8888, , TCP, , UNKNOWN",
    "25, , TCP, , TCP",
    "53, , TCP, , TCP",
    "3306, , TCP, , TCP",
    "27017, , TCP, , TCP",
    "8888, http, TCP, , HTTP",
    "8888, http-test, TCP, , HTTP",
    "8888, http2, TCP, , HTTP2",
    "8888, HTTP2-test, TCP, , HTTP2",
    "8888, http3, TCP, , UNKNOWN",
    "8888, httptest, TCP, , UNKNOWN",
    "8888, test-http, TCP, , UNKNOWN",
    "8888, grpc, TCP, , GRPC",
    "8888, grpc-test, TCP, , GRPC",
    "8888, grpc-web, TCP, , GRPC_WEB",
    "8888, GRPC-WEB-x, TCP, , GRPC_WEB",
    "8888, grpc-webby, TCP, , GRPC_WEB",
    "8888, grpcweb, TCP, , UNKNOWN",
    "8888, https-x, TCP, , HTTPS",
    "8888, tls-x, TCP, , TLS",
    "8888, tcp-x, TCP, , TCP",
    "8888, mongo, TCP, , MONGO",
    "8888, redis, TCP, , REDIS",
    "8888, mysql, TCP, , MYSQL",
    "8888, udp-x, TCP, , UDP",
    "8888, http, UDP, , UDP",
    "8888, http, UDP, http, UDP",
    "8888, http, TCP, tcp, TCP",
    "8888, http, TCP, kubernetes.io/h2c, HTTP2",
    "8888, http, TCP, kubernetes.io/ws, HTTP",
    "8888, http, TCP, kubernetes.io/wss, HTTPS",
    "8888, kubernetes.io/h2c, TCP, , UNKNOWN",
    "8888, http, TCP, example.com/x, UNKNOWN",
    "3306, http, TCP, , HTTP",
    "3306, http, TCP, example.com/x, TCP",
    "3306, main, TCP, , TCP",
    "8888, , SCTP, , UNKNOWN",
    "8888, http_proxy, TCP, , HTTP_PROXY",
  })
  void isWhatIstioMakesOfThePort(
      long port, String name, String transport, String appProtocol, Protocol protocol) {
    assertThat(
            Protocol.of(
                port, name == null ? "" : name, transport, appProtocol == null ? "" : appProtocol))
        .isEqualTo(protocol);
  }

  @Test
  void tellsHowAProxyHandlesTheBytes() {
    assertThat(Protocol.GRPC.wire()).isEqualTo(Protocol.Wire.HTTP);
    assertThat(Protocol.HTTPS.wire()).isEqualTo(Protocol.Wire.TCP);
    assertThat(Protocol.UNKNOWN.wire()).isEqualTo(Protocol.Wire.SNIFFED);
    assertThat(Protocol.UDP.wire()).isEqualTo(Protocol.Wire.UDP);
    assertThat(Protocol.GRPC_WEB.word()).isEqualTo("GRPC-Web");
  }
}
