package io.meshkeel.git;

import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The history behind a folder that somebody works in. Reads the object database only: the work
 * tree, the index and the references stay as they are. One thread; snapshots any thread until it is
 * closed.
 */
public final class WorkingCopy implements AutoCloseable {
  /** 200 branches are looked at. */
  public static final int MOST_BRANCHES = 200;

  private final Path folder;
  private final Repository repository;

  private WorkingCopy(Path folder, Repository repository) {
    this.folder = folder;
    this.repository = repository;
  }

  /**
   * Opens the repository that holds a folder.
   *
   * @throws GitException if the folder is in no Git work tree
   */
  public static WorkingCopy around(Path folder) throws GitException {
    GitSettings.isolate();
    try {
      Path real = folder.toRealPath();
      FileRepositoryBuilder found = new FileRepositoryBuilder().findGitDir(real.toFile());
      if (found.getGitDir() == null) {
        throw new GitException(
            folder + " is in no Git repository. Fix: name the root of a clone of the repository");
      }
      Repository repository = found.setMustExist(true).build();
      if (repository.isBare()) {
        repository.close();
        throw new GitException(folder + " is in a bare repository. Fix: name a clone of it");
      }
      return new WorkingCopy(real, repository);
    } catch (IOException e) {
      throw new GitException(
          "the repository of " + folder + " can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * What the folder held at a commit.
   *
   * @param name a commit as Git names it: a branch, a tag, {@code HEAD~1}, an id
   * @throws GitException if there is no such commit, it doesn't have the folder, or it exceeds
   *     {@link SnapshotLimits#DEFAULT}
   */
  public Snapshot at(String name) throws GitException {
    try (ObjectReader reader = repository.newObjectReader();
        RevWalk walk = new RevWalk(reader)) {
      ObjectId id = repository.resolve(name + "^{commit}");
      if (id == null) {
        throw new GitException(
            "there is no commit '%s'. Fix: name a branch, a tag or a commit of this repository; a shallow clone may lack it"
                .formatted(name));
      }
      RevCommit commit = walk.parseCommit(id);
      TreeListing listing =
          new TreeLister(reader, SnapshotLimits.DEFAULT).list(tree(reader, commit, name), null);
      return new GitSnapshot(repository, new Revision(id.name()), listing);
    } catch (IOException | IllegalArgumentException e) {
      throw new GitException("commit '" + name + "' can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * A commit.
   *
   * @param revision its id
   * @param parent the first of its parents; empty if it has none, or a shallow clone ends there
   * @param subject the first line of its message, without control characters
   */
  public record Commit(Revision revision, Optional<Revision> parent, String subject) {}

  /** The commit that is checked out; empty before the first. */
  public Optional<Commit> head() throws GitException {
    return commits(1).stream().findFirst();
  }

  /**
   * The heads of branches, by name: local ones ({@code main}) and those of remotes ({@code
   * origin/main}).
   *
   * @param patterns which: {@code *} stands for any text without {@code /}, {@code **} for any
   * @throws GitException if a pattern matches none, they match more than {@value #MOST_BRANCHES},
   *     or the repository can't be read
   */
  public SortedMap<String, Revision> branches(List<String> patterns) throws GitException {
    SortedMap<String, Revision> found = new TreeMap<>();
    try {
      SortedMap<String, Revision> all = new TreeMap<>();
      for (String prefix : List.of(Constants.R_HEADS, Constants.R_REMOTES)) {
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
          if (!ref.isSymbolic() && ref.getObjectId() != null) {
            all.put(
                ref.getName().substring(prefix.length()), new Revision(ref.getObjectId().name()));
          }
        }
      }
      for (String pattern : patterns) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int before = found.size();
        all.forEach((name, revision) -> {
          if (matcher.matches(Path.of(name))) {
            found.put(name, revision);
          }
        });
        if (found.size() == before && !found.containsKey(pattern)) {
          throw new GitException(
              "no branch matches '%s'. Fix: name one of %s"
                  .formatted(pattern, String.join(", ", all.keySet().stream().limit(20).toList())));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new GitException("the branches can't be read: " + e.getMessage(), e);
    }
    if (found.size() > MOST_BRANCHES) {
      throw new GitException(
          "%d branches match, more than %d. Fix: name fewer"
              .formatted(found.size(), MOST_BRANCHES));
    }
    return found;
  }

  /**
   * The last commits of what is checked out, newest first, each the first parent of the one before.
   *
   * @param most how many
   */
  public List<Commit> commits(int most) throws GitException {
    List<Commit> commits = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository)) {
      ObjectId id = repository.resolve(Constants.HEAD);
      while (id != null && commits.size() < most) {
        RevCommit commit = walk.parseCommit(id);
        id = commit.getParentCount() == 0 ? null : commit.getParent(0);
        if (id != null && !repository.getObjectDatabase().has(id)) {
          id = null;
        }
        commits.add(
            new Commit(
                new Revision(commit.name()),
                Optional.ofNullable(id).map(parent -> new Revision(parent.name())),
                commit.getShortMessage().replaceAll("\\p{Cntrl}", " ")));
      }
    } catch (IOException e) {
      throw new GitException("the history can't be read: " + e.getMessage(), e);
    }
    return commits;
  }

  private ObjectId tree(ObjectReader reader, RevCommit commit, String name)
      throws IOException, GitException {
    String path =
        repository
            .getWorkTree()
            .toPath()
            .toRealPath()
            .relativize(folder)
            .toString()
            .replace('\\', '/');
    if (path.isEmpty()) {
      return commit.getTree().copy();
    }
    try (TreeWalk found = TreeWalk.forPath(reader, path, commit.getTree())) {
      if (found == null || !found.getFileMode(0).equals(FileMode.TREE)) {
        throw new GitException(
            "commit '%s' has no folder %s. Fix: name another commit or folder"
                .formatted(name, path));
      }
      return found.getObjectId(0);
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
