package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gitea's templates and options. A published binary holds them; one built from the Go module needs
 * them as a folder, copied from the module into the cache as {@code gitea-<version>-static}.
 */
final class GiteaStatic {
  private static final List<String> FOLDERS = List.of("templates", "options", "public");

  private GiteaStatic() {}

  /** The folder this binary needs, or empty where it needs none. */
  static Optional<Path> root(Binaries binaries, Path binary) {
    try {
      String version =
          Command.run(
                  List.of(binary.toString(), "--version"),
                  Path.of("/"),
                  Map.of("GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT", "true"),
                  Duration.ofSeconds(30))
              .output();
      return version.contains("bindata") ? Optional.empty() : Optional.of(cached(binaries));
    } catch (IOException e) {
      throw new TestbedException("cannot get Gitea's templates: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while getting Gitea's templates", e);
    }
  }

  /** The folder in the cache if it was filled already. */
  static Optional<Path> present(Binaries binaries) {
    Path folder = folder(binaries);
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }

  private static Path folder(Binaries binaries) {
    return binaries.cache().folder().resolve(ServerBinary.GITEA.fileName() + "-static");
  }

  /** The folder in the cache, filled on first use. */
  static Path cached(Binaries binaries) throws IOException, InterruptedException {
    ServerBinary gitea = ServerBinary.GITEA;
    String name = gitea.fileName() + "-static";
    Path target = folder(binaries);
    if (Files.isDirectory(target)) {
      return target;
    }
    return binaries
        .cache()
        .locked(
            name,
            () -> {
              if (!Files.isDirectory(target)) {
                binaries.progress().line("copying Gitea's templates from its Go module");
                Path module = GoModules.folder(gitea.module(), gitea.version());
                Path made = binaries.cache().emptyWorkFolder(name);
                for (String folder : FOLDERS) {
                  copy(module.resolve(folder), made.resolve(folder));
                }
                Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
              }
              return target;
            });
  }

  /** Copies files without their rights: those of the module cache are read-only. */
  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path path : all) {
      Path copied = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(copied);
      } else {
        Files.write(copied, Files.readAllBytes(path));
      }
    }
  }
}
