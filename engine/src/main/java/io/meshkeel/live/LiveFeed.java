package io.meshkeel.live;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.KindScope;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.kube.Watch;
import io.meshkeel.kube.WatchEvent;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Objects as plans compare them. */
final class LiveFeed implements KindWatch.Feed {
  private final Cluster cluster;
  private final KindScope scope;
  private final UnaryOperator<Map<String, Object>> pool;
  private final LiveStore store;

  LiveFeed(
      Cluster cluster, KindScope scope, UnaryOperator<Map<String, Object>> pool, LiveStore store) {
    this.cluster = cluster;
    this.scope = scope;
    this.pool = pool;
    this.store = store;
  }

  @Override
  public GroupKind kind() {
    return scope.kind();
  }

  /** Who grants no right to read Secrets gives up remote secrets, and nothing else. */
  @Override
  public boolean dispensable() {
    return scope.kind().equals(Kinds.SECRET);
  }

  @Override
  public String list(Set<ResourceKey> touched) throws ClusterException {
    Set<ResourceKey> there = new HashSet<>();
    String version =
        LiveSnapshot.pages(
            cluster,
            scope,
            there::clear,
            page ->
                page.forEach(object -> {
                  there.add(object.key());
                  if (store.put(pooled(object))) {
                    touched.add(object.key());
                  }
                }));
    touched.addAll(store.keepOnly(key -> Scopes.covers(scope, key), there));
    return version;
  }

  @Override
  public Watch watch(String resourceVersion) throws ClusterException, Watch.ExpiredException {
    return cluster.watch(scope, resourceVersion);
  }

  @Override
  public Set<ResourceKey> take(WatchEvent event) {
    return switch (event) {
      case WatchEvent.Put put ->
          store.put(pooled(put.object())) ? Set.of(put.object().key()) : Set.of();
      case WatchEvent.Gone gone ->
          store.remove(gone.object().key()) ? Set.of(gone.object().key()) : Set.of();
      case WatchEvent.Seen _, WatchEvent.Lost _, WatchEvent.Bookmark _ -> Set.of();
    };
  }

  @Override
  public Set<ResourceKey> clear() {
    return store.keepOnly(key -> Scopes.covers(scope, key), Set.of());
  }

  private LiveObject pooled(LiveObject object) {
    return new LiveObject(
        object.key(),
        object.apiVersion(),
        object.uid(),
        object.resourceVersion(),
        pool.apply(object.labels()),
        pool.apply(object.annotations()),
        pool.apply(object.spec()),
        object.owners(),
        object.deleting(),
        object.status(),
        object.rollout(),
        object.created());
  }
}
