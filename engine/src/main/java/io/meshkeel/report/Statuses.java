package io.meshkeel.report;

import io.meshkeel.model.Debt;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Verdict;
import io.meshkeel.report.CommitStatus.State;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The statuses that should be on a commit, computed from its run. Pure; any thread. */
public final class Statuses {
  /** The context of verdicts. */
  public static final String POLICY = "meshkeel/policy";

  /** Beyond so many clusters of a mesh, only those that failed get a status of their own. */
  public static final int MAX_CLUSTERS = 20;

  private final URI publicUrl;
  private final StatusTexts texts;

  /**
   * @param publicUrl where people reach the service
   * @param maxLength longest description that the forge shows, in characters
   */
  public Statuses(URI publicUrl, int maxLength) {
    String base = publicUrl.toString();
    this.publicUrl = URI.create(base.endsWith("/") ? base : base + "/");
    this.texts = new StatusTexts(maxLength);
  }

  /** The page of a revision. */
  public URI page(Revision revision) {
    return publicUrl.resolve("runs/" + Run.idOf(revision));
  }

  /**
   * The statuses of a run.
   *
   * @param others runs by commit id, to follow what superseded it
   */
  public List<CommitStatus> of(Run run, Function<String, Optional<Run>> others) {
    URI page = page(run.commit());
    List<CommitStatus> statuses = new ArrayList<>();
    policy(run).map(s -> s.at(POLICY, page)).ifPresent(statuses::add);
    if (run.onBranch()) {
      for (MeshRun mesh : run.meshes()) {
        String context = "meshkeel/sync/" + mesh.mesh();
        sync(mesh, others).map(s -> s.at(context, page)).ifPresent(statuses::add);
        clusters(mesh, others)
            .forEach(c -> statuses.add(cluster(c, mesh).at(context + "/" + c.cluster(), page)));
        drift(mesh).map(s -> s.at("meshkeel/drift/" + mesh.mesh(), page)).ifPresent(statuses::add);
      }
    }
    return statuses;
  }

  private record Word(State state, String text) {
    CommitStatus at(String context, URI page) {
      return new CommitStatus(context, state, text, page);
    }
  }

  private Optional<Word> policy(Run run) {
    if (!run.failure().isEmpty()) {
      return Optional.of(new Word(State.ERROR, texts.fit(run.failure())));
    }
    List<Finding> findings =
        Stream.concat(
                run.problems().stream(), run.meshes().stream().flatMap(m -> m.findings().stream()))
            .sorted(Finding.ORDER)
            .toList();
    Optional<MeshRun> unjudged =
        run.meshes().stream().filter(m -> m.outcome() == Verdict.Outcome.ERROR).findFirst();
    if (unjudged.isPresent()) {
      return Optional.of(
          new Word(
              State.ERROR,
              texts.fit(
                  unjudged.get().mesh() + ": " + unjudged.get().failure(),
                  unjudged.get().mesh() + ": policy could not be asked")));
    }
    Optional<Debt> debt =
        run.meshes().stream().flatMap(m -> Stream.ofNullable(m.debt())).reduce(Debt::plus);
    boolean denied =
        run.problems().stream().anyMatch(problem -> problem.severity() == Severity.ERROR)
            || run.meshes().stream().anyMatch(m -> !m.accepted());
    return Optional.of(
        denied
            ? new Word(State.FAILURE, texts.denial(findings, debt))
            : new Word(State.SUCCESS, texts.verdict(findings, run.meshes().size(), debt)));
  }

  private Optional<Word> sync(MeshRun mesh, Function<String, Optional<Run>> others) {
    if (!mesh.accepted()) {
      return Optional.of(notApplied(mesh));
    }
    if (mesh.inSync() && !mesh.clusters().isEmpty()) {
      return Optional.of(new Word(State.SUCCESS, texts.clusters(mesh.clusters())));
    }
    Optional<MeshRun> newer = superseding(mesh, others);
    if (newer.isPresent()) {
      return Optional.of(superseded(mesh.supersededBy(), newer.get()));
    }
    if (mesh.clusters().isEmpty()) {
      return Optional.empty();
    }
    boolean failed = mesh.clusters().stream().anyMatch(c -> c.state() == ClusterRun.State.FAILED);
    return Optional.of(
        new Word(failed ? State.FAILURE : State.PENDING, texts.clusters(mesh.clusters())));
  }

  private static Optional<MeshRun> superseding(
      MeshRun mesh, Function<String, Optional<Run>> others) {
    return mesh.supersededBy().isEmpty()
        ? Optional.empty()
        : others.apply(mesh.supersededBy()).flatMap(run -> run.mesh(mesh.mesh()));
  }

  private Word superseded(String sha, MeshRun newer) {
    String by = "superseded by " + StatusTexts.shortSha(sha) + ", ";
    if (!newer.accepted()) {
      Word word = notApplied(newer);
      return new Word(word.state(), texts.fit(by + word.text(), by + "not applied"));
    }
    if (newer.inSync()) {
      return new Word(State.SUCCESS, texts.fit(by + "in sync"));
    }
    boolean failed = newer.clusters().stream().anyMatch(c -> c.state() == ClusterRun.State.FAILED);
    return new Word(
        failed ? State.FAILURE : State.PENDING,
        texts.fit(by + texts.clusters(newer.clusters()), by + (failed ? "failed" : "applying")));
  }

  private Word notApplied(MeshRun mesh) {
    String stays =
        mesh.kept().isEmpty() ? "" : "; " + StatusTexts.shortSha(mesh.kept()) + " stays applied";
    return mesh.outcome() == Verdict.Outcome.ERROR
        ? new Word(State.ERROR, texts.fit("not applied: policy could not be asked" + stays))
        : new Word(State.FAILURE, texts.fit("not applied: denied by policy" + stays));
  }

  /** The clusters that get a status of their own, as they stand in this or the superseding run. */
  private static List<ClusterRun> clusters(MeshRun mesh, Function<String, Optional<Run>> others) {
    if (!mesh.accepted()) {
      return List.of();
    }
    Optional<MeshRun> newer =
        mesh.inSync() ? Optional.empty() : superseding(mesh, others).filter(MeshRun::accepted);
    List<ClusterRun> shown = new ArrayList<>();
    for (ClusterRun own : mesh.clusters()) {
      ClusterRun now =
          newer
              .flatMap(n ->
                  n.clusters().stream().filter(c -> c.cluster().equals(own.cluster())).findFirst())
              .orElse(own);
      boolean few = mesh.clusters().size() <= MAX_CLUSTERS;
      if (few || own.everFailed() || now.everFailed()) {
        shown.add(own.settled() ? own : now);
      }
    }
    return shown;
  }

  private Word cluster(ClusterRun cluster, MeshRun mesh) {
    boolean other = !mesh.supersededBy().isEmpty() && !mesh.clusters().contains(cluster);
    String by = other ? "superseded by " + StatusTexts.shortSha(mesh.supersededBy()) + ", " : "";
    return switch (cluster.state()) {
      case IN_SYNC -> new Word(State.SUCCESS, texts.fit(by + inSync(cluster), by + "in sync"));
      case SUSPENDED -> new Word(State.SUCCESS, texts.fit(by + "suspended: left alone"));
      case PENDING ->
          new Word(
              State.PENDING,
              texts.fit(
                  by + (cluster.message().isEmpty() ? "applying" : cluster.message()),
                  by + "applying"));
      case FAILED ->
          new Word(
              State.FAILURE,
              texts.fit(
                  by + cluster.reason() + ": " + cluster.message(),
                  by + cluster.reason() + ": " + StatusTexts.firstClause(cluster.message()),
                  by + cluster.reason()));
    };
  }

  private static String inSync(ClusterRun cluster) {
    int held = count(cluster, ChangeRun.HELD);
    int pending = count(cluster, ChangeRun.PENDING_RESTART);
    int changed = cluster.changes().size() - held - pending + cluster.moreChanges();
    return "in sync"
        + objects(changed, "changed")
        + objects(held, "held")
        + objects(pending, "pending restart");
  }

  private static int count(ClusterRun cluster, String outcome) {
    return (int) cluster.changes().stream().filter(c -> c.outcome().equals(outcome)).count();
  }

  private static String objects(int count, String what) {
    return switch (count) {
      case 0 -> "";
      case 1 -> ", 1 object " + what;
      default -> ", " + count + " objects " + what;
    };
  }

  private Optional<Word> drift(MeshRun mesh) {
    if (mesh.drift().isEmpty()) {
      return Optional.empty();
    }
    boolean drifted = mesh.drift().stream().anyMatch(d -> d.count() > 0);
    boolean unknown = mesh.drift().stream().anyMatch(d -> !d.failure().isEmpty());
    State state = drifted ? State.FAILURE : unknown ? State.ERROR : State.SUCCESS;
    return Optional.of(new Word(state, texts.drift(mesh.drift())));
  }
}
