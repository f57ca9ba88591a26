package io.meshkeel.reconcile;

import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveStatus;
import io.meshkeel.live.LiveView;
import io.meshkeel.live.ObservedView;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.view.MeshBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the modules see of one cluster through one connection. Any thread. */
final class ClusterSight implements MeshBoard.Source {
  /** How long what was seen counts after the cluster fell silent: 1 minute. */
  static final Duration DEFAULT_STALE = Duration.ofMinutes(1);

  private final LiveView live;
  private final Optional<ObservedView> observed;
  private final Set<ResourceKey> touched;
  private final Set<ResourceKey> unjudged;
  private final Instant since;

  /**
   * @param touched gets the keys of what may be different now, for the modules
   * @param unjudged gets the same, for rules
   * @param since when the connection was made
   */
  ClusterSight(
      LiveView live,
      Optional<ObservedView> observed,
      Set<ResourceKey> touched,
      Set<ResourceKey> unjudged,
      Instant since) {
    this.live = live;
    this.observed = observed;
    this.touched = touched;
    this.unjudged = unjudged;
    this.since = since;
  }

  /** A set for the keys that are touched. */
  static Set<ResourceKey> keys() {
    return ConcurrentHashMap.newKeySet();
  }

  /** What was touched since the last call. */
  Set<ResourceKey> drain() {
    return drain(touched);
  }

  /** The same, counted apart: what no inventory for rules has yet. */
  Set<ResourceKey> drainUnjudged() {
    return drain(unjudged);
  }

  private static Set<ResourceKey> drain(Set<ResourceKey> keys) {
    Set<ResourceKey> drained = new HashSet<>();
    for (ResourceKey key : keys) {
      if (keys.remove(key)) {
        drained.add(key);
      }
    }
    return drained;
  }

  /** When the connection was made. */
  Instant since() {
    return since;
  }

  /** When the quietest of the watches last heard from the server. */
  Instant heard() {
    Instant quietest = live.status().heard();
    return observed
        .flatMap(ObservedView::heard)
        .filter(heard -> heard.isBefore(quietest))
        .orElse(quietest);
  }

  /** Whether the cluster was seen as a whole and could be heard not long ago. */
  boolean isClear(Instant now) {
    LiveStatus status = live.status();
    return status.ready()
        && (status.failure().isEmpty() || status.heard().isAfter(now.minus(DEFAULT_STALE)));
  }

  /** Whether everything was listed once, or, of what is only looked at, may not be. */
  boolean seen() {
    return live.status().ready() && observed.map(ObservedView::settled).orElse(true);
  }

  /** Whether everything was listed once, or found to be out of reach. */
  boolean settled() {
    LiveStatus status = live.status();
    return (status.ready() || status.failure().isPresent())
        && observed.map(ObservedView::settled).orElse(true);
  }

  @Override
  public Set<GroupKind> known() {
    Set<GroupKind> known = new HashSet<>(live.known());
    observed.ifPresent(view -> known.addAll(view.known()));
    return Set.copyOf(known);
  }

  @Override
  public Optional<Manifest> get(ResourceKey key) {
    return LiveView.isWhole(key.groupKind()) || onlyFollowed(key)
        ? live.get(key).map(LiveObject::manifest)
        : observed.flatMap(view -> view.get(key));
  }

  /** Remote secrets are looked at one by one where not all Secrets may be listed. */
  private boolean onlyFollowed(ResourceKey key) {
    return key.groupKind().equals(ObservedKinds.SECRET)
        && observed.map(view -> !view.known().contains(ObservedKinds.SECRET)).orElse(true);
  }

  @Override
  public Optional<LiveObject> live(ResourceKey key) {
    return live.get(key);
  }

  @Override
  public Collection<Manifest> objects() {
    Collection<Manifest> all = new ArrayList<>();
    for (LiveObject object : live.objects()) {
      if (LiveView.isWhole(object.key().groupKind()) || onlyFollowed(object.key())) {
        all.add(object.manifest());
      }
    }
    observed.ifPresent(view -> all.addAll(view.objects()));
    return all;
  }
}
