package io.meshkeel.reconcile;

import io.meshkeel.model.Evidence;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what is accepted again when its clusters hold something else: what they do later denies
 * nothing and takes nothing back, but is told. A burst of changes is one audit, and a thread of its
 * own spends at most a fourth of its time on them.
 */
@SuppressWarnings("ReferenceEquality") // What is seen is another thing if it is another instance.
final class Audits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Audits.class);
  private static final int REST_TIMES = 3;

  /** Judges. Any thread. */
  interface Auditor {
    /** What is known of the clusters of a mesh now; the same instance while nothing changed. */
    Evidence evidence(AcceptedMesh mesh);

    /** The verdict on a mesh by what is known; empty if its revision can't be read any more. */
    Optional<Verdict> audit(AcceptedMesh mesh, Evidence evidence);

    /** An audit found something else than the verdict or audit before. */
    void found(AcceptedMesh mesh, Verdict verdict);
  }

  private record Judged(Revision revision, Evidence evidence) {}

  private final Auditor auditor;
  private final Duration pause;
  private final Semaphore wakings = new Semaphore(0);
  private final Map<MeshName, Judged> judged = new HashMap<>();
  private final Thread thread;
  private volatile List<AcceptedMesh> accepted = List.of();
  private volatile boolean closed;

  /**
   * @param pause shortest time between two audits
   */
  Audits(Auditor auditor, Duration pause) {
    this.auditor = auditor;
    this.pause = pause;
    this.thread = Thread.ofPlatform().daemon().name("audits").start(this::run);
  }

  /** Other revisions are accepted. Any thread. */
  void show(List<AcceptedMesh> meshes) {
    accepted = List.copyOf(meshes);
    wake();
  }

  /** Something was seen in a cluster. Any thread. */
  void wake() {
    if (wakings.availablePermits() == 0) {
      wakings.release();
    }
  }

  private void run() {
    try {
      while (!closed) {
        wakings.acquire();
        // Changes come in bursts: what follows at once is part of the same audit.
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        wakings.drainPermits();
        long start = System.nanoTime();
        turn();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        TimeUnit.MILLISECONDS.sleep(REST_TIMES * took);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() {
    List<AcceptedMesh> meshes = accepted;
    judged
        .keySet()
        .retainAll(meshes.stream().map(AcceptedMesh::name).collect(Collectors.toUnmodifiableSet()));
    for (AcceptedMesh mesh : meshes) {
      try {
        audit(mesh);
      } catch (RuntimeException e) {
        LOG.error("{} can't be audited; it is tried again when something changes", mesh.name(), e);
        judged.remove(mesh.name());
      }
    }
  }

  private void audit(AcceptedMesh mesh) {
    Evidence evidence = auditor.evidence(mesh);
    Judged last = judged.get(mesh.name());
    if (evidence.isEmpty()
        || (last != null
            && last.revision().equals(mesh.revision())
            && last.evidence() == evidence)) {
      return;
    }
    Optional<Verdict> verdict = auditor.audit(mesh, evidence);
    if (verdict.isEmpty() || verdict.get().outcome() == Verdict.Outcome.ERROR) {
      LOG.warn(
          "{}: not audited: {}",
          mesh.name(),
          verdict.flatMap(Verdict::failure).orElse("its revision can't be read"));
      return;
    }
    judged.put(mesh.name(), new Judged(mesh.revision(), evidence));
    auditor.found(mesh, verdict.get());
  }

  /** Ends the thread. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
