package io.meshkeel.reconcile;

import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Judges the meshes of a revision, each by itself. Any thread. */
final class Judging {
  private final EngineParts parts;

  Judging(EngineParts parts) {
    this.parts = parts;
  }

  /** A verdict for each mesh; blocks. */
  Map<MeshName, Verdict> judge(Declarations declarations, Snapshot snapshot) {
    Map<MeshName, Verdict> verdicts = new ConcurrentHashMap<>();
    if (declarations.meshes().size() == 1) {
      declarations.meshes().forEach((name, mesh) -> verdicts.put(name, judge(mesh, snapshot)));
      return Map.copyOf(verdicts);
    }
    Map<MeshName, Thread> threads = new TreeMap<>();
    declarations
        .meshes()
        .forEach((name, mesh) ->
            threads.put(
                name,
                Thread.ofVirtual()
                    .name("judge-" + name)
                    .start(() -> verdicts.put(name, judge(mesh, snapshot)))));
    threads.values().forEach(Judging::join);
    return Map.copyOf(verdicts);
  }

  private Verdict judge(MeshDeclarations mesh, Snapshot snapshot) {
    return parts.judge().judge(mesh, snapshot);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
