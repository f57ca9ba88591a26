package io.meshkeel.reconcile;

import io.meshkeel.git.GitException;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.Before;
import io.meshkeel.policy.Waivers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the meshes of a revision, each by itself and beside what was last accepted of it. Any
 * thread.
 */
final class Judging {
  private static final Logger LOG = LoggerFactory.getLogger(Judging.class);

  private final EngineParts parts;
  private final MeshStates states;
  private final LiveEvidence live;
  private final InstantSource clock;

  /** The last accepted revision of each mesh, as it was judged. */
  private final Map<MeshName, Kept> kept = new ConcurrentHashMap<>();

  /** Of the head of the branch; null before it was judged. */
  private volatile @Nullable Governance bound;

  private volatile Runnable rebound = () -> {};

  private record Kept(Revision revision, Before.Former former) {}

  /**
   * @param live what is known of the clusters
   */
  Judging(EngineParts parts, MeshStates states, LiveEvidence live, InstantSource clock) {
    this.live = live;
    this.parts = parts;
    this.states = states;
    this.clock = clock;
  }

  /** What is known of the clusters of a mesh; the same instance while that is what it was. */
  Evidence evidence(MeshDeclarations mesh) {
    return live.of(mesh);
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
    MeshName name = mesh.mesh().name();
    return parts
        .judge()
        .judge(mesh, snapshot, new Before(true, () -> lastAccepted(name)), live.of(mesh));
  }

  /** What follows an accepted commit of the branch is compared with it. */
  void keep(
      Revision revision,
      Declarations declarations,
      Snapshot snapshot,
      Map<MeshName, Verdict> verdicts) {
    verdicts.forEach((name, verdict) -> {
      MeshDeclarations mesh = declarations.meshes().get(name);
      if (mesh != null && verdict.outcome() == Verdict.Outcome.ACCEPTED) {
        kept.put(name, new Kept(revision, new Before.Former(mesh, snapshot)));
      }
    });
  }

  /**
   * What an accepted mesh looks like now, compared with nothing; empty if its revision can't be
   * read any more.
   */
  Optional<Verdict> audit(AcceptedMesh mesh, Evidence evidence) {
    try {
      Snapshot snapshot = parts.mirror().snapshot(mesh.revision());
      return Optional.of(parts.judge().judge(mesh.declared(), snapshot, Before.NOTHING, evidence));
    } catch (GitException e) {
      LOG.warn("{}: {}", mesh.name(), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Before.Former> lastAccepted(MeshName mesh) {
    try {
      Optional<Revision> revision = parts.mirror().accepted(mesh);
      if (revision.isEmpty()) {
        return Optional.empty();
      }
      Kept known = kept.get(mesh);
      if (known != null && known.revision().equals(revision.get())) {
        return Optional.of(known.former());
      }
      Optional<MeshDeclarations> declared = states.declared(mesh, revision.get());
      return declared.isEmpty()
          ? Optional.empty()
          : Optional.of(new Before.Former(declared.get(), parts.mirror().snapshot(revision.get())));
    } catch (GitException e) {
      LOG.warn("{}: all findings count as brought in: {}", mesh, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Everything of a revision that belongs to no mesh: broken declarations, and what the owners of
   * waivers should know.
   */
  List<Finding> ofNoMesh(Declarations declarations, Map<MeshName, Verdict> verdicts) {
    List<Finding> findings = new ArrayList<>();
    boolean complete = declarations.problems().isEmpty();
    for (Verdict verdict : verdicts.values()) {
      findings.addAll(verdict.findings());
      complete &= verdict.outcome() != Verdict.Outcome.ERROR;
    }
    List<Finding> all = new ArrayList<>(declarations.problems());
    all.addAll(
        Waivers.notices(
            declarations.governance().waivers(),
            findings,
            complete,
            parts.judge().rules(declarations.governance()).keySet(),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
    return all;
  }

  /** The branch was judged, and with this it binds proposals from now on. */
  void bind(Governance governance) {
    Governance before = bound;
    bound = governance;
    if (before != null && !before.equals(governance)) {
      rebound.run();
    }
  }

  /**
   * @param hears that other settings, waivers or rules bind proposals; must return at once
   */
  void onRebound(Runnable hears) {
    rebound = hears;
  }

  /**
   * What is binding for a proposal: the settings, waivers and rules of the branch, not its own.
   * Without a known head of the branch none hold.
   */
  Governance binding() {
    Governance known = bound;
    if (known != null) {
      return known;
    }
    try {
      Optional<Revision> head = parts.mirror().seen();
      return head.isEmpty()
          ? Governance.NONE
          : parts.reader().read(parts.mirror().snapshot(head.get())).governance();
    } catch (GitException e) {
      LOG.warn("settings, waivers and rules of the branch can't be read: {}", e.getMessage());
      return Governance.NONE;
    }
  }

  /**
   * Whether a proposal changes rules or settings: what it has and the branch hasn't may be what the
   * branch has changed since.
   */
  boolean changesRules(Revision head, Governance own, Governance binding) {
    if (sameRules(own, binding)) {
      return false;
    }
    try {
      Optional<Revision> branch = parts.mirror().seen();
      Optional<Revision> base =
          branch.isEmpty() ? branch : parts.mirror().mergeBase(head, branch.get());
      return base.isEmpty()
          || !sameRules(own, parts.reader().read(parts.mirror().snapshot(base.get())).governance());
    } catch (GitException e) {
      LOG.warn("{}: taken for a change of rules: {}", head.abbreviated(), e.getMessage());
      return true;
    }
  }

  private static boolean sameRules(Governance one, Governance other) {
    return one.policies().equals(other.policies()) && one.settings().equals(other.settings());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
