package io.meshkeel.report;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that is told about one revision: verdicts, what was done in each cluster, drift. The page
 * behind a status shows it, and the statuses themselves are computed from it, so a stored run is
 * enough to go on after a crash. A value; stored as JSON.
 *
 * @param id of the page: {@link #idOf}
 * @param revision the commit
 * @param pullRequest number of the pull request whose head it is; 0 for a commit of the branch
 * @param startedAt when it was first looked at, in milliseconds since 1970
 * @param updatedAt when something last changed, in milliseconds since 1970
 * @param failure why the revision could not be read; empty if it could
 * @param problems broken declarations that belong to no mesh
 * @param meshes by name
 */
public record Run(
    String id,
    String revision,
    long pullRequest,
    long startedAt,
    long updatedAt,
    String failure,
    List<Finding> problems,
    List<MeshRun> meshes) {
  private static final int ID_LENGTH = 16;

  public Run {
    problems = MeshRun.stored(problems);
    meshes = List.copyOf(meshes);
  }

  /** The id of a revision's run: the same after a restart, so that links stay. */
  public static String idOf(Revision revision) {
    return revision.sha().substring(0, ID_LENGTH);
  }

  /** A run that knows nothing yet. */
  public static Run start(Revision revision, long pullRequest, long now) {
    return new Run(idOf(revision), revision.sha(), pullRequest, now, now, "", List.of(), List.of());
  }

  public Revision commit() {
    return new Revision(revision);
  }

  /** Whether it is a commit of the watched branch. */
  public boolean onBranch() {
    return pullRequest == 0;
  }

  public Optional<MeshRun> mesh(String name) {
    return meshes.stream().filter(m -> m.mesh().equals(name)).findFirst();
  }

  /** With what policy says; what is known of clusters stays. */
  public Run judged(
      long now, String newFailure, List<Finding> newProblems, List<MeshRun> verdicts) {
    List<MeshRun> merged = new ArrayList<>();
    for (MeshRun verdict : verdicts) {
      merged.add(
          mesh(verdict.mesh())
              .map(before ->
                  // After a start a revision is compared with itself: that tells nothing new.
                  (before.saysTheSame(verdict) ? before : verdict)
                      .withSync(before.supersededBy(), before.clusters(), before.drift()))
              .orElse(verdict));
    }
    return new Run(id, revision, pullRequest, startedAt, now, newFailure, newProblems, merged);
  }

  /** With one mesh changed; the same if it has no such mesh. */
  public Run withMesh(long now, String name, UnaryOperator<MeshRun> change) {
    List<MeshRun> changed =
        meshes.stream().map(m -> m.mesh().equals(name) ? change.apply(m) : m).toList();
    return changed.equals(meshes)
        ? this
        : new Run(id, revision, pullRequest, startedAt, now, failure, problems, changed);
  }
}
