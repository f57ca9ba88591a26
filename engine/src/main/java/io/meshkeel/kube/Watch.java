package io.meshkeel.kube;

import java.util.Optional;

/** An open watch. {@link #next} is called by one thread; {@link #close} by any. */
public interface Watch extends AutoCloseable {
  /**
   * The next event; waits for it. Empty when the server ended the watch in good order or it was
   * closed: go on with a new watch from the last resource version.
   *
   * @throws ExpiredException if that resource version is too old: list again
   * @throws ClusterException {@code CLUSTER_UNREACHABLE} if the connection broke
   */
  Optional<WatchEvent> next() throws ClusterException, ExpiredException, InterruptedException;

  /** Ends the watch at once; idempotent. */
  @Override
  void close();

  /** The resource version is too old ({@code 410 Gone}). */
  final class ExpiredException extends Exception {
    private static final long serialVersionUID = 1L;

    public ExpiredException(String message) {
      super(message);
    }
  }
}
