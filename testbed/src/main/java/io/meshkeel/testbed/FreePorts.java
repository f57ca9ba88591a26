package io.meshkeel.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports that are free at the moment.
 *
 * <p>They lie below those that Linux gives to outgoing connections (32768 and above by default): no
 * client takes one away before the server has it, nor while a server that was killed waits to be
 * started on its port again. They are drawn at random, so that two test runs seldom try the same.
 */
public final class FreePorts {
  /** The lowest port that is tried. */
  static final int LOWEST = 12_000;

  /** One above the highest port that is tried. */
  static final int BOUND = 32_000;

  private static final int ATTEMPTS = 200;

  private FreePorts() {}

  /**
   * One port; it was free when this method looked.
   *
   * @throws UncheckedIOException if 200 draws found none
   */
  public static int one() {
    try {
      return find(1)[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * So many different ports; they were free when this method looked.
   *
   * @throws IOException if 200 draws found too few
   */
  static int[] find(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int attempt = 0; attempt < ATTEMPTS && sockets.size() < count; attempt++) {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
        try {
          sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException e) {
          continue; // Somebody has it: another draw.
        }
      }
      if (sockets.size() < count) {
        throw new IOException(
            "no " + count + " free ports among " + ATTEMPTS + " of " + LOWEST + " to " + BOUND);
      }
      return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
