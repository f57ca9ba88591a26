package io.meshkeel.kube;

/**
 * A kubeconfig that says all itself: its current context with server, certificates and token or
 * client certificate as data.
 */
public final class Kubeconfig {
  /** Largest kubeconfig, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private Kubeconfig() {}

  /**
   * Reads a kubeconfig. Blocks on nothing.
   *
   * @param content YAML or JSON
   * @throws ClusterException {@code CREDENTIAL_INVALID} if it is too large, can't be read, is
   *     incomplete, or asks to run a program or read a file
   */
  public static Kubeconfig parse(byte[] content) throws ClusterException {
    throw new UnsupportedOperationException();
  }
}
