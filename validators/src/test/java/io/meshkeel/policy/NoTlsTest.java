package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client without TLS. */
final class NoTlsTest {
  private final HttpClient client = HttpClient.newBuilder().sslContext(new NoTls()).build();
  private final HttpServer server = listening();

  private static HttpServer listening() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    client.shutdownNow();
  }

  private HttpRequest request(String scheme) {
    return HttpRequest.newBuilder(
            URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/"))
        .build();
  }

  @Test
  void asksByPlainHttp() throws Exception {
    assertThat(client.send(request("http"), BodyHandlers.discarding()).statusCode()).isEqualTo(204);
  }

  @Test
  void asksNothingByTls() {
    assertThatThrownBy(() -> client.send(request("https"), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no TLS");
  }
}
