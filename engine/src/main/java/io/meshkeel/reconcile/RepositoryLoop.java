package io.meshkeel.reconcile;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.git.GitException;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.report.ClusterRun;
import io.meshkeel.report.DriftRun;
import io.meshkeel.report.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Follows the watched branch: fetch, read, judge, accept. A burst of events is one look. A denied
 * or unreadable revision changes nothing; what was accepted last stays the target, mesh by mesh.
 */
final class RepositoryLoop extends Loop {
  private static final Logger LOG = LoggerFactory.getLogger(RepositoryLoop.class);

  /** Where meshes are declared. */
  private static final String MESHES = "meshes/";

  /** An accepted revision of a mesh, as its clusters get it. */
  private record Accepted(
      Revision revision, MeshDeclarations declared, Map<ClusterName, DesiredState> states) {}

  /** What a cluster says was applied to it. */
  private record Recorded(MeshCluster cluster, Revision revision) {}

  private final EngineParts parts;
  private final MeshStates states;
  private final Judging judging;
  private final ReconcilerOptions options;
  private final Lanes lanes;
  private final ShownMeshes shown;
  private final FirstLists firstLists;
  private final Departures departures;
  private final Map<MeshName, Accepted> accepted = new TreeMap<>();
  private Set<MeshName> declared = Set.of();
  private final Queue<Recorded> recorded = new ConcurrentLinkedQueue<>();
  private final BranchReports reports;
  private final PassedRevisions passed;
  private final Denials<String> denials;
  private @Nullable Look last;
  private @Nullable Revision done;
  private int failures;
  private volatile boolean asked;
  private volatile boolean ready;
  private volatile String problem = "";
  private Instant nextPoll = Instant.MIN;
  private Instant retryAt = Instant.MAX;

  RepositoryLoop(
      EngineParts parts,
      MeshStates states,
      Judging judging,
      ReconcilerOptions options,
      Lanes lanes,
      ShownMeshes shown,
      FirstLists firstLists) {
    this.parts = parts;
    this.states = states;
    this.judging = judging;
    this.firstLists = firstLists;
    this.options = options;
    this.lanes = lanes;
    this.shown = shown;
    this.reports = new BranchReports(parts, judging);
    this.passed = new PassedRevisions(parts, judging);
    this.denials = new Denials<>(judging::evidence, options.auditPause());
    this.departures = new Departures(parts.mirror(), states, lanes);
  }

  /** The branch may have moved. Any thread. */
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

  /** A cluster says what was applied to it; matters while no revision of its mesh is accepted. */
  void recorded(MeshCluster cluster, Revision revision) {
    recorded.add(new Recorded(cluster, revision));
    wake();
  }

  /** Whether the repository was read at least once. */
  boolean ready() {
    return ready;
  }

  private void show(Map<MeshName, Verdict> verdicts) {
    shown.show(
        verdicts,
        accepted.values().stream()
            .map(mesh -> new AcceptedMesh(mesh.revision(), mesh.declared(), mesh.states()))
            .toList());
  }

  /** Why the repository can't be followed now; empty if it can. */
  String problem() {
    return problem;
  }

  @Override
  void turn() {
    for (Recorded next = recorded.poll(); next != null; next = recorded.poll()) {
      acceptRecorded(next);
    }
    Instant now = now();
    boolean due = !now.isBefore(nextPoll) || !now.isBefore(retryAt);
    if (asked || due) {
      asked = false;
      retryAt = Instant.MAX;
      lookAtHead();
    } else if (!passed.isEmpty()) {
      passed.judgeNext(acceptedRevisions());
    } else if (last != null && !denials.due(now).isEmpty()) {
      judgeAgain(last);
    }
    if (asked || !passed.isEmpty() || !recorded.isEmpty()) {
      wake();
    }
    Instant next =
        Stream.of(retryAt, nextPoll, denials.next())
            .min(Comparator.naturalOrder())
            .orElse(nextPoll);
    wakeAfter(Duration.between(now(), next));
  }

  private void lookAtHead() {
    Instant since = now();
    nextPoll = since.plus(options.poll());
    Revision head;
    try {
      head = parts.mirror().fetchBranch();
      parts.metrics().stage("fetch", Duration.between(since, now()));
    } catch (GitException e) {
      failed(e.getMessage());
      return;
    }
    MDC.put("run", Run.idOf(head));
    try {
      if (head.equals(done)) {
        problem = "";
        failures = 0;
        tidy();
        return;
      }
      Optional<Look> look = read(head, since);
      if (look.isPresent()) {
        parts.metrics().commit("branch");
        accept(look.get());
        finish(look.get());
      }
    } finally {
      MDC.remove("run");
    }
  }

  private Optional<Look> read(Revision head, Instant since) {
    parts.reporter().head(head);
    try {
      Instant read = now();
      Snapshot snapshot = parts.mirror().snapshot(head);
      Declarations declarations = parts.reader().read(snapshot);
      parts.metrics().stage("parse", Duration.between(read, now()));
      lookAtClusters(declarations);
      Map<MeshName, Verdict> verdicts = judge(head, declarations, snapshot);
      boolean emptied = snapshot.files().stream().noneMatch(f -> f.path().startsWith(MESHES));
      Set<MeshName> all = declarations.meshes().keySet();
      return Optional.of(new Look(head, declarations, snapshot, verdicts, all, emptied, since));
    } catch (GitException e) {
      parts.reporter().unreadable(head, 0, String.valueOf(e.getMessage()));
      done = head;
      problem = String.valueOf(e.getMessage());
      LOG.warn("{}: {}", head.abbreviated(), e.getMessage());
      return Optional.empty();
    }
  }

  private Map<MeshName, Verdict> judge(
      Revision head, Declarations declarations, Snapshot snapshot) {
    Instant start = now();
    Denials<String>.Glance glance = denials.glance(declarations, start);
    Map<MeshName, Verdict> verdicts = judging.judge(declarations, snapshot);
    parts.metrics().stage("judge", Duration.between(start, now()));
    denials.keepOnly(Set.of(head.sha()));
    glance.judged(head.sha(), verdicts, now());
    judging.keep(head, declarations, snapshot, verdicts);
    return verdicts;
  }

  /** The clusters hold something else than when this head was denied. */
  private void judgeAgain(Look was) {
    MDC.put("run", Run.idOf(was.revision()));
    try {
      Set<MeshName> waiting = denials.meshes(was.revision().sha());
      Map<MeshName, Verdict> verdicts = new HashMap<>(was.verdicts());
      judge(was.revision(), was.declarations().only(waiting), was.snapshot())
          .forEach((name, verdict) -> {
            if (verdict.outcome() != Verdict.Outcome.ERROR) {
              verdicts.put(name, verdict);
            }
          });
      if (!verdicts.equals(was.verdicts())) {
        Look now = was.with(verdicts, waiting, now());
        accept(now);
        last = now;
      }
    } finally {
      MDC.remove("run");
    }
  }

  /** Rules want to know what clusters hold: new ones are connected and listed first. */
  private void lookAtClusters(Declarations declarations) {
    List<MeshCluster> clusters = new ArrayList<>();
    declarations.meshes().values().forEach(mesh -> clusters.addAll(mesh.clusters()));
    clusters.forEach(lanes::connectNew);
    firstLists.await(clusters, lanes::seen, lanes::failing, this::stopping);
  }

  // Accepting.

  private void accept(Look look) {
    Set<MeshName> before = Set.copyOf(accepted.keySet());
    Map<MeshName, MeshDeclarations> meshes = look.declarations().meshes();
    declared = meshes.keySet();
    Set<MeshName> taken = new TreeSet<>();
    look.judged()
        .forEach(name -> {
          MeshDeclarations declared = meshes.get(name);
          Verdict verdict = look.verdicts().get(name);
          if (declared == null) {
            throw new IllegalStateException("judged and not declared: " + name);
          }
          if (verdict != null && verdict.outcome() == Verdict.Outcome.ACCEPTED) {
            accepted.put(name, new Accepted(look.revision(), declared, states.of(declared)));
            taken.add(name);
          } else if (!accepted.containsKey(name)) {
            acceptFormer(name, declared);
          }
        });
    reports.tell(look, before, acceptedRevisions());
    taken.forEach(name -> target(name, look.since()));
    if (look.emptied()) {
      leaveAll(look);
    } else if (look.declarations().problems().isEmpty()) {
      removeGone(look, taken);
    }
    show(look.verdicts());
  }

  /** An empty tree is taken for a mistake: a repository that lost its files must cost nothing. */
  private void leaveAll(Look look) {
    if (!accepted.isEmpty() || departures.any()) {
      String why =
          "no file is left below meshes/, which is taken for a mistake: nothing is released or"
              + " deleted. If all meshes are to go, leave a file there, meshes/README.md for"
              + " example";
      LOG.warn("{}: {}", look.revision().abbreviated(), why);
      parts.reporter().unreadable(look.revision(), 0, why);
    }
  }

  /**
   * Lets go of what is surely not declared any more: meshes that this readable revision doesn't
   * have, and clusters of meshes that it was accepted for.
   */
  private void removeGone(Look look, Set<MeshName> taken) {
    for (MeshName name : List.copyOf(accepted.keySet())) {
      if (!declared.contains(name)) {
        remove(name, look);
      }
    }
    departures.retire(
        pin -> {
          Accepted now = accepted.get(pin.mesh());
          return !declared.contains(pin.mesh())
              || (taken.contains(pin.mesh())
                  && now != null
                  && !now.states().containsKey(pin.cluster()));
        },
        look.revision());
  }

  /** A cluster that left holds nothing of ours any more. Any thread. */
  void forget(MeshCluster cluster) {
    departures.done(cluster);
  }

  private Map<MeshName, Revision> acceptedRevisions() {
    Map<MeshName, Revision> revisions = new HashMap<>();
    accepted.forEach((name, a) -> revisions.put(name, a.revision()));
    return revisions;
  }

  /** Hands the accepted revision of a mesh to its lanes. */
  private void target(MeshName name, Instant since) {
    Accepted now = accepted.get(name);
    if (now == null) {
      return;
    }
    boolean meshSuspended = now.declared().mesh().spec().suspend();
    List<ClusterRun> clusters =
        now.states().values().stream()
            .map(state ->
                meshSuspended || state.cluster().suspend()
                    ? ClusterRun.suspended(state.clusterName().value())
                    : ClusterRun.pending(state.clusterName().value()))
            .toList();
    parts.reporter().target(name, now.revision(), clusters);
    parts
        .reporter()
        .clusters(
            name,
            now.states().keySet().stream().map(ClusterName::value).collect(Collectors.toSet()));
    now.states()
        .values()
        .forEach(state ->
            lanes.want(
                state.cluster(),
                new Target(
                    now.revision(),
                    state,
                    since,
                    meshSuspended || state.cluster().suspend(),
                    false)));
    lanes.keepOnly(name, now.states().keySet(), now.revision(), now.declared().mesh());
    try {
      parts.mirror().accept(name, now.revision());
    } catch (GitException e) {
      LOG.warn("{}: {}", name, e.getMessage());
    }
  }

  /** After a start whose head is denied: what was accepted before, else what clusters say. */
  private void acceptFormer(MeshName name, MeshDeclarations denied) {
    Optional<Revision> former;
    try {
      former = parts.mirror().accepted(name);
    } catch (GitException e) {
      LOG.warn("{}: {}", name, e.getMessage());
      former = Optional.empty();
    }
    if (former.isPresent() && acceptAgain(name, former.get())) {
      return;
    }
    states.of(denied).values().forEach(state -> lanes.connect(state.cluster()));
  }

  private void acceptRecorded(Recorded found) {
    MeshName mesh = found.cluster().mesh();
    if (accepted.containsKey(mesh) || !declared.contains(mesh)) {
      return;
    }
    boolean taken = acceptAgain(mesh, found.revision());
    LOG.info(
        "{}: no accepted revision; {} as recorded on {} {}",
        mesh,
        found.revision().abbreviated(),
        found.cluster().name(),
        taken ? "stays" : "can't be had");
    if (!taken) {
      String cluster = found.cluster().name().value();
      String why = new Baseline.Lost(found.revision()).message();
      parts
          .reporter()
          .drift(mesh, DriftRun.unknown(cluster, why + "; it is left until one is accepted"));
    }
  }

  private boolean acceptAgain(MeshName name, Revision former) {
    Optional<MeshDeclarations> declared = states.declared(name, former);
    declared.ifPresent(d -> {
      accepted.put(name, new Accepted(former, d, states.of(d)));
      target(name, now());
      show(Map.of());
    });
    return declared.isPresent();
  }

  private void remove(MeshName name, Look look) {
    Accepted last = accepted.remove(name);
    if (last != null) {
      LOG.info("{}: gone from the repository", name);
      lanes.keepOnly(name, Set.of(), look.revision(), last.declared().mesh());
      parts.reporter().clusters(name, Set.of());
      states.forget(name);
      try {
        parts.mirror().forgetAccepted(name);
      } catch (GitException e) {
        LOG.warn("{}: {}", name, e.getMessage());
      }
    }
  }

  // After a look.

  private void finish(Look look) {
    Collection<Verdict> verdicts = look.verdicts().values();
    Optional<String> unjudged =
        verdicts.stream().map(v -> v.failure().orElse("")).filter(f -> !f.isEmpty()).findFirst();
    if (unjudged.isPresent()) {
      failed(unjudged.get());
      return;
    }
    passed.through(look.revision());
    done = look.revision();
    last = look;
    judging.bind(look.declarations().governance());
    failures = 0;
    problem = "";
    ready = true;
  }

  private void failed(@Nullable String why) {
    failures++;
    Duration pause = options.pause(failures);
    retryAt = now().plus(pause);
    problem = String.valueOf(why);
    LOG.warn("next try in {}: {}", pause, why);
  }

  private void tidy() {
    try {
      parts.mirror().tidy();
    } catch (GitException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  private Instant now() {
    return options.clock().instant();
  }

  @Override
  public String toString() {
    return "repository loop";
  }
}
