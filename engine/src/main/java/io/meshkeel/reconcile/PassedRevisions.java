package io.meshkeel.reconcile;

import io.meshkeel.git.GitException;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.report.Run;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Revisions that the branch only passed through between two looks: judged for their statuses, never
 * applied. The thread of the repository loop.
 */
final class PassedRevisions {
  private static final Logger LOG = LoggerFactory.getLogger(PassedRevisions.class);

  private final EngineParts parts;
  private final Judging judging;
  private final Deque<Revision> waiting = new ArrayDeque<>();

  PassedRevisions(EngineParts parts, Judging judging) {
    this.parts = parts;
    this.judging = judging;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The branch is at this head now: what lies between it and the one before was passed. */
  void through(Revision head) {
    try {
      Optional<Revision> before = parts.mirror().seen();
      if (before.isPresent()) {
        parts.mirror().between(before.get(), head).stream()
            .limit(ReconcilerOptions.MAX_PASSED)
            .forEach(waiting::addLast);
      }
      parts.mirror().see(head);
    } catch (GitException e) {
      LOG.warn("revisions before {} are left out: {}", head.abbreviated(), e.getMessage());
    }
  }

  /**
   * Judges the next one.
   *
   * @param accepted the newest accepted revision of each mesh, whose result it takes
   */
  void judgeNext(Map<MeshName, Revision> accepted) {
    Revision revision = waiting.removeFirst();
    MDC.put("run", Run.idOf(revision));
    try {
      Snapshot snapshot = parts.mirror().snapshot(revision);
      Declarations declarations = parts.reader().read(snapshot);
      Map<MeshName, Verdict> verdicts = judging.judge(declarations, snapshot);
      List<Finding> others = judging.ofNoMesh(declarations, verdicts);
      parts.metrics().commit("passed");
      parts.reporter().judged(revision, 0, verdicts.values(), others, accepted);
      accepted.forEach((name, newest) -> parts.reporter().supersede(name, revision, newest));
    } catch (GitException e) {
      parts.reporter().unreadable(revision, 0, String.valueOf(e.getMessage()));
    } finally {
      MDC.remove("run");
    }
  }
}
