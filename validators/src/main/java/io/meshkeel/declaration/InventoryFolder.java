package io.meshkeel.declaration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the folder of a snapshot. Symbolic links are refused, hidden files and files that are no
 * YAML are left alone. Any thread; blocks.
 */
public final class InventoryFolder {
  /** Folders below one another: 8. */
  private static final int MAX_FOLDERS = 8;

  private final Map<String, byte[]> files = new TreeMap<>();
  private long bytes;

  private InventoryFolder() {}

  /**
   * Reads all files, then what they hold.
   *
   * @throws IOException if it is no folder, a file can't be read, or there is more than {@link
   *     InventoryReader#LIMITS}; the message says which and how to fix it
   */
  public static InventoryReading read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + " is no folder; name the folder of a snapshot");
    }
    InventoryFolder reading = new InventoryFolder();
    reading.folder(folder, "", 0);
    return InventoryReader.read(reading.files);
  }

  private void folder(Path folder, String prefix, int depth) throws IOException {
    List<Path> entries;
    try (Stream<Path> list = Files.list(folder)) {
      entries = list.sorted().toList();
    }
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isSymbolicLink(entry)) {
        throw new IOException(entry + " is a symbolic link; put the file or folder itself there");
      }
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        if (depth == MAX_FOLDERS) {
          throw new IOException(
              entry + " is nested more than " + MAX_FOLDERS + " folders deep; move it up");
        }
        folder(entry, prefix + name + "/", depth + 1);
      } else if (InventoryReader.isYaml(name)) {
        files.put(prefix + name, content(entry));
      }
    }
  }

  private byte[] content(Path file) throws IOException {
    Limits limits = InventoryReader.LIMITS;
    if (files.size() == limits.files()) {
      throw new IOException("there are more than " + limits.files() + " files; split the folder");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no regular file; remove it");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes((int) limits.fileBytes() + 1);
      bytes += content.length;
      if (content.length > limits.fileBytes() || bytes > limits.totalBytes()) {
        throw new IOException(
            "%s: a file may have %,d bytes, all together %,d; split it"
                .formatted(file, limits.fileBytes(), limits.totalBytes()));
      }
      return content;
    }
  }
}
