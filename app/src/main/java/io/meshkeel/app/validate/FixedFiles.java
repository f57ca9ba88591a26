package io.meshkeel.app.validate;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.validate.Fixing.ChangedFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;

/** Writes changed files into a folder: each at once or not at all, never through a link. */
final class FixedFiles {
  private FixedFiles() {}

  /**
   * Replaces the files.
   *
   * @param files what they were read as and become, by path from the folder
   * @throws CommandException if one isn't what it was any more, or can't be written; those before
   *     it in the order of their paths are written then
   */
  static void write(Path folder, Map<String, ChangedFile> files) throws CommandException {
    for (var entry : files.entrySet()) {
      try {
        replace(folder, entry.getKey(), entry.getValue());
      } catch (IOException e) {
        throw CommandException.unable(
            entry.getKey()
                + " can't be written: "
                + e.getMessage()
                + ". Fix: see that nobody else changes the folder, and that it may be written to;"
                + " then run it again",
            e);
      }
    }
  }

  private static void replace(Path folder, String path, ChangedFile file) throws IOException {
    Path at = folder;
    for (String name : path.split("/", -1)) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at) || name.equals("..")) {
        throw new IOException("a symbolic link leads there");
      }
    }
    if (!Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
        || !Arrays.equals(Files.readAllBytes(at), file.was())) {
      throw new IOException("it was changed meanwhile");
    }
    Path parent = at.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(parent, ".meshkeel-", ".tmp");
    try {
      Files.write(fresh, file.becomes());
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(at));
      }
      Files.move(fresh, at, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
