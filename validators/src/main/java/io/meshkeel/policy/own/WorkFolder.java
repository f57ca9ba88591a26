package io.meshkeel.policy.own;

import io.meshkeel.policy.PolicyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for files that OPA's commands read; gone when it is closed. */
final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
  private final Path path;

  private WorkFolder(Path path) {
    this.path = path;
  }

  static WorkFolder create() throws PolicyException {
    try {
      return new WorkFolder(Files.createTempDirectory("meshkeel-policies-"));
    } catch (IOException e) {
      throw new PolicyException(
          "no folder for temporary files could be made: " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  /** Writes files below a folder of it. */
  void write(String below, Map<String, String> files) throws PolicyException {
    try {
      write(path, below, files);
    } catch (IOException e) {
      throw new PolicyException("policies could not be written: " + e.getMessage(), e);
    }
  }

  /**
   * Writes files below a folder.
   *
   * @throws IOException if one can't be written, or its path leaves the folder
   */
  static void write(Path root, String below, Map<String, String> files) throws IOException {
    Path folder = Files.createDirectories(root.resolve(below));
    for (var file : files.entrySet()) {
      Path target = folder.resolve(file.getKey()).normalize();
      if (!target.startsWith(folder)) {
        throw new IOException("the path " + file.getKey() + " leaves its folder");
      }
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  @Override
  public void close() {
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} could not be removed: {}", path, e.getMessage());
    }
  }
}
