package io.meshkeel.live;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.KindScope;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.ServedSchemas;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster holds, kept up to date by one watch per kind. Starts at once and never gives up:
 * a cluster that is away is tried again with growing pauses. Any thread.
 */
public final class LiveView implements LiveState, AutoCloseable {
  private final LiveStore store = new LiveStore();
  private final LiveOptions options;
  private final LiveListener listener;
  private final Cluster cluster;
  private final KindWatch.Owner owner;
  private final List<KindWatch> watches = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Set<ResourceKey> followed = new HashSet<>();
  private final ReentrantLock telling = new ReentrantLock();
  private @Nullable LiveStatus told;
  private volatile ServedSchemas schemas = ServedSchemas.UNKNOWN;

  private LiveView(Cluster cluster, LiveOptions options, LiveListener listener) {
    this.cluster = cluster;
    this.options = options;
    this.listener = listener;
    this.owner =
        new KindWatch.Owner() {
          @Override
          public void touched(Set<ResourceKey> keys) {
            listener.touched(keys);
          }

          @Override
          public void changed() {
            tellStatus();
          }
        };
    Scopes.of(options.mesh(), options.namespaces()).forEach(scope -> watches.add(watch(scope)));
  }

  private KindWatch watch(KindScope scope) {
    return new KindWatch(
        cluster, new LiveFeed(cluster, scope, options.pool(), store), options, owner);
  }

  /**
   * Starts to watch; returns at once.
   *
   * @param cluster what is watched; the caller closes it, after this view
   * @param options what to look at and how
   * @param listener hears of every change
   */
  public static LiveView start(Cluster cluster, LiveOptions options, LiveListener listener) {
    LiveView view = new LiveView(cluster, options, listener);
    for (KindWatch watch : view.watches) {
      view.threads.add(Thread.ofVirtual().name("watch " + watch.kind().kind()).start(watch));
    }
    view.threads.add(
        Thread.ofVirtual()
            .name("relist")
            .start(new Relisting(view.watches, options.relist(), options.jitter())));
    return view;
  }

  /**
   * Looks at these single objects from now on as well; returns at once. Until they were read the
   * view is not {@link #ready}. Idempotent; one thread.
   */
  public void follow(Collection<ResourceKey> keys) {
    int before = watches.size();
    for (ResourceKey key : keys) {
      if (followed.add(key)) {
        KindWatch watch = watch(new KindScope(key.groupKind(), key.namespace(), key.name()));
        watches.add(watch);
        threads.add(Thread.ofVirtual().name("watch " + key.kind()).start(watch));
      }
    }
    if (watches.size() > before) {
      // It is not ready for a moment; only who was told so hears when it is again.
      tellStatus();
    }
  }

  /** Whether all kinds were listed once. Until then no plan may be made. */
  public boolean ready() {
    return watches.stream().allMatch(watch -> watch.state().synced());
  }

  public LiveStatus status() {
    boolean ready = true;
    Set<GroupKind> notServed = new HashSet<>();
    Optional<FailureReason> failure = Optional.empty();
    String message = "";
    Instant heard = options.clock().instant();
    for (KindWatch watch : watches) {
      KindWatch.State state = watch.state();
      ready &= state.synced();
      if (!state.served()) {
        notServed.add(watch.kind());
      }
      ClusterException broken = state.failure();
      if (broken != null && failure.isEmpty()) {
        failure = Optional.of(broken.reason());
        message = String.valueOf(broken.getMessage());
      }
      if (state.served() && state.heard().isBefore(heard)) {
        heard = state.heard();
      }
    }
    return new LiveStatus(ready, notServed, failure, message, heard);
  }

  /** Says each state once and in order, though many threads change it. */
  private void tellStatus() {
    telling.lock();
    try {
      LiveStatus now = status();
      LiveStatus before = told;
      if (before == null
          || before.ready() != now.ready()
          || !before.failure().equals(now.failure())
          || !before.notServed().equals(now.notServed())) {
        told = now;
        listener.statusChanged(now);
      }
    } finally {
      telling.unlock();
    }
  }

  /**
   * The kinds of which whole objects are kept and that were listed once: those of Istio and the
   * Gateway API, and Namespaces. Where the declaration limits the cluster to namespaces, nothing
   * outside of namespaces is known.
   */
  public Set<GroupKind> known() {
    Set<GroupKind> known = new HashSet<>();
    for (KindWatch watch : watches) {
      if (watch.state().synced() && isWhole(watch.kind())) {
        known.add(watch.kind());
      }
    }
    return Set.copyOf(known);
  }

  /** All objects of all kinds; a copy, as of about now. */
  public List<LiveObject> objects() {
    return store.objects();
  }

  /** Whether whole objects of a kind are kept, whosever they are. */
  public static boolean isWhole(GroupKind kind) {
    return kind.equals(Kinds.NAMESPACE)
        || Kinds.ISTIO.contains(kind)
        || Kinds.GATEWAY.contains(kind);
  }

  @Override
  public Optional<LiveObject> get(ResourceKey key) {
    return store.get(key);
  }

  @Override
  public Collection<ResourceKey> inventory(String applySetId) {
    return store.inventory(applySetId);
  }

  @Override
  public Collection<ResourceKey> shared(MeshName mesh) {
    return store.shared(mesh.value());
  }

  @Override
  public int inventorySize(String applySetId) {
    return store.inventorySize(applySetId);
  }

  @Override
  public boolean serves(GroupKind kind) {
    return watches.stream().anyMatch(watch -> watch.kind().equals(kind) && watch.state().served());
  }

  @Override
  public boolean seesNamespaces() {
    return options.namespaces().isEmpty();
  }

  @Override
  public ServedSchemas schemas() {
    return schemas;
  }

  /** From now on this is known of what the cluster serves. */
  public void serving(ServedSchemas known) {
    schemas = known;
  }

  /** Ends all watches; idempotent. */
  @Override
  public void close() {
    watches.forEach(KindWatch::close);
    threads.forEach(Thread::interrupt);
  }
}
