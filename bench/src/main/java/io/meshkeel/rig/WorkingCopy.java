package io.meshkeel.rig;

import io.meshkeel.model.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** A clone that plays the people who change declarations. Not thread-safe; all methods block. */
public final class WorkingCopy implements AutoCloseable {
  private static final PersonIdent AUTHOR = new PersonIdent("Mesh team", "mesh-team@example.com");

  private final Git git;
  private final Path folder;
  private final UsernamePasswordCredentialsProvider credentials;

  private WorkingCopy(Git git, Path folder, UsernamePasswordCredentialsProvider credentials) {
    this.git = git;
    this.folder = folder;
    this.credentials = credentials;
  }

  /** An empty repository on branch {@code main} whose remote is {@code url}. */
  public static WorkingCopy init(Path folder, URI url, String user, String token) {
    try {
      Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
      git.remoteAdd()
          .setName("origin")
          .setUri(new org.eclipse.jgit.transport.URIish(url.toString()))
          .call();
      return new WorkingCopy(git, folder, new UsernamePasswordCredentialsProvider(user, token));
    } catch (GitAPIException | java.net.URISyntaxException e) {
      throw new IllegalStateException("can't make a repository in " + folder, e);
    }
  }

  /** The folder of the files. */
  public Path folder() {
    return folder;
  }

  /** Copies all files below {@code source} into the working copy. */
  public void copyFrom(Path source) {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file. */
  public String read(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file, folders included. */
  public void write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Replaces text in a file.
   *
   * @throws IllegalArgumentException if the file doesn't hold {@code old}
   */
  public void replace(String path, String old, String fresh) {
    String text = read(path);
    if (!text.contains(old)) {
      throw new IllegalArgumentException(path + " doesn't hold: " + old);
    }
    write(path, text.replace(old, fresh));
  }

  /** Deletes a file. */
  public void delete(String path) {
    try {
      Files.delete(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all files below. */
  public void deleteFolder(String path) {
    try (Stream<Path> all = Files.walk(folder.resolve(path))) {
      for (Path one : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Switches to a new branch at the present commit. */
  public void branch(String name) {
    try {
      git.checkout().setCreateBranch(true).setName(name).call();
    } catch (GitAPIException e) {
      throw new IllegalStateException("can't make branch " + name, e);
    }
  }

  /** Switches to a branch that exists. */
  public void checkout(String name) {
    try {
      git.checkout().setName(name).call();
    } catch (GitAPIException e) {
      throw new IllegalStateException("can't check out " + name, e);
    }
  }

  /** Commits everything that changed, deletions included. */
  public Revision commit(String message) {
    return commit(message, ".");
  }

  /** Commits what changed at or below a path, deletions included; looks at nothing else. */
  public Revision commit(String message, String path) {
    try {
      git.add().addFilepattern(path).setAll(true).call();
      return new Revision(
          git.commit()
              .setMessage(message)
              .setAuthor(AUTHOR)
              .setCommitter(AUTHOR)
              .setSign(false)
              .call()
              .name());
    } catch (GitAPIException e) {
      throw new IllegalStateException("can't commit: " + message, e);
    }
  }

  /**
   * Pushes the present branch.
   *
   * @throws IllegalStateException if the remote doesn't take it
   */
  public void push() {
    try {
      String branch = git.getRepository().getBranch();
      Iterable<PushResult> results =
          git.push()
              .setRemote("origin")
              .setRefSpecs(new RefSpec("refs/heads/" + branch + ":refs/heads/" + branch))
              .setCredentialsProvider(credentials)
              .setTimeout(60)
              .call();
      for (PushResult result : results) {
        Optional<RemoteRefUpdate> refused =
            result.getRemoteUpdates().stream()
                .filter(update ->
                    update.getStatus() != RemoteRefUpdate.Status.OK
                        && update.getStatus() != RemoteRefUpdate.Status.UP_TO_DATE)
                .findAny();
        if (refused.isPresent()) {
          throw new IllegalStateException("push refused: " + refused.get());
        }
      }
    } catch (GitAPIException | IOException e) {
      throw new IllegalStateException("can't push", e);
    }
  }

  /** Commits and pushes. */
  public Revision publish(String message) {
    Revision revision = commit(message);
    push();
    return revision;
  }

  @Override
  public void close() {
    git.close();
  }
}
