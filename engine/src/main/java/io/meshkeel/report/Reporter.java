package io.meshkeel.report;

import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes note of what the engine finds out and does, keeps it in the run store, and tells the forge.
 * Callers never wait for disk or forge. Any thread.
 */
public final class Reporter implements AutoCloseable {
  private final RunStore store;
  private final InstantSource clock;
  private final Statuses statuses;
  private final StatusReconciler forge;
  private final ReentrantLock lock = new ReentrantLock();

  /** Runs whose statuses may still change, by commit id. */
  private final Map<String, Run> open = new HashMap<>();

  /** What is known of drift, told on the head of the branch. */
  private final Map<MeshName, Map<String, DriftRun>> drift = new TreeMap<>();

  /** What the last accepted commits of the branch had to be put right, by mesh. */
  private final Map<String, List<DebtRun>> trend = new HashMap<>();

  private @Nullable String head;

  private Reporter(
      RunStore store,
      Forge forge,
      URI publicUrl,
      EngineMetrics metrics,
      InstantSource clock,
      StatusReconciler.Pauses pauses) {
    this.store = store;
    this.clock = clock;
    this.statuses = new Statuses(publicUrl, forge.maxDescriptionLength());
    this.forge = StatusReconciler.start(forge, metrics, clock, pauses, this::told);
  }

  /**
   * Starts to report, going on with the runs that a former process left open.
   *
   * @param publicUrl where people reach the service
   */
  public static Reporter start(
      RunStore store,
      Forge forge,
      URI publicUrl,
      EngineMetrics metrics,
      InstantSource clock,
      StatusReconciler.Pauses pauses) {
    Reporter reporter = new Reporter(store, forge, publicUrl, metrics, clock, pauses);
    for (Run run : store.open()) {
      reporter.open.put(run.revision(), run);
    }
    return reporter;
  }

  /** The head of the branch is this revision now: what is known of drift is told there. */
  public void head(Revision revision) {
    lock.lock();
    try {
      head = revision.sha();
      update(revision, 0, this::withDrift);
      // The head before it may be told for the last time now.
      for (Run run : List.copyOf(open.values())) {
        if (!run.revision().equals(head)) {
          tell(run);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Run withDrift(Run run) {
    Run changed = run;
    for (Map.Entry<MeshName, Map<String, DriftRun>> mesh : drift.entrySet()) {
      for (DriftRun found : mesh.getValue().values()) {
        changed = changed.withMesh(clock.millis(), mesh.getKey().value(), m -> m.with(found));
      }
    }
    return changed;
  }

  /**
   * A revision was judged.
   *
   * @param pullRequest number of the pull request whose head it is; 0 for a commit of the branch
   * @param verdicts one per mesh
   * @param problems broken declarations that belong to no mesh
   * @param kept the revision that stays applied, for meshes that are not accepted
   */
  public void judged(
      Revision revision,
      long pullRequest,
      Collection<Verdict> verdicts,
      List<Finding> problems,
      Map<MeshName, Revision> kept) {
    List<MeshRun> meshes = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      Revision stays = kept.get(verdict.mesh());
      meshes.add(MeshRun.of(verdict, stays == null ? "" : stays.sha()));
    }
    lock.lock();
    try {
      if (pullRequest == 0) {
        meshes.replaceAll(mesh -> withTrend(revision, mesh));
      }
      update(
          revision,
          pullRequest,
          run -> {
            Run judged = run.judged(clock.millis(), "", problems, meshes);
            return revision.sha().equals(head) ? withDrift(judged) : judged;
          });
    } finally {
      lock.unlock();
    }
  }

  /** An accepted commit of the branch goes on with the trend of the newest one before it. */
  private MeshRun withTrend(Revision revision, MeshRun mesh) {
    if (!mesh.accepted()) {
      return mesh;
    }
    List<DebtRun> former = trend.computeIfAbsent(mesh.mesh(), this::storedTrend);
    MeshRun with = mesh.after(revision.sha(), former);
    trend.put(mesh.mesh(), with.trend());
    return with;
  }

  private List<DebtRun> storedTrend(String mesh) {
    for (String id : store.newest(MeshRun.MOST_TREND)) {
      Optional<MeshRun> run = store.get(id).flatMap(stored -> stored.mesh(mesh));
      if (run.isPresent() && !run.get().trend().isEmpty()) {
        return run.get().trend();
      }
    }
    return List.of();
  }

  /** A revision could not be read at all. */
  public void unreadable(Revision revision, long pullRequest, String why) {
    lock.lock();
    try {
      update(
          revision, pullRequest, run -> run.judged(clock.millis(), why, List.of(), run.meshes()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * An accepted revision becomes what the clusters of a mesh are brought to; older ones that not
   * all clusters have take its result.
   *
   * @param clusters of the mesh, as they stand
   */
  public void target(MeshName mesh, Revision revision, Collection<ClusterRun> clusters) {
    lock.lock();
    try {
      update(
          revision,
          0,
          run ->
              run.withMesh(
                  clock.millis(),
                  mesh.value(),
                  m -> {
                    MeshRun with = m.supersededBy("");
                    for (ClusterRun cluster : clusters) {
                      with = with.started(cluster);
                    }
                    return with;
                  }));
      for (Run run : List.copyOf(open.values())) {
        if (!run.revision().equals(revision.sha()) && run.onBranch()) {
          superseded(run, mesh, revision);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** A revision that the branch only passed through takes the result of a newer one. */
  public void supersede(MeshName mesh, Revision older, Revision newer) {
    lock.lock();
    try {
      Run run = open.get(older.sha());
      if (run != null) {
        superseded(run, mesh, newer);
      }
    } finally {
      lock.unlock();
    }
  }

  private void superseded(Run run, MeshName mesh, Revision newer) {
    update(
        run.commit(),
        0,
        r ->
            r.withMesh(
                clock.millis(),
                mesh.value(),
                m ->
                    m.accepted() && !(m.inSync() && !m.clusters().isEmpty())
                        ? m.supersededBy(newer.sha())
                        : m));
  }

  /** What an accepted revision looks like by what its clusters hold now; no status changes. */
  public void audited(Revision revision, Verdict verdict) {
    lock.lock();
    try {
      if (find(revision.sha()).isPresent()) {
        update(
            revision,
            0,
            run ->
                run.withMesh(
                    clock.millis(),
                    verdict.mesh().value(),
                    m -> m.audited(clock.millis(), verdict)));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Something became of a revision in a cluster. */
  public void cluster(MeshName mesh, Revision revision, ClusterRun cluster) {
    lock.lock();
    try {
      update(revision, 0, run -> run.withMesh(clock.millis(), mesh.value(), m -> m.with(cluster)));
    } finally {
      lock.unlock();
    }
  }

  /** What drifted in a cluster, or that nothing did. */
  public void drift(MeshName mesh, DriftRun found) {
    lock.lock();
    try {
      drift.computeIfAbsent(mesh, m -> new TreeMap<>()).put(found.cluster(), found);
      if (head != null) {
        update(
            new Revision(head),
            0,
            run -> run.withMesh(clock.millis(), mesh.value(), m -> m.with(found)));
      }
    } finally {
      lock.unlock();
    }
  }

  /** These are the clusters of a mesh now: drift of others is no longer told. */
  public void clusters(MeshName mesh, Set<String> names) {
    lock.lock();
    try {
      Map<String, DriftRun> known = drift.get(mesh);
      if (known != null) {
        known.keySet().retainAll(names);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The run of a revision as it stands. */
  public Optional<Run> run(Revision revision) {
    lock.lock();
    try {
      return find(revision.sha());
    } finally {
      lock.unlock();
    }
  }

  private Optional<Run> find(String sha) {
    if (sha.isEmpty()) {
      return Optional.empty();
    }
    Run run = open.get(sha);
    return run != null ? Optional.of(run) : store.get(new Revision(sha));
  }

  private void update(Revision revision, long pullRequest, UnaryOperator<Run> change) {
    Run before =
        find(revision.sha()).orElseGet(() -> Run.start(revision, pullRequest, clock.millis()));
    Run after = change.apply(before);
    if (after.equals(before) && open.containsKey(revision.sha())) {
      return;
    }
    open.put(revision.sha(), after);
    store.put(after, true);
    tell(after);
    for (Run run : List.copyOf(open.values())) {
      if (run.meshes().stream().anyMatch(m -> m.supersededBy().equals(after.revision()))) {
        tell(run);
      }
    }
  }

  private void tell(Run run) {
    if (run.failure().isEmpty() && run.meshes().isEmpty() && run.problems().isEmpty()) {
      return; // Not judged yet.
    }
    forge.want(run.commit(), statuses.of(run, this::find), last(run));
  }

  /** Whether nothing about the run is going to change. */
  private boolean last(Run run) {
    if (run.revision().equals(head) || !run.failure().isEmpty()) {
      return false;
    }
    if (!run.onBranch()) {
      return run.meshes().stream().noneMatch(m -> m.outcome() == Verdict.Outcome.ERROR);
    }
    return run.meshes().stream().allMatch(this::settled);
  }

  private boolean settled(MeshRun mesh) {
    if (!mesh.accepted() || (mesh.inSync() && !mesh.clusters().isEmpty())) {
      return true;
    }
    return find(mesh.supersededBy())
        .flatMap(run -> run.mesh(mesh.mesh()))
        .map(newer -> newer.accepted() && newer.inSync() && !newer.clusters().isEmpty())
        .orElse(false);
  }

  private void told(Revision revision) {
    lock.lock();
    try {
      Run run = open.get(revision.sha());
      if (run != null && last(run)) {
        open.remove(revision.sha());
        store.put(run, false);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the forge has all statuses.
   *
   * @return false if the time was over first
   */
  public boolean awaitTold(Duration most) throws InterruptedException {
    return forge.awaitQuiet(most);
  }

  /** Stops telling; what the forge lacks is told after the next start. */
  @Override
  public void close() {
    forge.close();
  }
}
