package io.meshkeel.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a demo: emptied before it starts, but only if an earlier demo made it. */
final class DemoFolder {
  /** Marks a folder as one that a demo made and may empty. */
  static final String MARK = ".meshkeel-demo";

  private DemoFolder() {}

  /**
   * An empty folder.
   *
   * @throws IllegalStateException if there is one with other content
   */
  static Path prepare(Path dir) throws IOException {
    Path folder = dir.toAbsolutePath().normalize();
    if (Files.exists(folder)) {
      if (!Files.exists(folder.resolve(MARK)) && !isEmpty(folder)) {
        throw new IllegalStateException(
            folder + " holds other files; name an empty folder with --dir");
      }
      clear(folder);
    }
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(MARK));
    return folder;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  private static void clear(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> content = Files.walk(folder)) {
      deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
