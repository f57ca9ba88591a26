package io.meshkeel.git;

import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
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
