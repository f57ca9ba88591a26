package io.meshkeel.reconcile;

import io.meshkeel.apply.AppliedRevision;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.kube.Credentials;
import io.meshkeel.kube.SecretContent;
import io.meshkeel.live.LiveView;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The remote secrets of one cluster: puts digests of their credentials into what is wanted, anew
 * when a credential was rotated, and has those secrets watched, one by one. The thread of the lane.
 */
@SuppressWarnings("ReferenceEquality") // A state that is the very same one has nothing new.
final class LaneSecrets {
  /** How often to look whether a credential was rotated. */
  static final Duration LOOK = Duration.ofSeconds(10);

  private final MeshCluster cluster;
  private final Credentials credentials;
  private final MeshStates states;
  private @Nullable Target sealed;
  private boolean any;
  private boolean lookedBack;
  private Instant nextLook = Instant.MAX;

  LaneSecrets(MeshCluster cluster, Credentials credentials, MeshStates states) {
    this.cluster = cluster;
    this.credentials = credentials;
    this.states = states;
  }

  /** The target with digests in it; the very same if it has them and no credential is new. */
  Target seal(Target target, Instant now) {
    boolean fresh = target != sealed;
    if (!fresh && now.isBefore(nextLook)) {
      return target;
    }
    if (fresh) {
      any = !SecretContent.secrets(target.desired()).isEmpty();
    }
    nextLook = any ? now.plus(LOOK) : Instant.MAX;
    DesiredState desired = any ? seal(target.desired()) : target.desired();
    Target result =
        desired == target.desired()
            ? target
            : new Target(
                target.revision(), desired, target.since(), target.suspended(), target.retiring());
    sealed = result;
    return result;
  }

  private DesiredState seal(DesiredState desired) {
    return SecretContent.seal(desired, credentials);
  }

  /** What an earlier revision wanted of the cluster; empty if it can't be had any more. */
  Optional<DesiredState> state(Revision revision) {
    return states.of(cluster.mesh(), cluster.name(), revision).map(this::seal);
  }

  /** How long until credentials are to be looked at again; empty if there are none. */
  Optional<Duration> rest(Instant now) {
    return any ? Optional.of(Duration.between(now, nextLook)) : Optional.empty();
  }

  /**
   * Has all secrets watched that may be written or pruned: those wanted, and once those of the
   * revision that the cluster holds. Says whether the view shows them.
   */
  boolean seen(LiveView live, Target target) {
    Set<ResourceKey> keys = new HashSet<>();
    if (any) {
      keys.addAll(SecretContent.secrets(target.desired()));
    }
    if (!lookedBack) {
      lookedBack = true;
      AppliedRevision.of(live, target.desired().applySet())
          .filter(revision -> !revision.equals(target.revision()) || target.retiring())
          .flatMap(revision -> states.of(cluster.mesh(), cluster.name(), revision))
          .ifPresent(state -> keys.addAll(SecretContent.secrets(state)));
    }
    if (!keys.isEmpty()) {
      live.follow(keys);
    }
    return live.ready();
  }
}
