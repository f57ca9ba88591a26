package io.meshkeel.reconcile;

import io.meshkeel.git.GitException;
import io.meshkeel.git.GitMirror;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.Revision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the revision of a cluster in the mirror. A mirror that can't is logged, no more. */
final class LanePins {
  private static final Logger LOG = LoggerFactory.getLogger(LanePins.class);

  private final GitMirror mirror;
  private final MeshCluster cluster;

  LanePins(GitMirror mirror, MeshCluster cluster) {
    this.mirror = mirror;
    this.cluster = cluster;
  }

  /** The cluster holds this revision. */
  void pin(Revision revision) {
    try {
      mirror.pin(cluster.mesh(), cluster.name(), revision);
    } catch (GitException e) {
      LOG.warn("{}/{}: {}", cluster.mesh(), cluster.name(), e.getMessage());
    }
  }

  /**
   * Before the first write to a cluster: what is written must be found again, even if the mesh left
   * the repository and the service was down meanwhile.
   */
  void keep(Revision revision) {
    try {
      if (mirror.pinned(cluster.mesh(), cluster.name()).isEmpty()) {
        mirror.pin(cluster.mesh(), cluster.name(), revision);
      }
    } catch (GitException e) {
      LOG.warn("{}/{}: {}", cluster.mesh(), cluster.name(), e.getMessage());
    }
  }
}
