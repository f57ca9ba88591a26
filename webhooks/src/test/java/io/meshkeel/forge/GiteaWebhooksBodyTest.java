package io.meshkeel.forge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.testbed.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that are too long, too slow or packed, written byte by byte where that matters. */
class GiteaWebhooksBodyTest {
  private static final int MOST = 8 * 1024;

  private WebhookServer server;

  @BeforeEach
  void start() throws Exception {
    server = server(Patience.LIMIT);
  }

  private static WebhookServer server(Duration patience) throws Exception {
    return new WebhookServer(
        new GiteaWebhooks.Options(
            WebhookServer.REPOSITORY, () -> WebhookServer.SECRET, MOST, patience, 10));
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(server.failures()).isEmpty();
    server.close();
  }

  private static String padded(int length) {
    String push = Payloads.push();
    return push + " ".repeat(length - push.getBytes(UTF_8).length);
  }

  @Test
  void aBodyAsLongAsAllowedIsTaken() throws Exception {
    assertThat(server.deliver("push", padded(MOST)).statusCode()).isEqualTo(202);
  }

  @Test
  void aBodyOneByteTooLongIsRefused() throws Exception {
    assertThat(server.deliver("push", padded(MOST + 1)).statusCode()).isEqualTo(413);
    assertThat(server.events).isEmpty();
  }

  @Test
  void anAnnouncedLengthIsRefusedBeforeTheBodyIsSent() throws Exception {
    try (Socket socket = server.connect()) {
      head(socket, "Content-Length: 1000000000000");

      assertThat(answer(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void aLengthThatIsNoNumberIsRefused() throws Exception {
    try (Socket socket = server.connect()) {
      head(socket, "Content-Length: many");

      assertThat(answer(socket)).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void chunksWithoutALengthAreCounted() throws Exception {
    try (Socket socket = server.connect()) {
      head(socket, "Transfer-Encoding: chunked");
      OutputStream out = socket.getOutputStream();
      for (int sent = 0; sent <= MOST; sent += 1024) {
        out.write(("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(ISO_8859_1));
      }
      out.flush();

      assertThat(answer(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void chunksThatFitAreTaken() throws Exception {
    byte[] body = Payloads.push().getBytes(UTF_8);
    try (Socket socket = server.connect()) {
      head(
          socket,
          "Transfer-Encoding: chunked\r\nConnection: close",
          new WebhookSignature(WebhookServer.SECRET).sign(body));
      OutputStream out = socket.getOutputStream();
      out.write((Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1));
      out.write(body);
      out.write("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();

      assertThat(answer(socket)).startsWith("HTTP/1.1 202");
    }
  }

  @Test
  void aBodyThatStopsToArriveIsGivenUp() throws Exception {
    try (WebhookServer hasty = server(Duration.ofMillis(300));
        Socket socket = hasty.connect()) {
      head(socket, "Content-Length: 100");
      socket.getOutputStream().write("{".getBytes(UTF_8));
      socket.getOutputStream().flush();

      assertThat(answer(socket)).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void aBodyThatIsCutOffQueuesNothing() throws Exception {
    try (Socket socket = server.connect()) {
      head(socket, "Content-Length: 100");
      socket.getOutputStream().write("{".getBytes(UTF_8));
    }

    assertThat(server.deliver("push", Payloads.push()).statusCode()).isEqualTo(202);
    assertThat(server.events).hasSize(1);
  }

  @Test
  void aCompressedBodyIsRefusedWithoutUnpackingIt() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[1 << 20]);
    }
    byte[] body = packed.toByteArray();
    Map<String, String> headers = WebhookServer.headers("push", body);
    headers.put("Content-Encoding", "gzip");

    assertThat(server.send(headers, body).statusCode()).isEqualTo(415);
  }

  @Test
  void anotherMethodIsRefused() throws Exception {
    try (Socket socket = server.connect()) {
      socket
          .getOutputStream()
          .write(
              "GET /webhooks/gitea HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(ISO_8859_1));
      socket.getOutputStream().flush();

      assertThat(answer(socket)).startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void onlyTheNewestDeliveriesAreRemembered() {
    RecentDeliveries deliveries = new RecentDeliveries(2);

    assertThat(deliveries.add("a")).isTrue();
    assertThat(deliveries.add("b")).isTrue();
    assertThat(deliveries.add("a")).isFalse();
    assertThat(deliveries.add("c")).isTrue();
    assertThat(deliveries.add("c")).isFalse();
    assertThat(deliveries.add("a")).isTrue();
  }

  private static void head(Socket socket, String length) throws IOException {
    head(socket, length, "0".repeat(64));
  }

  private static void head(Socket socket, String length, String signature) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("POST /webhooks/gitea HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "X-Gitea-Delivery: 1\r\nX-Gitea-Event: push\r\nX-Gitea-Signature: "
                    + signature
                    + "\r\n"
                    + length
                    + "\r\n\r\n")
                .getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All that comes until the server closes the connection. */
  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }
}
