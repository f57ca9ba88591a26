package io.meshkeel.git;

import io.meshkeel.model.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** A bare repository to fetch from, written without a work tree. One thread at a time. */
public final class OriginRepository implements AutoCloseable {
  private final Repository repository;
  private final Path path;
  private int commits;

  public OriginRepository(Path path) throws IOException {
    this.path = path;
    this.repository = new FileRepositoryBuilder().setBare().setGitDir(path.toFile()).build();
    repository.create(true);
  }

  public GitRemote remote() {
    return remote("main");
  }

  public GitRemote remote(String branch) {
    return new GitRemote(
        path.toUri().toString(),
        new BranchName(branch),
        new GitCredential.None(),
        Duration.ofSeconds(10));
  }

  /** Commits to {@code main}: files of the head with these put in; an empty text removes a file. */
  public Revision commit(Map<String, String> files) throws IOException {
    return commit("refs/heads/main", "refs/heads/main", files);
  }

  /** Commits to any reference, on top of another. */
  public Revision commit(String ref, String parentRef, Map<String, String> files)
      throws IOException {
    Optional<ObjectId> parent = Optional.ofNullable(resolve(parentRef));
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      List<DirCacheEntry> entries = new ArrayList<>();
      DirCache index = DirCache.newInCore();
      DirCacheBuilder builder = index.builder();
      if (parent.isPresent()) {
        DirCache before = DirCache.read(repository.newObjectReader(), treeOf(parent.get()));
        for (int i = 0; i < before.getEntryCount(); i++) {
          if (!files.containsKey(before.getEntry(i).getPathString())) {
            entries.add(before.getEntry(i));
          }
        }
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        if (!file.getValue().isEmpty()) {
          DirCacheEntry entry = new DirCacheEntry(file.getKey());
          entry.setFileMode(FileMode.REGULAR_FILE);
          entry.setObjectId(
              inserter.insert(
                  Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
          entries.add(entry);
        }
      }
      entries.forEach(builder::add);
      builder.finish();
      return commitTree(ref, parent.orElse(null), index.writeTree(inserter), inserter);
    }
  }

  /** One entry of a hostile tree. */
  public record RawEntry(byte[] name, FileMode mode, String content) {
    public RawEntry(String name, FileMode mode, String content) {
      this(name.getBytes(StandardCharsets.UTF_8), mode, content);
    }
  }

  /** Commits a tree whose folder {@code meshes} holds exactly these entries, checked by nobody. */
  public Revision commitRaw(String ref, List<RawEntry> entries) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      TreeFormatter folder = new TreeFormatter();
      for (RawEntry entry : entries) {
        byte[] content = entry.content().getBytes(StandardCharsets.UTF_8);
        ObjectId id =
            entry.mode().equals(FileMode.GITLINK)
                ? ObjectId.fromString("1".repeat(40))
                : inserter.insert(Constants.OBJ_BLOB, content);
        if (entry.mode().equals(FileMode.TREE)) {
          TreeFormatter below = new TreeFormatter();
          below.append("file.yaml", FileMode.REGULAR_FILE, id);
          id = inserter.insert(below);
        }
        folder.append(entry.name(), 0, entry.name().length, entry.mode(), id, true);
      }
      TreeFormatter root = new TreeFormatter();
      root.append("meshes", FileMode.TREE, inserter.insert(folder));
      return commitTree(ref, null, inserter.insert(root), inserter);
    }
  }

  private Revision commitTree(
      String ref, @Nullable ObjectId parent, ObjectId tree, ObjectInserter inserter)
      throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    if (parent != null) {
      commit.setParentId(parent);
    }
    commit.setAuthor(new PersonIdent("Dev", "dev@example.com"));
    commit.setCommitter(new PersonIdent("Dev", "dev@example.com"));
    commit.setMessage("Change " + ++commits);
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    set(ref, new Revision(id.name()));
    return new Revision(id.name());
  }

  /** Moves a reference, forced. */
  public void set(String ref, Revision revision) throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setNewObjectId(ObjectId.fromString(revision.sha()));
    update.forceUpdate();
  }

  /** Forgets all commits of the branch, as a forced push of an unrelated history does. */
  public void dropHistory() throws IOException {
    ObjectId head = resolve("refs/heads/main");
    if (head == null) {
      throw new IllegalStateException("the branch has no commit");
    }
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      commitTree("refs/heads/main", null, treeOf(head), inserter);
    }
  }

  /** Removes a reference. */
  public void remove(String ref) throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setForceUpdate(true);
    update.delete();
  }

  private ObjectId treeOf(ObjectId commit) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseCommit(commit).getTree().copy();
    }
  }

  private @Nullable ObjectId resolve(String ref) throws IOException {
    Ref found = repository.exactRef(ref);
    return found == null ? null : found.getObjectId();
  }

  @Override
  public void close() {
    repository.close();
  }
}
