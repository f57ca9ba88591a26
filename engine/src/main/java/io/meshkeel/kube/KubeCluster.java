package io.meshkeel.kube;

/** Connects to real clusters. */
public final class KubeCluster {
  private KubeCluster() {}

  /** Opens a connection; asks the server nothing yet. */
  public static Cluster connect(Kubeconfig kubeconfig) throws ClusterException {
    throw new UnsupportedOperationException();
  }
}
