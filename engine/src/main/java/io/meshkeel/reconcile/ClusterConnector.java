package io.meshkeel.reconcile;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.model.MeshCluster;

/** Opens connections to the clusters that declarations name. Any thread. */
@FunctionalInterface
public interface ClusterConnector {
  /**
   * Opens a connection with the credential that the declaration names; asks the server nothing yet.
   * The caller closes it.
   *
   * @throws ClusterException {@code CREDENTIAL_INVALID} if there is no such credential or it is
   *     refused
   */
  Cluster connect(MeshCluster cluster) throws ClusterException;
}
