package io.meshkeel.live;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.Watch;
import io.meshkeel.kube.WatchEvent;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one kind up to date: list, then watch, again and again. Runs on a virtual thread of its own
 * until it is closed.
 */
final class KindWatch implements Runnable {
  private final Cluster cluster;
  private final Feed feed;
  private final LiveOptions options;
  private final Owner owner;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean relisting;
  private volatile @Nullable Watch open;
  private volatile State state;

  /** What is watched and where it is kept. Used by one thread. */
  interface Feed {
    /** Its kind. */
    GroupKind kind();

    /** Whether it counts as not there where the right to read it isn't given. */
    boolean dispensable();

    /**
     * Lists all of it anew.
     *
     * @param touched gets the keys of what is new, changed or gone
     * @return where a watch goes on
     */
    String list(Set<ResourceKey> touched) throws ClusterException;

    /** Opens a watch. */
    Watch watch(String resourceVersion) throws ClusterException, Watch.ExpiredException;

    /** Takes in what a watch tells; returns the keys of what is different now. */
    Set<ResourceKey> take(WatchEvent event);

    /** The kind isn't served: nothing is there. Returns the keys of what was. */
    Set<ResourceKey> clear();
  }

  /** Who is told. */
  interface Owner {
    void touched(Set<ResourceKey> keys);

    /** The state of this watch is another one now. */
    void changed();
  }

  /**
   * How it stands.
   *
   * @param synced whether the kind was listed, or found not to be served
   * @param served whether the cluster serves the kind, and lets it be read
   * @param failure what is wrong now; null if nothing is
   * @param heard when the server last told anything
   */
  record State(boolean synced, boolean served, @Nullable ClusterException failure, Instant heard) {}

  KindWatch(Cluster cluster, Feed feed, LiveOptions options, Owner owner) {
    this.cluster = cluster;
    this.feed = feed;
    this.options = options;
    this.owner = owner;
    this.state = new State(false, true, null, options.clock().instant());
  }

  GroupKind kind() {
    return feed.kind();
  }

  State state() {
    return state;
  }

  @Override
  public void run() {
    Duration pause = options.firstPause();
    String version = "";
    while (closed.getCount() > 0) {
      try {
        if (version.isEmpty()) {
          version = list();
        }
        Instant before = options.clock().instant();
        version = watch(version);
        // A server that ends every watch at once must not be asked without a pause.
        pause = options.firstPause();
        if (relisting) {
          version = "";
        } else if (options.clock().instant().isBefore(before.plus(options.firstPause()))) {
          rest(options.firstPause());
        }
      } catch (Watch.ExpiredException e) {
        version = "";
      } catch (ClusterException e) {
        if (closed.getCount() == 0) {
          return;
        }
        // A cluster that comes back may be another one: only a list tells.
        version = "";
        if (e.reason() == FailureReason.KIND_NOT_SERVED || withoutRight(e)) {
          notServed();
          rest(options.rediscovery());
          rediscover();
        } else {
          now(new State(state.synced(), state.served(), e, state.heard()));
          rest(pause);
          pause = longer(pause);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean withoutRight(ClusterException e) {
    return e.reason() == FailureReason.CLUSTER_FORBIDDEN && feed.dispensable();
  }

  private String list() throws ClusterException {
    relisting = false;
    Set<ResourceKey> touched = new HashSet<>();
    String version = feed.list(touched);
    now(new State(true, true, null, options.clock().instant()));
    tell(touched);
    return version;
  }

  /** Asks for a list soon, though the watch works. Any thread. */
  void relist() {
    relisting = true;
    Watch watch = open;
    if (watch != null) {
      watch.close();
    }
  }

  /** Follows a watch to its end; returns where to go on. */
  private String watch(String from)
      throws ClusterException, Watch.ExpiredException, InterruptedException {
    String version = from;
    try (Watch watch = feed.watch(from)) {
      open = watch;
      if (closed.getCount() == 0 || relisting) {
        return version;
      }
      now(new State(true, true, null, options.clock().instant()));
      Optional<WatchEvent> next = watch.next();
      while (next.isPresent()) {
        WatchEvent event = next.get();
        version = event.resourceVersion().isEmpty() ? version : event.resourceVersion();
        state = new State(true, true, null, options.clock().instant());
        tell(feed.take(event));
        next = watch.next();
      }
      return version;
    } finally {
      open = null;
    }
  }

  private void notServed() {
    Set<ResourceKey> gone = feed.clear();
    now(new State(true, false, null, options.clock().instant()));
    tell(gone);
  }

  private void rediscover() {
    try {
      if (closed.getCount() > 0) {
        cluster.served();
      }
    } catch (ClusterException e) {
      now(new State(true, false, e, state.heard()));
    }
  }

  private void tell(Set<ResourceKey> keys) {
    if (!keys.isEmpty()) {
      owner.touched(keys);
    }
  }

  private void now(State next) {
    State before = state;
    state = next;
    if (before.synced() != next.synced()
        || before.served() != next.served()
        || (before.failure() == null) != (next.failure() == null)) {
      owner.changed();
    }
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(options.longestPause()) > 0 ? options.longestPause() : doubled;
  }

  /** Waits, but not after {@link #close}. */
  private void rest(Duration pause) {
    long nanos = (long) (pause.toNanos() * (0.5 + options.jitter().getAsDouble() / 2));
    try {
      if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  void close() {
    closed.countDown();
    Watch watch = open;
    if (watch != null) {
      watch.close();
    }
  }
}
