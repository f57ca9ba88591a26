package io.meshkeel.rig;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Calls through a gateway on loopback, each on a connection of its own, and who answers them. */
final class GatewayCalls {
  private static final int SOCKET_TIMEOUT_MILLIS = 5_000;

  private final int port;
  private final String host;

  /**
   * @param port where the gateway listens
   * @param host the host that is asked for
   */
  GatewayCalls(int port, String host) {
    this.port = port;
    this.host = host;
  }

  /** An answer: its status code and its body; status 0 when nobody listens or answers. */
  record Answer(int status, String body) {}

  /** One call. */
  Answer call(String method) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
      String request = "%s / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
      socket
          .getOutputStream()
          .write(request.formatted(method, host).getBytes(StandardCharsets.US_ASCII));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!response.startsWith("HTTP/1.1 ")) {
        return new Answer(0, response);
      }
      int status = Integer.parseInt(response.substring(9, 12));
      return new Answer(status, response.substring(response.indexOf("\r\n\r\n") + 4));
    } catch (IOException e) {
      return new Answer(0, "no answer: " + e.getMessage());
    }
  }

  /** How many of so many calls this service answered; a call that fails counts for nobody. */
  long answeredBy(String name, int calls) {
    long count = 0;
    for (int i = 0; i < calls; i++) {
      if (call("GET").equals(new Answer(200, name))) {
        count++;
      }
    }
    return count;
  }

  /** A service on loopback that answers every call with its name. */
  static HttpServer service(String name) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] body = name.getBytes(StandardCharsets.US_ASCII);
      server.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
