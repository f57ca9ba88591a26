package io.meshkeel.reconcile;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until clusters that were not connected before are known, once for each: a verdict that does
 * without them says less than it could. Any thread.
 */
final class FirstLists {
  private static final Logger LOG = LoggerFactory.getLogger(FirstLists.class);

  /** How often to look at clusters of which nothing is heard, in milliseconds. */
  private static final long LOOK = 100;

  /** The part of the time that a cluster gets which can't be reached. */
  private static final int PATIENCE = 2;

  private final Duration most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition seen = lock.newCondition();
  private final Set<Key> waited = new HashSet<>();

  private record Key(MeshName mesh, ClusterName cluster) {}

  /**
   * @param most to wait for all clusters together
   */
  FirstLists(Duration most) {
    this.most = most;
  }

  /** Something was seen of a cluster. */
  void seen() {
    lock.lock();
    try {
      seen.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Blocks until all are known, for a bounded time: for those that can't be reached only half of
   * it, since a first try may fail.
   *
   * @param clusters of which those that were waited for before are left out
   * @param known whether enough is seen of one
   * @param failing whether one can't be reached now
   * @param stopping whether nobody wants the answer any more
   */
  void await(
      Collection<MeshCluster> clusters,
      Predicate<MeshCluster> known,
      Predicate<MeshCluster> failing,
      BooleanSupplier stopping) {
    lock.lock();
    try {
      List<MeshCluster> open = new ArrayList<>();
      for (MeshCluster cluster : clusters) {
        if (waited.add(new Key(cluster.mesh(), cluster.name()))) {
          open.add(cluster);
        }
      }
      long end = System.nanoTime() + most.toNanos();
      long giveUp = System.nanoTime() + most.dividedBy(PATIENCE).toNanos();
      open.removeIf(known);
      while (!open.isEmpty() && System.nanoTime() < end && !stopping.getAsBoolean()) {
        if (seen.await(LOOK, TimeUnit.MILLISECONDS)) {
          LOG.debug("seen of some cluster");
        }
        open.removeIf(known);
        if (System.nanoTime() > giveUp && open.stream().allMatch(failing)) {
          break;
        }
      }
      if (!open.isEmpty()) {
        LOG.warn(
            "Judging without {}: not listed within {} or out of reach",
            open.stream().map(cluster -> cluster.name().value()).toList(),
            most);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
