package io.meshkeel.reconcile;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of all clusters: makes one where it is missing, ends what left the repository. */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  static final DeploymentOptions VIRTUAL =
      new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);

  private record Key(MeshName mesh, ClusterName cluster) {}

  private final Vertx vertx;
  private final Function<MeshCluster, ClusterLane> maker;
  private final Map<Key, ClusterLane> lanes = new ConcurrentHashMap<>();

  private final Map<ClusterLane, Future<String>> deployed = new ConcurrentHashMap<>();

  /** A lane must not end while it gets a target. */
  private final ReentrantLock changing = new ReentrantLock();

  Lanes(Vertx vertx, Function<MeshCluster, ClusterLane> maker) {
    this.vertx = vertx;
    this.maker = maker;
  }

  /** A lane without a target: connects and watches. */
  void connect(MeshCluster cluster) {
    changing.lock();
    try {
      lane(cluster, lane -> {});
    } finally {
      changing.unlock();
    }
  }

  /** The same, unless the cluster has a lane, however it is connected. */
  void connectNew(MeshCluster cluster) {
    if (!lanes.containsKey(new Key(cluster.mesh(), cluster.name()))) {
      connect(cluster);
    }
  }

  /** Whether enough of a cluster was seen to judge by it. */
  boolean seen(MeshCluster cluster) {
    ClusterLane lane = lanes.get(new Key(cluster.mesh(), cluster.name()));
    return lane == null || lane.sight().map(ClusterSight::seen).orElse(false);
  }

  /** Whether a cluster can't be reached now, or not all of what is to be seen there. */
  boolean failing(MeshCluster cluster) {
    ClusterLane lane = lanes.get(new Key(cluster.mesh(), cluster.name()));
    return lane != null
        && (!lane.status().failure().isEmpty()
            || lane.sight().map(ClusterSight::settled).orElse(false));
  }

  /** The lane of a cluster; a new one is told before its first turn. */
  private void lane(MeshCluster cluster, Consumer<ClusterLane> tell) {
    Key key = new Key(cluster.mesh(), cluster.name());
    ClusterLane lane = lanes.get(key);
    if (lane != null && sameConnection(lane.declared(), cluster)) {
      tell.accept(lane);
      return;
    }
    if (lane != null) {
      end(lane);
    }
    ClusterLane fresh = maker.apply(cluster);
    tell.accept(fresh);
    lanes.put(key, fresh);
    deployed.put(
        fresh,
        vertx
            .deployVerticle(fresh, VIRTUAL)
            .onFailure(e -> LOG.error("{} could not be started", fresh, e)));
  }

  private static boolean sameConnection(MeshCluster one, MeshCluster other) {
    return one.credential().equals(other.credential())
        && one.namespaces().equals(other.namespaces());
  }

  void want(MeshCluster cluster, Target target) {
    changing.lock();
    try {
      lane(cluster, lane -> lane.want(target));
    } finally {
      changing.unlock();
    }
  }

  /** Clusters of a mesh other than these left the repository: what is ours there goes as chosen. */
  void keepOnly(MeshName mesh, Set<ClusterName> names, Revision revision, Mesh last) {
    for (Map.Entry<Key, ClusterLane> entry : List.copyOf(lanes.entrySet())) {
      if (entry.getKey().mesh().equals(mesh) && !names.contains(entry.getKey().cluster())) {
        retire(entry.getValue().declared(), revision, last);
      }
    }
  }

  /** A cluster left the repository; it may have no lane. Idempotent. */
  void retire(MeshCluster cluster, Revision revision, Mesh last) {
    ClusterLane lane = lanes.get(new Key(cluster.mesh(), cluster.name()));
    if (lane != null && lane.retiring()) {
      return;
    }
    DesiredState nothing =
        new DesiredState(last, cluster, ApplySet.of(last.name()), Map.of(), Map.of());
    want(cluster, new Target(revision, nothing, Instant.EPOCH, false, true));
  }

  /** Ends a lane that has nothing left to do; says no if its cluster is wanted again meanwhile. */
  boolean retired(ClusterLane lane) {
    changing.lock();
    try {
      if (!lane.retiring()) {
        return false;
      }
      end(lane);
      return true;
    } finally {
      changing.unlock();
    }
  }

  /** Ends a lane; what is in flight is finished. */
  void end(ClusterLane lane) {
    lanes.values().remove(lane);
    lane.prepareStop();
    Future<String> deployment = deployed.remove(lane);
    if (deployment != null) {
      // A first turn may be the last, before the deployment is known.
      deployment.compose(vertx::undeploy).onFailure(e -> LOG.warn("{} did not end well", lane, e));
    }
  }

  /** What the modules see of the clusters of a mesh that are connected. */
  Map<ClusterName, ClusterSight> sights(MeshName mesh) {
    Map<ClusterName, ClusterSight> sights = new HashMap<>();
    lanes.forEach((key, lane) -> {
      if (key.mesh().equals(mesh)) {
        lane.sight().ifPresent(sight -> sights.put(key.cluster(), sight));
      }
    });
    return sights;
  }

  List<LaneStatus> status() {
    return lanes.values().stream()
        .map(ClusterLane::status)
        .sorted(Comparator.comparing(LaneStatus::mesh).thenComparing(LaneStatus::cluster))
        .toList();
  }

  /** Asks all turns to finish. */
  void prepareStop() {
    new ArrayList<>(lanes.values()).forEach(Loop::prepareStop);
  }

  /** The deployments of all lanes. */
  List<String> deployments() {
    List<String> ids = new ArrayList<>();
    for (ClusterLane lane : lanes.values()) {
      String id = lane.deployment();
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }
}
