package io.meshkeel.live;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.ManifestPage;
import io.meshkeel.kube.ObservedScope;
import io.meshkeel.kube.Watch;
import io.meshkeel.kube.WatchEvent;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Objects as modules read them. */
final class ObservedFeed implements KindWatch.Feed {
  /** How often a list is begun again because the cluster forgot its token. */
  private static final int ATTEMPTS = 3;

  private final Cluster cluster;
  private final ObservedScope scope;
  private final Map<ResourceKey, Manifest> store;

  /**
   * @param store may be shared; objects of this scope are written by this feed alone
   */
  ObservedFeed(Cluster cluster, ObservedScope scope, Map<ResourceKey, Manifest> store) {
    this.cluster = cluster;
    this.scope = scope;
    this.store = store;
  }

  @Override
  public GroupKind kind() {
    return scope.kind();
  }

  @Override
  public boolean dispensable() {
    return false;
  }

  @Override
  public String list(Set<ResourceKey> touched) throws ClusterException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        Set<ResourceKey> there = new HashSet<>();
        ManifestPage page = cluster.observe(scope, "");
        take(page, there, touched);
        while (!page.next().isEmpty()) {
          page = cluster.observe(scope, page.next());
          take(page, there, touched);
        }
        touched.addAll(keepOnly(there));
        return page.resourceVersion();
      } catch (Watch.ExpiredException e) {
        // The cluster forgot where the list was; begin again.
      }
    }
    throw new ClusterException(
        FailureReason.CLUSTER_UNREACHABLE,
        "list " + scope.kind() + ": the cluster forgot the list " + ATTEMPTS + " times in a row",
        true,
        null);
  }

  private void take(ManifestPage page, Set<ResourceKey> there, Set<ResourceKey> touched) {
    for (Manifest object : page.objects()) {
      there.add(object.key());
      if (put(object)) {
        touched.add(object.key());
      }
    }
  }

  /** An object that is as it was leaves nothing new in memory. */
  private boolean put(Manifest object) {
    if (object.equals(store.get(object.key()))) {
      return false;
    }
    store.put(object.key(), object);
    return true;
  }

  private Set<ResourceKey> keepOnly(Set<ResourceKey> there) {
    Set<ResourceKey> gone = new HashSet<>();
    for (ResourceKey key : store.keySet()) {
      if (covers(key) && !there.contains(key)) {
        store.remove(key);
        gone.add(key);
      }
    }
    return gone;
  }

  private boolean covers(ResourceKey key) {
    return scope.kind().equals(key.groupKind())
        && (scope.namespace().isEmpty() || scope.namespace().equals(key.namespace()))
        && (scope.name().isEmpty() || scope.name().equals(key.name()));
  }

  @Override
  public Watch watch(String resourceVersion) throws ClusterException, Watch.ExpiredException {
    return cluster.watch(scope, resourceVersion);
  }

  @Override
  public Set<ResourceKey> take(WatchEvent event) {
    return switch (event) {
      case WatchEvent.Seen seen -> put(seen.object()) ? Set.of(seen.object().key()) : Set.of();
      case WatchEvent.Lost lost -> store.remove(lost.key()) == null ? Set.of() : Set.of(lost.key());
      case WatchEvent.Put _, WatchEvent.Gone _, WatchEvent.Bookmark _ -> Set.of();
    };
  }

  @Override
  public Set<ResourceKey> clear() {
    return keepOnly(Set.of());
  }
}
