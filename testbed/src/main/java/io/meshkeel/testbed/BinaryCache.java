package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The folder that keeps what was built or downloaded, by default {@code ~/.cache/meshkeel/testbed}.
 * A binary is one file, {@code <name>-<version>}. Beside it {@code <name>-<version>.from} holds the
 * digest of the build definition it came from: a changed definition makes the binary stale. A
 * binary without that file was put there by hand and is taken.
 *
 * <p>Files get their name by an atomic move only when they are complete.
 */
public final class BinaryCache implements BinarySource {
  private static final Duration LOCK_POLL = Duration.ofMillis(200);
  private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

  private final Path folder;
  private final Progress progress;

  BinaryCache(Path folder, Progress progress) {
    this.folder = folder.toAbsolutePath();
    this.progress = progress;
  }

  static BinaryCache of(Map<String, String> environment, Progress progress) {
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        caches.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache")
            : Path.of(caches);
    return new BinaryCache(base.resolve("meshkeel").resolve("testbed"), progress);
  }

  /** Work that is done while a lock is held. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /** The folder itself; it may not exist yet. */
  public Path folder() {
    return folder;
  }

  @Override
  public Optional<Path> find(ServerBinary binary) throws IOException {
    Path file = file(binary);
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      return Optional.empty();
    }
    try {
      String from = Files.readString(from(binary)).strip();
      return from.equals(digest(binary)) ? Optional.of(file) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.of(file);
    }
  }

  /** Moves a complete executable into its place. Only while its lock is held. */
  Path store(ServerBinary binary, Path made) throws IOException {
    if (!made.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + made + " executable");
    }
    // In this order a crash in between leaves no old binary with a new digest.
    Files.deleteIfExists(file(binary));
    Files.writeString(from(binary), digest(binary) + "\n");
    return Files.move(made, file(binary), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Does work that no other thread and no other process does at the same time under this name; says
   * so while it waits.
   */
  <T> T locked(String name, Work<T> work) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + ".lock");
    ReentrantLock here = IN_THIS_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
    here.lockInterruptibly();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = acquire(channel, name)) {
      if (!lock.isValid()) {
        throw new IOException("the lock " + file + " was lost");
      }
      return work.run();
    } finally {
      here.unlock();
    }
  }

  /** An empty folder for work under a lock; what a killed process left there is removed. */
  Path emptyWorkFolder(String name) throws IOException {
    Path work = folder.resolve("work").resolve(name);
    delete(work);
    return Files.createDirectories(work);
  }

  /** Deletes a folder with all it holds; links are not followed. */
  static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  private FileLock acquire(FileChannel channel, String name)
      throws IOException, InterruptedException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      progress.line("another process is getting " + name + "; waiting for it");
    }
    while (lock == null) {
      Thread.sleep(LOCK_POLL);
      lock = channel.tryLock();
    }
    return lock;
  }

  private Path file(ServerBinary binary) {
    return folder.resolve(binary.fileName());
  }

  private Path from(ServerBinary binary) {
    return folder.resolve(binary.fileName() + ".from");
  }

  private static String digest(ServerBinary binary) {
    return BuildDefinition.of(binary.definition()).digest(binary.filledBuildArguments());
  }
}
