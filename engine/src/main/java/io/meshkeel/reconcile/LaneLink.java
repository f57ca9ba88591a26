package io.meshkeel.reconcile;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.live.LiveListener;
import io.meshkeel.live.LiveOptions;
import io.meshkeel.live.LiveStatus;
import io.meshkeel.live.LiveView;
import io.meshkeel.live.ObservedView;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connection of a lane to its cluster, with the view of it and what was touched there. */
final class LaneLink implements AutoCloseable {
  private final Cluster cluster;
  private final LiveView live;
  private final Set<ResourceKey> touched;
  private final Optional<ObservedView> observed;
  private final ClusterSight sight;

  private LaneLink(
      Cluster cluster,
      LiveView live,
      Set<ResourceKey> touched,
      Optional<ObservedView> observed,
      ClusterSight sight) {
    this.cluster = cluster;
    this.live = live;
    this.touched = touched;
    this.observed = observed;
    this.sight = sight;
  }

  /**
   * Connects and begins to watch.
   *
   * @param options say how often to list anew, among others
   * @param wake called whenever something was touched or the view's status changed
   * @param seen called whenever modules may see something else
   */
  static LaneLink open(
      ClusterConnector connector,
      MeshCluster cluster,
      ReconcilerOptions options,
      Runnable wake,
      Runnable seen)
      throws ClusterException {
    Cluster connected = connector.connect(cluster);
    Set<ResourceKey> touched = ConcurrentHashMap.newKeySet();
    Set<ResourceKey> shown = ClusterSight.keys();
    Set<ResourceKey> unjudged = ClusterSight.keys();
    LiveListener modules =
        keys -> {
          shown.addAll(keys);
          unjudged.addAll(keys);
          seen.run();
        };
    LiveListener listener =
        new LiveListener() {
          @Override
          public void touched(Set<ResourceKey> keys) {
            touched.addAll(keys);
            wake.run();
            modules.touched(keys);
          }

          @Override
          public void statusChanged(LiveStatus status) {
            wake.run();
            seen.run();
          }
        };
    LiveOptions view =
        LiveOptions.of(
                cluster.mesh(), cluster.namespaces(), clock(options.clock()), options.jitter())
            .relisting(options.resync());
    LiveView live = LiveView.start(connected, view, listener);
    Optional<ObservedView> observed =
        options.observe()
            ? Optional.of(ObservedView.start(connected, view, modules))
            : Optional.empty();
    ClusterSight sight =
        new ClusterSight(live, observed, shown, unjudged, options.clock().instant());
    return new LaneLink(connected, live, touched, observed, sight);
  }

  private static Clock clock(InstantSource source) {
    return source instanceof Clock clock ? clock : source.withZone(ZoneOffset.UTC);
  }

  Cluster cluster() {
    return cluster;
  }

  LiveView live() {
    return live;
  }

  ClusterSight sight() {
    return sight;
  }

  /** What was touched since the last call. */
  Set<ResourceKey> drain() {
    Set<ResourceKey> drained = new HashSet<>();
    for (ResourceKey key : touched) {
      if (touched.remove(key)) {
        drained.add(key);
      }
    }
    return drained;
  }

  @Override
  public void close() {
    observed.ifPresent(ObservedView::close);
    live.close();
    cluster.close();
  }
}
