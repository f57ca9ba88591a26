package io.meshkeel.reconcile;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Verdict;
import io.meshkeel.view.ClusterLink;
import io.meshkeel.view.Scene;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the clusters on what the repository declares: one loop follows the branch, one the pull
 * requests, and each cluster has a lane of its own. All are Vert.x verticles on virtual threads.
 *
 * <p>Starts from the truth: the clusters say which revision they hold, the head of the branch is
 * judged again, the forge is asked which statuses it has. Any thread.
 */
public final class Reconciler implements Consumer<RepositoryEvent>, AutoCloseable {
  /** How long a stop waits for writes in flight. */
  public static final Duration DEFAULT_STOP = Duration.ofSeconds(40);

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final Vertx vertx;
  private final Lanes lanes;
  private final ModuleBoards boards;
  private final Audits audits;
  private final FirstLists firstLists;
  private final RepositoryLoop repository;
  private final PullRequestLoop pulls;

  private Reconciler(Vertx vertx, EngineParts parts, ReconcilerOptions options) {
    this.vertx = vertx;
    MeshStates states = new MeshStates(parts.mirror(), parts.reader());
    this.lanes =
        new Lanes(
            vertx, cluster -> new ClusterLane(cluster, parts, states, options, new HomeOfLanes()));
    this.boards = new ModuleBoards(lanes::sights);
    this.firstLists = new FirstLists(options.firstLists());
    LiveEvidence live = new LiveEvidence(lanes::sights, options.clock());
    Judging judging = new Judging(parts, states, live, options.clock());
    this.audits = new Audits(new AuditsOfAccepted(parts, live, judging), options.auditPause());
    this.repository =
        new RepositoryLoop(
            parts, states, judging, options, lanes, new ShownMeshes(boards, audits), firstLists);
    this.pulls = new PullRequestLoop(parts, judging, options, repository::ready);
    judging.onRebound(pulls::look);
  }

  private final class HomeOfLanes implements ClusterLane.Home {
    @Override
    public void recorded(MeshCluster cluster, Revision revision) {
      repository.recorded(cluster, revision);
    }

    @Override
    public void seen() {
      firstLists.seen();
      boards.wake();
      audits.wake();
      repository.seen();
      pulls.seen();
    }

    @Override
    public void retired(ClusterLane lane) {
      if (lanes.retired(lane)) {
        repository.forget(lane.declared());
      }
    }
  }

  private final class AuditsOfAccepted implements Audits.Auditor {
    private final EngineParts parts;
    private final LiveEvidence live;
    private final Judging judging;

    AuditsOfAccepted(EngineParts parts, LiveEvidence live, Judging judging) {
      this.parts = parts;
      this.live = live;
      this.judging = judging;
    }

    @Override
    public Evidence evidence(AcceptedMesh mesh) {
      return live.of(mesh.declared());
    }

    @Override
    public Optional<Verdict> audit(AcceptedMesh mesh, Evidence evidence) {
      return judging.audit(mesh, evidence);
    }

    @Override
    public void found(AcceptedMesh mesh, Verdict verdict) {
      boards.audited(mesh, verdict.findings());
      parts.metrics().findings(mesh.name().value(), verdict.findings());
      parts.reporter().audited(mesh.revision(), verdict);
    }
  }

  /**
   * Starts the loops; returns once they run, before the first look ended.
   *
   * @param vertx where they run; the caller closes it, after this
   */
  public static Reconciler start(Vertx vertx, EngineParts parts, ReconcilerOptions options) {
    Reconciler reconciler = new Reconciler(vertx, parts, options);
    await(
        Future.all(
            vertx.deployVerticle(reconciler.repository, Lanes.VIRTUAL),
            vertx.deployVerticle(reconciler.pulls, Lanes.VIRTUAL)));
    return reconciler;
  }

  /** Something happened in the repository; returns at once. */
  @Override
  public void accept(RepositoryEvent event) {
    switch (event) {
      case RepositoryEvent.BranchMoved _ -> repository.look();
      case RepositoryEvent.PullRequestChanged _ -> pulls.look();
    }
  }

  /** Whether the repository was read and judged at least once since the start. */
  public boolean ready() {
    return repository.ready();
  }

  /** Why the repository can't be followed now; empty if it can. */
  public String problem() {
    return repository.problem();
  }

  /** How each cluster stands, by mesh and name. */
  public List<LaneStatus> lanes() {
    return lanes.status();
  }

  /**
   * The meshes as they are now: what was last accepted of each, the findings of its newest verdict,
   * and what is watched in its clusters. Costs nothing: the modules are kept up to date.
   */
  public List<Scene> scenes() {
    return boards.scenes().stream()
        .map(scene -> scene.with(links(new MeshName(scene.mesh()))))
        .toList();
  }

  /** Grows whenever what modules show of meshes and clusters is another thing. Any thread. */
  public long changes() {
    return boards.changes();
  }

  private Map<ClusterName, ClusterLink> links(MeshName mesh) {
    Map<ClusterName, ClusterSight> sights = lanes.sights(mesh);
    Map<ClusterName, ClusterLink> links = new HashMap<>();
    for (LaneStatus lane : lanes.status()) {
      if (lane.mesh().equals(mesh)) {
        links.put(
            lane.cluster(),
            new ClusterLink(
                lane.ready(),
                lane.reached().map(Revision::abbreviated).orElse(""),
                lane.failure(),
                Optional.ofNullable(sights.get(lane.cluster())).map(ClusterSight::since),
                Optional.ofNullable(sights.get(lane.cluster())).map(ClusterSight::heard)));
      }
    }
    return links;
  }

  /**
   * Stops gracefully: writes in flight are finished, nothing new is begun. What was not applied is
   * found again by the next start, since the cluster records a revision only when all of it is
   * there. Blocks for at most {@link #DEFAULT_STOP}; not from an event loop.
   */
  @Override
  public void close() {
    boards.close();
    audits.close();
    repository.prepareStop();
    pulls.prepareStop();
    lanes.prepareStop();
    List<String> ids = new ArrayList<>(lanes.deployments());
    for (Loop loop : List.of(repository, pulls)) {
      String id = loop.deployment();
      if (id != null) {
        ids.add(id);
      }
    }
    await(Future.join(ids.stream().map(vertx::undeploy).toList()));
  }

  private static void await(Future<?> future) {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(DEFAULT_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.warn("A loop did not start or end well", e.getCause());
    } catch (TimeoutException e) {
      LOG.warn(
          "A loop did not end within {}; what it was writing may not be finished", DEFAULT_STOP);
    }
  }
}
