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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /** Pull requests whose heads are judged again at most after one look, since others bind them. */
  static final int MOST_AGAIN = 100;

  /** What was judged of a pull request, and by what. */
  private record Judged(Revision head, Governance binding) {}

  private final Map<Long, Judged> judged = new HashMap<>();

  /** As the forge told last, the newest first. */
  private final Map<Long, PullRequest> open = new TreeMap<>(Comparator.reverseOrder());

  /** To be judged again when nothing else is to be done. */
  private final Set<Long> again = new LinkedHashSet<>();

  private final Denials<Long> denials;

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
    this.denials = new Denials<>(judging::evidence, options.auditPause());
    this.startBy = options.clock().instant().plus(options.firstLists());
  }

  /** A pull request may have changed. Any thread. */
  void look() {
    asked = true;
    wake();
  }

  /** Something was seen in a cluster. Any thread. */
  void seen() {
    if (denials.seen()) {
      wake();
    }
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
    } else if (!again.isEmpty()) {
      judgeAgain(again.iterator().next());
    }
    again.addAll(denials.due(now()));
    if (asked || !again.isEmpty()) {
      wake();
    }
    Instant next = denials.next().isBefore(nextPoll) ? denials.next() : nextPoll;
    wakeAfter(Duration.between(now(), next));
  }

  /** Whether all went well. */
  private boolean lookAtAll() {
    open.clear();
    try {
      parts
          .metrics()
          .forgeCall("pulls", () -> parts.forge().openPullRequests(parts.mirror().branch().value()))
          .forEach(pull -> open.put(pull.number(), pull));
    } catch (ForgeException e) {
      LOG.warn("The open pull requests are not known: {}", e.getMessage());
      return false;
    }
    judged.keySet().retainAll(open.keySet());
    denials.keepOnly(open.keySet());
    again.clear();
    boolean good = true;
    Governance binding = judging.binding();
    for (PullRequest pull : open.values()) {
      Judged last = judged.get(pull.number());
      if (stopping()) {
        break;
      } else if (last == null || !last.head().equals(pull.head())) {
        good &= judge(pull, binding);
      } else if (!last.binding().equals(binding) && again.size() < MOST_AGAIN) {
        again.add(pull.number());
      }
    }
    if (!again.isEmpty()) {
      LOG.info("{} pull requests are bound by something else now", again.size());
    }
    if (good) {
      failures = 0;
    }
    return good;
  }

  private void judgeAgain(long number) {
    again.remove(number);
    PullRequest pull = open.get(number);
    if (pull != null && !stopping() && !judge(pull, judging.binding())) {
      Instant retry = now().plus(options.pause(++failures));
      nextPoll = retry.isBefore(nextPoll) ? retry : nextPoll;
    }
  }

  private boolean judge(PullRequest pull, Governance binding) {
    Revision head = pull.head();
    MDC.put("run", Run.idOf(head));
    try {
      if (!parts.mirror().contains(head)) {
        parts.mirror().fetchPullRequest(pull.number());
      }
      Snapshot snapshot = parts.mirror().snapshot(head);
      Declarations proposed = parts.reader().read(snapshot);
      Declarations declarations = proposed.under(binding);
      Denials<Long>.Glance glance = denials.glance(declarations, now());
      Map<MeshName, Verdict> verdicts = judging.judge(declarations, snapshot);
      glance.judged(pull.number(), verdicts, now());
      List<Finding> others = new ArrayList<>(judging.ofNoMesh(declarations, verdicts));
      if (judging.changesRules(head, proposed.governance(), binding)) {
        others.addAll(
            PolicyChange.effect(
                proposed, binding, verdicts, changed -> judging.judge(changed, snapshot)));
      }
      parts.metrics().commit("pull");
      parts.reporter().judged(head, pull.number(), verdicts.values(), others, Map.of());
      boolean told =
          verdicts.values().stream().noneMatch(v -> v.outcome() == Verdict.Outcome.ERROR);
      if (told) {
        judged.put(pull.number(), new Judged(head, binding));
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
