package io.meshkeel.git;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.jspecify.annotations.Nullable;

/**
 * A bare mirror of the watched repository in the data directory: the watched branch and the heads
 * of pull requests, no work tree. Nothing of a revision is ever written to a file of its own name.
 *
 * <p>Methods block and may be called from any thread; fetches run one at a time.
 */
public final class GitMirror implements AutoCloseable {
  /** Packs in the mirror beyond which {@link #tidy} repacks. */
  public static final int DEFAULT_MAX_PACKS = 50;

  /** Longest list that {@link #between} returns. */
  public static final int MAX_BETWEEN = 100;

  private static final String PINS = "refs/meshkeel/applied/";
  private static final String ACCEPTED = "refs/meshkeel/accepted/";
  private static final String SEEN = "refs/meshkeel/seen";

  private final GitRemote remote;
  private final SnapshotLimits limits;
  private final MirrorFolder folder;
  private final FileRepository repository;
  private final RemoteAccess access;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable TreeListing newest;

  private GitMirror(
      GitRemote remote, SnapshotLimits limits, MirrorFolder folder, FileRepository repository) {
    this.remote = remote;
    this.limits = limits;
    this.folder = folder;
    this.repository = repository;
    this.access = new RemoteAccess(remote, folder.path());
  }

  /**
   * Opens the mirror of a repository, making an empty one if there is none. Doesn't talk to the
   * remote.
   *
   * @param dataDirectory the service's data directory
   * @throws GitException if the folder can't be used or another process uses it
   */
  public static GitMirror open(Path dataDirectory, GitRemote remote) throws GitException {
    return open(dataDirectory, remote, SnapshotLimits.DEFAULT);
  }

  /** As {@link #open(Path, GitRemote)}, with other limits. */
  public static GitMirror open(Path dataDirectory, GitRemote remote, SnapshotLimits limits)
      throws GitException {
    GitSettings.isolate();
    MirrorFolder folder = MirrorFolder.own(dataDirectory, remote.url());
    try {
      FileRepository repository =
          (FileRepository)
              new FileRepositoryBuilder().setBare().setGitDir(folder.path().toFile()).build();
      if (!repository.getObjectDatabase().exists()) {
        repository.create(true);
      }
      repository.getConfig().setString("http", null, "followRedirects", "false");
      // Repacking has its own time: see tidy().
      repository.getConfig().setInt("gc", null, "auto", 0);
      repository.getConfig().setInt("gc", null, "autopacklimit", 0);
      repository.getConfig().save();
      return new GitMirror(remote, limits, folder, repository);
    } catch (IOException e) {
      try (folder) {
        throw new GitException("could not open the mirror " + folder.path(), e);
      } catch (IOException closing) {
        throw new GitException("could not close the mirror " + folder.path(), closing);
      }
    }
  }

  /** The watched branch. */
  public BranchName branch() {
    return remote.branch();
  }

  /**
   * Fetches the watched branch and nothing else: the short way of a push.
   *
   * @return its newest commit
   * @throws GitException if the remote doesn't answer, refuses, or has no such branch
   */
  public Revision fetchBranch() throws GitException {
    fetch("branch " + remote.branch(), remote.branch().ref(), false);
    return head()
        .orElseThrow(
            () -> new GitException(where("branch " + remote.branch()) + "it has no commit"));
  }

  /**
   * Fetches the head of one pull request.
   *
   * @param number as the forge counts them
   * @return its newest commit
   * @throws GitException if the remote doesn't answer, refuses, or has no such pull request
   */
  public Revision fetchPullRequest(long number) throws GitException {
    if (number < 1) {
      throw new GitException("pull requests are counted from 1, not " + number);
    }
    String ref = "refs/pull/" + number + "/head";
    fetch("pull request " + number, ref, false);
    return resolve(ref)
        .orElseThrow(() -> new GitException(where("pull request " + number) + "it has no commit"));
  }

  private void fetch(String what, String ref, boolean prune) throws GitException {
    fetching.lock();
    try (Git git = new Git(repository)) {
      access
          .on(git.fetch())
          .setRemote(remote.url())
          .setRefSpecs(new RefSpec("+" + ref + ":" + ref))
          .setTagOpt(TagOpt.NO_TAGS)
          .setRemoveDeletedRefs(prune)
          .call();
    } catch (GitAPIException | RuntimeException e) {
      throw new GitException(where(what) + reason(e), e);
    } finally {
      fetching.unlock();
    }
  }

  private String where(String what) {
    return "could not fetch " + what + " of " + remote.shown() + ": ";
  }

  /** The innermost message, which names the cause, with the token taken out should it be there. */
  private String reason(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && inner.getCause().getMessage() != null) {
      inner = inner.getCause();
    }
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (inner != failure && !text.contains(String.valueOf(inner.getMessage()))) {
      text = text + " (" + inner.getMessage() + ")";
    }
    return access.hide(text);
  }

  /** The newest commit of the watched branch as of the last fetch; empty before the first. */
  public Optional<Revision> head() throws GitException {
    return resolve(remote.branch().ref());
  }

  private Optional<Revision> resolve(String ref) throws GitException {
    try {
      Ref found = repository.exactRef(ref);
      return found == null || found.getObjectId() == null
          ? Optional.empty()
          : Optional.of(new Revision(found.getObjectId().name()));
    } catch (IOException e) {
      throw new GitException("could not read " + ref + " of the mirror " + folder.path(), e);
    }
  }

  /** Whether the mirror holds this commit. */
  public boolean contains(Revision revision) {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.parseCommit(ObjectId.fromString(revision.sha()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The files of a revision. What didn't change since the snapshot made before this one costs
   * nothing.
   *
   * @throws GitException if the mirror doesn't hold the revision, or it exceeds the limits
   */
  public Snapshot snapshot(Revision revision) throws GitException {
    try (ObjectReader reader = repository.newObjectReader();
        RevWalk walk = new RevWalk(reader)) {
      RevCommit commit = walk.parseCommit(ObjectId.fromString(revision.sha()));
      TreeListing listing = new TreeLister(reader, limits).list(commit.getTree().copy(), newest);
      newest = listing;
      return new GitSnapshot(repository, revision, listing);
    } catch (IOException e) {
      throw new GitException(
          "could not read revision " + revision.abbreviated() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The revisions that the branch went through between two heads: first parents, newest first,
   * without the two; at most {@link #MAX_BETWEEN}. Empty if the mirror no longer holds {@code
   * older}.
   *
   * @throws GitException if the mirror doesn't hold {@code newer}
   */
  public List<Revision> between(Revision older, Revision newer) throws GitException {
    if (older.equals(newer) || !contains(older)) {
      return List.of();
    }
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setFirstParent(true);
      walk.markStart(walk.parseCommit(ObjectId.fromString(newer.sha())));
      walk.markUninteresting(walk.parseCommit(ObjectId.fromString(older.sha())));
      List<Revision> found = new ArrayList<>();
      for (RevCommit commit : walk) {
        if (!commit.name().equals(newer.sha())) {
          found.add(new Revision(commit.name()));
        }
        if (found.size() == MAX_BETWEEN) {
          break;
        }
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new GitException(
          "could not list the revisions before " + newer.abbreviated() + " in the mirror", e);
    }
  }

  /**
   * Where the histories of two revisions parted: their newest common ancestor. Empty if they have
   * none, or if the mirror lacks one of the two.
   *
   * @throws GitException if the mirror can't be read
   */
  public Optional<Revision> mergeBase(Revision one, Revision other) throws GitException {
    if (!contains(one) || !contains(other)) {
      return Optional.empty();
    }
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(ObjectId.fromString(one.sha())));
      walk.markStart(walk.parseCommit(ObjectId.fromString(other.sha())));
      return Optional.ofNullable(walk.next()).map(commit -> new Revision(commit.name()));
    } catch (IOException e) {
      throw new GitException(
          "could not find where "
              + one.abbreviated()
              + " and "
              + other.abbreviated()
              + " parted in the mirror",
          e);
    }
  }

  /**
   * Keeps a revision that was applied, whatever happens to the branch: a reference {@code
   * refs/meshkeel/applied/<mesh>/<cluster>}. Idempotent.
   *
   * @throws GitException if the reference can't be written
   */
  public void pin(MeshName mesh, ClusterName cluster, Revision revision) throws GitException {
    write(pinRef(mesh, cluster), revision);
  }

  /**
   * Remembers the newest accepted revision of a mesh: the target after a restart while the head of
   * the branch is denied. Idempotent.
   *
   * @throws GitException if the reference can't be written
   */
  public void accept(MeshName mesh, Revision revision) throws GitException {
    write(ACCEPTED + mesh, revision);
  }

  /** The newest accepted revision of a mesh; empty if none is known. */
  public Optional<Revision> accepted(MeshName mesh) throws GitException {
    return resolve(ACCEPTED + mesh);
  }

  /**
   * Remembers the head of the branch that was looked at last, so that a start knows what it missed.
   * Idempotent.
   *
   * @throws GitException if the reference can't be written
   */
  public void see(Revision head) throws GitException {
    write(SEEN, head);
  }

  /** The head of the branch that was looked at last; empty if none was. */
  public Optional<Revision> seen() throws GitException {
    return resolve(SEEN);
  }

  private void write(String ref, Revision revision) throws GitException {
    if (resolve(ref).equals(Optional.of(revision))) {
      return;
    }
    try {
      RefUpdate update = repository.updateRef(ref);
      update.setNewObjectId(ObjectId.fromString(revision.sha()));
      update.disableRefLog();
      RefUpdate.Result result = update.forceUpdate();
      switch (result) {
        case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
        default -> throw new GitException("could not write " + ref + ": " + result);
      }
    } catch (IOException e) {
      throw new GitException("could not write " + ref + " of the mirror " + folder.path(), e);
    }
  }

  /** The revision kept for a cluster; empty if there is none. */
  public Optional<Revision> pinned(MeshName mesh, ClusterName cluster) throws GitException {
    return resolve(pinRef(mesh, cluster));
  }

  /** All revisions that are kept for clusters, by mesh and cluster. */
  public List<Pin> pins() throws GitException {
    try {
      List<Pin> pins = new ArrayList<>();
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(PINS)) {
        String[] names = ref.getName().substring(PINS.length()).split("/", -1);
        if (names.length == 2 && ref.getObjectId() != null) {
          pins.add(
              new Pin(
                  new MeshName(names[0]),
                  new ClusterName(names[1]),
                  new Revision(ref.getObjectId().name())));
        }
      }
      return List.copyOf(pins);
    } catch (IOException | IllegalArgumentException e) {
      throw new GitException("could not list " + PINS + " of the mirror " + folder.path(), e);
    }
  }

  /** Forgets the revision kept for a cluster that holds nothing of ours any more. Idempotent. */
  public void unpin(MeshName mesh, ClusterName cluster) throws GitException {
    delete(pinRef(mesh, cluster));
  }

  /** Forgets which revision of a mesh was accepted: the mesh left the repository. Idempotent. */
  public void forgetAccepted(MeshName mesh) throws GitException {
    delete(ACCEPTED + mesh);
  }

  private void delete(String ref) throws GitException {
    try {
      RefUpdate update = repository.updateRef(ref);
      update.setForceUpdate(true);
      RefUpdate.Result result = update.delete();
      switch (result) {
        case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
        default -> throw new GitException("could not delete " + ref + ": " + result);
      }
    } catch (IOException e) {
      throw new GitException("could not delete " + ref + " of the mirror " + folder.path(), e);
    }
  }

  private static String pinRef(MeshName mesh, ClusterName cluster) {
    return PINS + mesh + "/" + cluster;
  }

  /**
   * Repacks the mirror when fetches have left many packs; cheap otherwise. For quiet moments.
   *
   * @throws GitException if repacking fails; the mirror stays usable
   */
  public void tidy() throws GitException {
    if (repository.getObjectDatabase().getPacks().size() <= DEFAULT_MAX_PACKS) {
      return;
    }
    fetching.lock();
    try (Git git = new Git(repository)) {
      git.gc().call();
    } catch (GitAPIException e) {
      throw new GitException("could not repack the mirror " + folder.path(), e);
    } finally {
      fetching.unlock();
    }
  }

  /** Lets go of the folder. Snapshots must not be read afterwards. */
  @Override
  public void close() throws IOException {
    access.close();
    repository.close();
    folder.close();
  }
}
