package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Text that is made once and kept in the cache of the testbed. Its file gets its name when it is
 * complete; two processes never make the same one.
 */
final class CachedText {
  private CachedText() {}

  /** Makes the text. */
  @FunctionalInterface
  interface Source {
    String text() throws IOException, InterruptedException;
  }

  /**
   * The file with the text, made where it is missing.
   *
   * @param name the file's name, with the version of what is in it
   * @param work what making it means, for the one who waits
   * @throws TestbedException if it can't be made
   */
  static Path file(Binaries binaries, String name, String work, Source source) {
    Path file = binaries.cache().folder().resolve(name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    try {
      return binaries.cache().locked(name, () -> make(binaries, file, work, source));
    } catch (IOException e) {
      throw new TestbedException("cannot get " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while getting " + name, e);
    }
  }

  private static Path make(Binaries binaries, Path file, String work, Source source)
      throws IOException, InterruptedException {
    if (Files.isRegularFile(file)) {
      return file; // Another process made it while this one waited.
    }
    binaries.progress().line(work);
    String name = file.getFileName().toString();
    Path folder = binaries.cache().emptyWorkFolder(name);
    Path made = folder.resolve(name);
    Files.writeString(made, source.text());
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    BinaryCache.delete(folder);
    return file;
  }
}
