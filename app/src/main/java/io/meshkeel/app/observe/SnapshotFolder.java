package io.meshkeel.app.observe;

import io.meshkeel.app.CommandException;
import io.meshkeel.declaration.InventoryIndex;
import io.meshkeel.declaration.ProxyFile;
import io.meshkeel.declaration.TrafficFile;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that a snapshot is written to: all of it or nothing. It is written beside the folder
 * and then moved to its name, so nobody reads half of it.
 */
final class SnapshotFolder {
  private final Path folder;

  private SnapshotFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws CommandException if there is something else at this place
   */
  static SnapshotFolder check(Path path) throws CommandException {
    Path folder = path.toAbsolutePath().normalize();
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw CommandException.brokenInput(path + " is no folder; name a new one");
      }
      Optional<String> foreign = foreign(folder);
      if (foreign.isPresent()) {
        throw CommandException.brokenInput(
            path
                + " holds '"
                + foreign.get()
                + "', which no snapshot put there; name another folder, or empty it");
      }
    }
    return new SnapshotFolder(folder);
  }

  /** Something in the folder that no snapshot put there. */
  private static Optional<String> foreign(Path folder) throws CommandException {
    try (Stream<Path> entries = Files.list(folder)) {
      Set<String> ours = new HashSet<>();
      Path index = folder.resolve(InventoryIndex.FILE);
      if (Files.isRegularFile(index, LinkOption.NOFOLLOW_LINKS)) {
        InventoryIndex.read(Files.readAllBytes(index))
            .ifPresent(found -> {
              ours.add(InventoryIndex.FILE);
              ours.add(TrafficFile.FILE);
              ours.add(ProxyFile.FILE);
              found.clusters().forEach(entry -> ours.add(entry.cluster().value()));
            });
      }
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !ours.contains(name))
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw CommandException.unable("the folder " + folder + " can't be read: " + e, e);
    }
  }

  /**
   * Writes the files, for the owner's eyes only.
   *
   * @param files text by path from the folder
   * @throws CommandException if they can't be written; what was there before is there still, at the
   *     worst in a folder beside
   */
  void write(Map<String, String> files) throws CommandException {
    Path parent = folder.getParent();
    if (parent == null) {
      throw CommandException.brokenInput("the root of the file system is no place for a snapshot");
    }
    try {
      Files.createDirectories(parent);
      Path beside =
          Files.createTempDirectory(
              parent,
              "." + folder.getFileName() + "-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        Path fresh = Files.createDirectory(beside.resolve("new"));
        for (Map.Entry<String, String> file : files.entrySet()) {
          Path place = fresh.resolve(file.getKey());
          Files.createDirectories(place.getParent());
          Files.writeString(place, file.getValue());
        }
        exchange(fresh, beside.resolve("old"));
      } finally {
        if (Files.exists(folder)) {
          delete(beside);
        }
      }
    } catch (IOException e) {
      throw CommandException.unable("the snapshot can't be written to " + folder + ": " + e, e);
    }
  }

  private void exchange(Path fresh, Path old) throws IOException {
    boolean replaced = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    if (replaced) {
      move(folder, old);
    }
    try {
      move(fresh, folder);
    } catch (IOException e) {
      if (replaced) {
        move(old, folder);
      }
      throw e;
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(folder)) {
      entries = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : entries) {
      Files.deleteIfExists(entry);
    }
  }
}
