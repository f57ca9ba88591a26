package io.meshkeel.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one OPA process, below the folder for temporary files: {@code content} (what OPA
 * loads), {@code opa.log}, {@code pid}, and {@code owner}, a file that the JVM keeps locked while
 * it lives. The operating system takes the lock away however the JVM ends, so a folder whose lock
 * can be had belonged to a JVM that was killed.
 */
final class OpaFolder implements AutoCloseable {
  private static final String PREFIX = "meshkeel-opa-";

  /** Longest {@code pid} file that is believed, in bytes. */
  private static final long MAX_PID_BYTES = 20;

  /**
   * The folders of this JVM. Their locks must not be tried: closing any channel of a file may give
   * up all locks that the process has on it.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private static final Logger LOG = LoggerFactory.getLogger(OpaFolder.class);

  private final Path folder;
  private final FileChannel owner;

  private OpaFolder(Path folder, FileChannel owner) {
    this.folder = folder;
    this.owner = owner;
  }

  /**
   * Makes a folder that only this user can read, with an empty {@code content}; before that, what
   * killed JVMs of this user left behind is cleared away.
   */
  static OpaFolder create() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toRealPath();
    Path folder = Files.createTempDirectory(temporary, PREFIX);
    OWN.add(folder);
    try {
      // Locked before it has the name that others look for.
      Path unlocked = folder.resolve("owner.new");
      FileChannel owner =
          FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (owner.tryLock() == null) {
        throw new IOException(unlocked + " can't be locked");
      }
      Files.move(unlocked, folder.resolve("owner"));
      Files.createDirectory(folder.resolve("content"));
      sweep(temporary, Files.getOwner(folder));
      return new OpaFolder(folder, owner);
    } catch (IOException e) {
      OWN.remove(folder);
      throw e;
    }
  }

  Path content() {
    return folder.resolve("content");
  }

  Path log() {
    return folder.resolve("opa.log");
  }

  /** Remembers which process runs here, for whoever finds it without its owner. */
  void record(long pid) throws IOException {
    Files.writeString(folder.resolve("pid"), Long.toString(pid));
  }

  /** Removes the folder. Idempotent. */
  @Override
  public void close() {
    if (!OWN.contains(folder)) {
      return;
    }
    delete(folder);
    try {
      owner.close();
    } catch (IOException e) {
      LOG.debug("the lock of {} was not given up well", folder, e);
    }
    OWN.remove(folder);
  }

  /**
   * Ends the OPA processes whose JVM was killed, and removes their folders. A process is ended only
   * if its command line names the folder's content; folders of other users are left alone, since
   * what stands in them can't be believed. What can't be done is logged and left.
   */
  private static void sweep(Path temporary, UserPrincipal user) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!OWN.contains(folder)
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)) {
          sweep(folder);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} could not be looked through for OPA processes left behind", temporary, e);
    }
  }

  private static void sweep(Path folder) throws IOException {
    Path owned = folder.resolve("owner");
    if (!Files.isRegularFile(owned, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel owner = FileChannel.open(owned, StandardOpenOption.WRITE);
        FileLock lock = owner.tryLock()) {
      if (lock != null) {
        orphan(folder)
            .ifPresent(opa -> {
              LOG.info("ending OPA (process {}), whose service was killed", opa.pid());
              opa.destroyForcibly();
            });
        delete(folder);
      }
    }
  }

  private static Optional<ProcessHandle> orphan(Path folder) throws IOException {
    Path pid = folder.resolve("pid");
    if (!Files.isRegularFile(pid, LinkOption.NOFOLLOW_LINKS) || Files.size(pid) > MAX_PID_BYTES) {
      return Optional.empty();
    }
    String content = folder.resolve("content").toString();
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .filter(process ->
              process
                  .info()
                  .arguments()
                  .map(arguments -> Arrays.asList(arguments).contains(content))
                  .orElse(false));
    } catch (NumberFormatException e) {
      LOG.debug("{} holds no process id", pid, e);
      return Optional.empty();
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} could not be removed: {}", folder, e.getMessage());
    }
  }
}
