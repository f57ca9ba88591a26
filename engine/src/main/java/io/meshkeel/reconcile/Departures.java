package io.meshkeel.reconcile;

import io.meshkeel.git.GitException;
import io.meshkeel.git.GitMirror;
import io.meshkeel.git.Pin;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the clusters that hold something of ours and left the repository, by the revisions that the
 * mirror keeps for clusters: so also when the service was down while they left. The kept revision
 * still declares the cluster and its credential.
 */
final class Departures {
  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

  private final GitMirror mirror;
  private final MeshStates states;
  private final Lanes lanes;

  Departures(GitMirror mirror, MeshStates states, Lanes lanes) {
    this.mirror = mirror;
    this.states = states;
    this.lanes = lanes;
  }

  /** Whether anything is known to be applied anywhere. */
  boolean any() {
    return !pins().isEmpty();
  }

  /**
   * Lets go of clusters that left.
   *
   * @param left whether the mesh or the cluster is surely declared no more
   * @param head the revision that says so
   */
  void retire(Predicate<Pin> left, Revision head) {
    for (Pin pin : pins()) {
      if (left.test(pin)) {
        retire(pin, head);
      }
    }
  }

  private void retire(Pin pin, Revision head) {
    Optional<MeshDeclarations> declared = states.declared(pin.mesh(), pin.revision());
    Optional<MeshCluster> cluster =
        declared.stream()
            .flatMap(d -> d.clusters().stream())
            .filter(c -> c.name().equals(pin.cluster()))
            .findFirst();
    if (declared.isEmpty() || cluster.isEmpty()) {
      LOG.warn(
          "{}/{} left the repository, but revision {} doesn't tell how it was reached: its objects"
              + " stay",
          pin.mesh(),
          pin.cluster(),
          pin.revision().abbreviated());
      return;
    }
    lanes.retire(cluster.get(), head, declared.get().mesh());
  }

  /** The cluster holds nothing of ours any more. */
  void done(MeshCluster cluster) {
    try {
      mirror.unpin(cluster.mesh(), cluster.name());
    } catch (GitException e) {
      LOG.warn("{}/{}: {}", cluster.mesh(), cluster.name(), e.getMessage());
    }
  }

  private List<Pin> pins() {
    try {
      return mirror.pins();
    } catch (GitException e) {
      LOG.warn("{}", e.getMessage());
      return List.of();
    }
  }
}
