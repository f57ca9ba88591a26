package io.meshkeel.app.observe;

import io.meshkeel.app.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder that an import is written to. Nothing that is there is ever changed or deleted. */
final class ImportFolder {
  /** Files that are named in a message. */
  private static final int NAMED = 5;

  private final Path folder;

  private ImportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @param force whether it may hold something already
   * @throws CommandException if it may not be written to
   */
  static ImportFolder check(Path path, boolean force) throws CommandException {
    Path folder = path.toAbsolutePath().normalize();
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isDirectory(folder)) {
        throw CommandException.brokenInput(path + " is no folder; name a new one");
      }
      Optional<String> first = first(folder);
      if (first.isPresent() && !force) {
        throw CommandException.brokenInput(
            path
                + " is not empty, it holds '"
                + first.get()
                + "'; name a new folder, or write beside what is there with --force");
      }
    }
    return new ImportFolder(folder);
  }

  private static Optional<String> first(Path folder) throws CommandException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().findFirst();
    } catch (IOException e) {
      throw CommandException.unable("the folder " + folder + " can't be read: " + e, e);
    }
  }

  /**
   * Writes the files that are not there yet.
   *
   * @param files text by path from the folder
   * @throws CommandException if a file is there with another content, before any is written; or if
   *     one can't be written
   */
  void write(Map<String, String> files) throws CommandException {
    Map<Path, String> missing = new TreeMap<>();
    List<String> others = new ArrayList<>();
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path place = folder.resolve(file.getKey()).normalize();
        if (!place.startsWith(folder)) {
          throw new IOException(file.getKey() + " leads out of the folder");
        }
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
          missing.put(place, file.getValue());
        } else if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
            || !Files.readString(place).equals(file.getValue())) {
          others.add(file.getKey());
        }
      }
      if (!others.isEmpty()) {
        others.sort(null);
        throw CommandException.brokenInput(
            folder
                + " holds other content in "
                + String.join(", ", others.subList(0, Math.min(NAMED, others.size())))
                + (others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "")
                + "; nothing is written: move these away, or name another folder");
      }
      for (Map.Entry<Path, String> file : missing.entrySet()) {
        Path parent = Objects.requireNonNull(file.getKey().getParent(), "below the folder");
        Files.createDirectories(parent);
        if (!parent.toRealPath().startsWith(folder.toRealPath())) {
          throw new IOException(parent + " leads out of the folder by a link");
        }
        Files.writeString(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw CommandException.unable("the import can't be written to " + folder + ": " + e, e);
    }
  }
}
