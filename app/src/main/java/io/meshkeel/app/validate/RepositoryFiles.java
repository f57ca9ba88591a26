package io.meshkeel.app.validate;

import io.meshkeel.app.CommandException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;

/** Writes changed files into a folder: each at once or not at all, never through a link. */
public final class RepositoryFiles {
  private RepositoryFiles() {}

  /**
   * Writes the files; a folder that one is in is made.
   *
   * @param files by path from the folder, with {@code /}
   * @throws CommandException if one isn't what it was any more, or can't be written; those before
   *     it in the order of the map are written then
   */
  public static void write(Path folder, Map<String, ChangedFile> files) throws CommandException {
    for (var entry : files.entrySet()) {
      try {
        write(folder, entry.getKey(), entry.getValue());
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

  private static void write(Path folder, String path, ChangedFile file) throws IOException {
    Path at = folder;
    for (String name : path.split("/", -1)) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at) || name.equals("..")) {
        throw new IOException("a symbolic link leads there");
      }
    }
    byte[] was = file.was();
    boolean same =
        was == null
            ? !Files.exists(at, LinkOption.NOFOLLOW_LINKS)
            : Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
                && Arrays.equals(Files.readAllBytes(at), was);
    if (!same) {
      throw new IOException("it was changed meanwhile");
    }
    Path parent = at.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path fresh = Files.createTempFile(parent, ".meshkeel-", ".tmp");
    try {
      Files.write(fresh, file.becomes());
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(
            fresh,
            was == null
                ? PosixFilePermissions.fromString("rw-r--r--")
                : Files.getPosixFilePermissions(at));
      }
      Files.move(fresh, at, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
