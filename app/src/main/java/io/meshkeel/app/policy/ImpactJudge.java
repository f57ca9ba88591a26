package io.meshkeel.app.policy;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.Progress;
import io.meshkeel.app.policy.Impact.Head;
import io.meshkeel.app.policy.Impact.Merged;
import io.meshkeel.app.policy.Impact.OfMesh;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.git.GitException;
import io.meshkeel.git.WorkingCopy;
import io.meshkeel.git.WorkingCopy.Commit;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.policy.Before;
import io.meshkeel.policy.Judge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges revisions by old and by new policies. For one thread. */
final class ImpactJudge {
  private final Judge judge;
  private final Evidence evidence;
  private final WorkingCopy copy;
  private final Governance old;
  private final Governance fresh;
  private final Progress progress;
  private final DeclarationReader reader = new DeclarationReader();

  /**
   * @param old settings, waivers and rules as they were
   * @param fresh as they would be
   */
  ImpactJudge(
      Judge judge,
      Evidence evidence,
      WorkingCopy copy,
      Governance old,
      Governance fresh,
      Progress progress) {
    this.judge = judge;
    this.evidence = evidence;
    this.copy = copy;
    this.old = old;
    this.fresh = fresh;
    this.progress = progress;
  }

  /** A revision as it was read. */
  private record Read(Declarations declarations, Snapshot snapshot) {}

  /**
   * The settings, waivers and rules of a snapshot.
   *
   * @param of how messages name it
   * @throws CommandException if one of them can't be read: nobody knows then what it would change
   */
  static Governance governance(Snapshot snapshot, String of) throws CommandException {
    Declarations declarations = new DeclarationReader().read(snapshot);
    List<Finding> broken =
        Stream.concat(
                declarations.problems().stream(),
                declarations.meshes().values().stream().flatMap(mesh -> mesh.problems().stream()))
            .filter(problem -> {
              String file = problem.position() == null ? "" : problem.position().file();
              return file.startsWith("policies/") || file.startsWith("waivers/");
            })
            .distinct()
            .toList();
    if (!broken.isEmpty()) {
      throw CommandException.brokenInput(
          "the policies of "
              + of
              + " can't be read:\n  "
              + broken.stream()
                  .limit(20)
                  .map(Finding::oneLine)
                  .collect(Collectors.joining("\n  ")));
    }
    return declarations.governance();
  }

  /** Both: heads as they stand, commits by what they brought in. */
  Impact of(SortedMap<String, Revision> heads, List<Commit> commits)
      throws CommandException, GitException {
    int all = heads.size() + commits.size();
    int done = 0;
    List<Head> ofHeads = new ArrayList<>();
    for (var head : heads.entrySet()) {
      progress.tell("judging %d of %d: %s".formatted(++done, all, head.getKey()));
      Read read = read(head.getValue());
      ofHeads.add(new Head(head.getKey(), head.getValue(), compare(read, null)));
    }
    List<Merged> merged = new ArrayList<>();
    // Oldest first: what a commit is compared with was judged just before.
    for (Commit commit : commits.reversed()) {
      progress.tell("judging %d of %d: %s".formatted(++done, all, commit.revision().abbreviated()));
      @Nullable Read parent = commit.parent().isPresent() ? read(commit.parent().get()) : null;
      merged.add(new Merged(commit, compare(read(commit.revision()), parent)));
    }
    return new Impact(ofHeads, merged.reversed());
  }

  private Read read(Revision revision) throws GitException {
    Snapshot snapshot = copy.at(revision.sha());
    return new Read(reader.read(snapshot), snapshot);
  }

  private List<OfMesh> compare(Read read, @Nullable Read parent) {
    List<OfMesh> meshes = new ArrayList<>();
    new TreeMap<>(read.declarations().meshes())
        .forEach((name, mesh) -> {
          Map<ResourceKey, Map<String, Object>> contents = new HashMap<>();
          mesh.objects()
              .forEach(
                  object -> contents.put(object.manifest().key(), object.manifest().content()));
          Before before = parent == null ? Before.NOTHING : before(name, parent);
          meshes.add(
              OfMesh.of(
                  judge.judge(mesh.with(old), read.snapshot(), before, evidence),
                  old,
                  judge.judge(mesh.with(fresh), read.snapshot(), before, evidence),
                  fresh,
                  contents));
        });
    return meshes;
  }

  /** A commit whose parent has no such mesh brings all of it in. */
  private static Before before(MeshName name, Read parent) {
    Optional<MeshDeclarations> mesh = Optional.ofNullable(parent.declarations().meshes().get(name));
    return mesh.isEmpty()
        ? Before.NOTHING
        : Before.ifNeeded(() -> Optional.of(new Before.Former(mesh.get(), parent.snapshot())));
  }
}
