package io.meshkeel.reconcile;

import io.meshkeel.git.GitException;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.report.ForgeException;
import io.meshkeel.report.PullRequest;
import io.meshkeel.report.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Judges the heads of open pull requests. Beside the loop of the branch, so that proposals never
 * delay what is merged.
 */
final class PullRequestLoop extends Loop {
  private static final Logger LOG = LoggerFactory.getLogger(PullRequestLoop.class);

  /** How often to look whether the branch was judged: 50 ms. */
  private static final Duration WAIT = Duration.ofMillis(50);

  private final EngineParts parts;
  private final Judging judging;
  private final ReconcilerOptions options;

  /** Heads that were judged, by number. */
  private final Map<Long, Revision> judged = new HashMap<>();

  private final BooleanSupplier ready;
  private final Instant startBy;
  private volatile boolean asked = true;
  private Instant nextPoll = Instant.MIN;
  private int failures;

  /**
   * @param ready whether the branch was judged, so that its clusters are known
   */
  PullRequestLoop(
      EngineParts parts, Judging judging, ReconcilerOptions options, BooleanSupplier ready) {
    this.parts = parts;
    this.judging = judging;
    this.options = options;
    this.ready = ready;
    this.startBy = options.clock().instant().plus(options.firstLists());
  }

  /** A pull request may have changed. Any thread. */
  void look() {
    asked = true;
    wake();
  }

  @Override
  void turn() {
    if (!ready.getAsBoolean() && now().isBefore(startBy)) {
      wakeAfter(WAIT);
      return;
    }
    if (asked || !now().isBefore(nextPoll)) {
      asked = false;
      nextPoll = now().plus(lookAtAll() ? options.poll() : options.pause(++failures));
    }
    wakeAfter(Duration.between(now(), nextPoll));
  }

  /** Whether all went well. */
  private boolean lookAtAll() {
    List<PullRequest> open;
    try {
      open =
          parts
              .metrics()
              .forgeCall(
                  "pulls", () -> parts.forge().openPullRequests(parts.mirror().branch().value()));
    } catch (ForgeException e) {
      LOG.warn("The open pull requests are not known: {}", e.getMessage());
      return false;
    }
    Set<Long> numbers = new HashSet<>();
    boolean good = true;
    for (PullRequest pull : open) {
      numbers.add(pull.number());
      if (!stopping() && !pull.head().equals(judged.get(pull.number()))) {
        good &= judge(pull);
      }
    }
    judged.keySet().retainAll(numbers);
    if (good) {
      failures = 0;
    }
    return good;
  }

  private boolean judge(PullRequest pull) {
    Revision head = pull.head();
    MDC.put("run", Run.idOf(head));
    try {
      if (!parts.mirror().contains(head)) {
        parts.mirror().fetchPullRequest(pull.number());
      }
      Snapshot snapshot = parts.mirror().snapshot(head);
      Declarations proposed = parts.reader().read(snapshot);
      Governance binding = judging.binding();
      Declarations declarations = proposed.under(binding);
      Map<MeshName, Verdict> verdicts = judging.judge(declarations, snapshot);
      List<Finding> others = new ArrayList<>(judging.ofNoMesh(declarations, verdicts));
      others.addAll(
          PolicyChange.effect(
              proposed, binding, verdicts, changed -> judging.judge(changed, snapshot)));
      parts.reporter().judged(head, pull.number(), verdicts.values(), others, Map.of());
      parts.metrics().commit("pull");
      boolean told =
          verdicts.values().stream().noneMatch(v -> v.outcome() == Verdict.Outcome.ERROR);
      if (told) {
        judged.put(pull.number(), head);
      }
      LOG.info("pull request {}: {} meshes judged", pull.number(), verdicts.size());
      return told;
    } catch (GitException e) {
      LOG.warn("pull request {}: {}", pull.number(), e.getMessage());
      parts.reporter().unreadable(head, pull.number(), String.valueOf(e.getMessage()));
      return false;
    } finally {
      MDC.remove("run");
    }
  }

  private Instant now() {
    return options.clock().instant();
  }

  @Override
  public String toString() {
    return "pull request loop";
  }
}
