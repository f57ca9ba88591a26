package io.meshkeel.live;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.ObservedScope;
import io.meshkeel.kube.ObservedScope.Detail;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the modules look at in a cluster beside what is applied there: pods, Services, workloads,
 * accounts, Secrets without content, definitions, webhooks and istiod's ConfigMaps. Each kind has a
 * watch of its own: one that may not be listed is unknown, and neither the others nor what is
 * applied notices. Starts at once and never gives up. Any thread.
 */
public final class ObservedView implements AutoCloseable {
  /** What a {@link LiveView} keeps as a whole. */
  private static final Set<GroupKind> ELSEWHERE =
      union(ObservedKinds.ISTIO, ObservedKinds.GATEWAY_API, Set.of(ObservedKinds.NAMESPACE));

  /** Their labels name the revisions of istiods. */
  private static final Set<GroupKind> WITH_REVISION =
      Set.of(ObservedKinds.DEPLOYMENT, ObservedKinds.MUTATING_WEBHOOK);

  private static final List<String> CONFIG_MAPS =
      List.of("istio", "istio-sidecar-injector", "istio-ca-root-cert");
  private static final String REVISION = "istio.io/rev";

  /** Revisions of istiods whose ConfigMaps are looked at. */
  private static final int MAX_REVISIONS = 16;

  private final Map<ResourceKey, Manifest> store = new ConcurrentHashMap<>();
  private final Cluster cluster;
  private final LiveOptions options;
  private final KindWatch.Owner owner;
  private final List<KindWatch> watches = new CopyOnWriteArrayList<>();
  private final List<KindWatch> added = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Set<String> revisions = new TreeSet<>();
  private final ReentrantLock adding = new ReentrantLock();
  private boolean closed;

  private ObservedView(Cluster cluster, LiveOptions options, LiveListener listener) {
    this.cluster = cluster;
    this.options = options;
    this.owner =
        new KindWatch.Owner() {
          @Override
          public void touched(Set<ResourceKey> keys) {
            keys.stream()
                .filter(key -> WITH_REVISION.contains(key.groupKind()))
                .forEach(ObservedView.this::revisionOf);
            listener.touched(keys);
          }

          @Override
          public void changed() {
            listener.touched(Set.of());
          }
        };
    for (ObservedScope scope : scopes(options.namespaces())) {
      watches.add(watch(scope));
    }
  }

  private static Set<GroupKind> union(
      Set<GroupKind> one, Set<GroupKind> other, Set<GroupKind> third) {
    Set<GroupKind> all = new HashSet<>(one);
    all.addAll(other);
    all.addAll(third);
    return Set.copyOf(all);
  }

  private static List<ObservedScope> scopes(List<String> namespaces) {
    List<ObservedScope> scopes = new ArrayList<>();
    for (GroupKind kind : ObservedKinds.sorted()) {
      if (!ELSEWHERE.contains(kind) && !kind.equals(ObservedKinds.CONFIG_MAP)) {
        scopes.addAll(scopes(kind, "", namespaces));
      }
    }
    CONFIG_MAPS.forEach(name -> scopes.addAll(scopes(ObservedKinds.CONFIG_MAP, name, namespaces)));
    return scopes;
  }

  private static List<ObservedScope> scopes(GroupKind kind, String name, List<String> namespaces) {
    if (namespaces.isEmpty()) {
      return List.of(new ObservedScope(kind, "", name, Detail.FACTS));
    }
    return ObservedKinds.clusterScoped(kind)
        ? List.of()
        : namespaces.stream()
            .map(namespace -> new ObservedScope(kind, namespace, name, Detail.FACTS))
            .toList();
  }

  private KindWatch watch(ObservedScope scope) {
    return new KindWatch(cluster, new ObservedFeed(cluster, scope, store), options, owner);
  }

  /**
   * Starts to watch; returns at once.
   *
   * @param cluster what is watched; the caller closes it, after this view
   * @param options which namespaces, and how
   * @param listener hears of every change; of no keys when a kind became known or unknown
   */
  public static ObservedView start(Cluster cluster, LiveOptions options, LiveListener listener) {
    ObservedView view = new ObservedView(cluster, options, listener);
    view.watches.forEach(view::run);
    view.threads.add(
        Thread.ofVirtual()
            .name("relist what is observed")
            .start(new Relisting(view.watches, options.relist(), options.jitter())));
    return view;
  }

  private void run(KindWatch watch) {
    threads.add(Thread.ofVirtual().name("observe " + watch.kind().kind()).start(watch));
  }

  /** The ConfigMaps of an istiod have its revision in their names. */
  private void revisionOf(ResourceKey key) {
    String revision =
        get(key)
            .map(object -> JsonTree.string(object.labels(), REVISION, "default"))
            .orElse("default");
    if (revision.equals("default")) {
      return;
    }
    adding.lock();
    try {
      if (!closed && revisions.size() < MAX_REVISIONS && revisions.add(revision)) {
        for (String name : List.of("istio-" + revision, "istio-sidecar-injector-" + revision)) {
          for (ObservedScope scope : scopes(ObservedKinds.CONFIG_MAP, name, options.namespaces())) {
            KindWatch watch = watch(scope);
            added.add(watch);
            run(watch);
          }
        }
      }
    } finally {
      adding.unlock();
    }
  }

  /**
   * The kinds that are known: listed once, or not served. Where the declaration limits the cluster
   * to namespaces, nothing outside of namespaces is known.
   */
  public Set<GroupKind> known() {
    Set<GroupKind> known = new HashSet<>();
    Set<GroupKind> open = new HashSet<>();
    for (KindWatch watch : watches) {
      (isKnown(watch.state()) ? known : open).add(watch.kind());
    }
    known.removeAll(open);
    return Set.copyOf(known);
  }

  /** A right that was taken away makes what was seen before a thing of the past. */
  private static boolean isKnown(KindWatch.State state) {
    ClusterException failure = state.failure();
    return state.synced()
        && (failure == null || failure.reason() != FailureReason.CLUSTER_FORBIDDEN);
  }

  /** Whether each kind was listed, or found to be out of reach. */
  public boolean settled() {
    return watches.stream()
        .map(KindWatch::state)
        .allMatch(state -> state.synced() || state.failure() != null);
  }

  /** When the quietest of the watches that work last heard from the server. */
  public Optional<Instant> heard() {
    return watches.stream()
        .map(KindWatch::state)
        .filter(state -> state.synced() && state.served())
        .map(KindWatch.State::heard)
        .min(Instant::compareTo);
  }

  /** One object; empty if there is none, or its kind isn't known. */
  public Optional<Manifest> get(ResourceKey key) {
    return Optional.ofNullable(store.get(key));
  }

  /** All objects; a copy, as of about now. */
  public List<Manifest> objects() {
    return List.copyOf(store.values());
  }

  /** Ends all watches; idempotent. */
  @Override
  public void close() {
    adding.lock();
    try {
      closed = true;
    } finally {
      adding.unlock();
    }
    watches.forEach(KindWatch::close);
    added.forEach(KindWatch::close);
    threads.forEach(Thread::interrupt);
  }
}
