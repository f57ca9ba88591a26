package io.meshkeel.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one mirror, owned by one process at a time. A process that was killed can leave
 * Git's lock files behind, which would block every later update: the next owner removes them.
 */
final class MirrorFolder implements AutoCloseable {
  private static final String OWNER_FILE = "meshkeel.owner";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private MirrorFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /** Another URL is another folder: references of two repositories never mix. */
  static MirrorFolder own(Path dataDirectory, String url) throws GitException {
    Path path = dataDirectory.resolve("mirror").resolve(digest(url) + ".git");
    FileChannel channel = null;
    try {
      Files.createDirectories(path);
      channel =
          FileChannel.open(
              path.resolve(OWNER_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new GitException(
            "the mirror "
                + path
                + " is in use by another process: give each service a data directory of its own");
      }
      removeLeftLocks(path);
      return new MirrorFolder(path, channel, lock);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new GitException(
          "could not use the mirror's folder " + path + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, IOException first) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        first.addSuppressed(e);
      }
    }
  }

  private static void removeLeftLocks(Path path) throws IOException {
    List<Path> left;
    try (Stream<Path> all = Files.walk(path)) {
      left = all.filter(f -> f.getFileName().toString().endsWith(".lock")).toList();
    }
    for (Path file : left) {
      Files.deleteIfExists(file);
    }
  }

  private static String digest(String url) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
