package io.meshkeel.reconcile;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.view.MeshBoard;
import io.meshkeel.view.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the modules of all meshes up to date with what is accepted and what clusters hold. A thread
 * of its own changes them, never one that applies; readers get values and wait for nobody.
 */
@SuppressWarnings(
    "ReferenceEquality") // What was accepted is another one if it is another instance.
final class ModuleBoards implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleBoards.class);

  /** While kinds are still being listed, a board is made anew no more often than this. */
  private static final Duration FILLING = Duration.ofSeconds(1);

  /** How long to rest after a turn in which little changed, in milliseconds at most. */
  private static final long REST = 15;

  /** The same after a turn in which much changed. */
  private static final long REST_AFTER_MUCH = 400;

  /** More touched objects than this are much. */
  private static final int MUCH = 500;

  /** Lanes that go for a new revision go first, in milliseconds. */
  private static final long REST_AFTER_REVISION = 100;

  /** A turn may use the thread for a fourth of the time. */
  private static final int REST_TIMES = 3;

  private final Function<MeshName, Map<ClusterName, ClusterSight>> sights;
  private final Semaphore wakings = new Semaphore(0);
  private final Thread thread;
  private final Map<MeshName, Kept> kept = new TreeMap<>();
  private final AtomicLong changes = new AtomicLong();
  private volatile List<AcceptedMesh> accepted = List.of();
  private volatile List<Scene> scenes = List.of();
  private volatile boolean shown;
  private volatile boolean closed;

  /** A mesh. */
  private static final class Kept {
    private AcceptedMesh mesh;
    private final MeshBoard board;
    private Map<ClusterName, ClusterSight> sights = Map.of();
    private long filledAt;
    private @Nullable Scene scene;

    Kept(AcceptedMesh mesh) {
      this.mesh = mesh;
      this.board = new MeshBoard(mesh.declared(), mesh.findings(), mesh.states());
    }
  }

  /**
   * Starts to keep them.
   *
   * @param sights what is seen of the clusters of a mesh; any thread
   */
  ModuleBoards(Function<MeshName, Map<ClusterName, ClusterSight>> sights) {
    this.sights = sights;
    this.thread = Thread.ofPlatform().daemon().name("modules").start(this::run);
  }

  /** Other meshes are accepted, or judged otherwise. Any thread. */
  synchronized void show(List<AcceptedMesh> meshes) {
    accepted = List.copyOf(meshes);
    shown = true;
    wake();
  }

  /** What is found of an accepted mesh now; counts until another verdict is there. Any thread. */
  synchronized void audited(AcceptedMesh mesh, List<Finding> found) {
    accepted =
        accepted.stream()
            .map(one -> {
              return one.newest()
                      && one.name().equals(mesh.name())
                      && one.revision().equals(mesh.revision())
                  ? one.audited(found)
                  : one;
            })
            .toList();
    wake();
  }

  /** Something was touched in a cluster, or a cluster came or went. Any thread. */
  void wake() {
    if (wakings.availablePermits() == 0) {
      wakings.release();
    }
  }

  /** The meshes as they were after the last turn, by name. Any thread. */
  List<Scene> scenes() {
    return scenes;
  }

  /** Grows whenever {@link #scenes} is another one. Any thread. */
  long changes() {
    return changes.get();
  }

  private void run() {
    try {
      while (!closed) {
        wakings.tryAcquire(FILLING.toMillis(), TimeUnit.MILLISECONDS);
        if (shown) {
          shown = false;
          Thread.sleep(REST_AFTER_REVISION);
        }
        wakings.drainPermits();
        long start = System.nanoTime();
        int touched = safeTurn();
        if (touched > 0) {
          long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
          Thread.sleep(Math.min(REST_TIMES * took, touched > MUCH ? REST_AFTER_MUCH : REST));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int safeTurn() {
    try {
      return turn();
    } catch (RuntimeException e) {
      LOG.error("The modules can't be kept up to date; they are made anew", e);
      kept.clear();
      return MUCH;
    }
  }

  /** Returns about how much changed; nothing is published if nothing did. */
  private int turn() {
    int touched = 0;
    Set<MeshName> names = new HashSet<>();
    for (AcceptedMesh mesh : accepted) {
      MeshName name = mesh.declared().mesh().name();
      names.add(name);
      Kept one = kept.get(name);
      if (one == null) {
        one = new Kept(mesh);
        kept.put(name, one);
        touched++;
      }
      int changed = turn(one, mesh, sights.apply(name));
      if (changed > 0 || one.scene == null) {
        one.scene = one.board.scene();
        touched += Math.max(1, changed);
      }
    }
    if (kept.keySet().retainAll(names)) {
      touched++;
    }
    if (touched > 0) {
      List<Scene> now = new ArrayList<>();
      for (Kept one : kept.values()) {
        Scene scene = one.scene;
        if (scene != null) {
          now.add(scene.at(one.mesh.revision()));
        }
      }
      scenes = List.copyOf(now);
      changes.incrementAndGet();
    }
    return touched;
  }

  private static int turn(Kept one, AcceptedMesh mesh, Map<ClusterName, ClusterSight> seen) {
    int touched = 0;
    if (one.mesh != mesh) {
      one.mesh = mesh;
      one.board.declare(mesh.declared(), mesh.findings(), mesh.states());
      touched++;
    }
    Map<ClusterName, ClusterSight> here = new HashMap<>();
    mesh.declared()
        .clusters()
        .forEach(cluster -> {
          ClusterSight sight = seen.get(cluster.name());
          if (sight != null) {
            here.put(cluster.name(), sight);
          }
        });
    if (!one.sights.equals(here) || (knowsOthers(one, here) && mayFill(one, here))) {
      here.values().forEach(ClusterSight::drain);
      one.board.refill(new TreeMap<ClusterName, MeshBoard.Source>(here));
      one.sights = here;
      one.filledAt = System.nanoTime();
      return MUCH + 1;
    }
    for (Map.Entry<ClusterName, ClusterSight> entry : here.entrySet()) {
      Set<ResourceKey> keys = entry.getValue().drain();
      one.board.touch(entry.getKey(), keys);
      touched += keys.size();
    }
    return touched;
  }

  private static boolean knowsOthers(Kept one, Map<ClusterName, ClusterSight> here) {
    return here.entrySet().stream()
        .anyMatch(entry -> !one.board.known(entry.getKey()).equals(entry.getValue().known()));
  }

  private static boolean mayFill(Kept one, Map<ClusterName, ClusterSight> here) {
    return here.values().stream().allMatch(ClusterSight::settled)
        || System.nanoTime() - one.filledAt > FILLING.toNanos();
  }

  /** Ends the thread. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
