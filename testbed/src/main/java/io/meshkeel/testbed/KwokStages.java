package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How kwok plays kubelets: the stages of its own Go module by which a node and a pod are ready at
 * once, and a pod that is to be deleted goes. Kept in the cache of the testbed.
 */
final class KwokStages {
  private static final List<String> FOLDERS = List.of("node/fast", "node/heartbeat", "pod/fast");

  private KwokStages() {}

  /** The file with all stages. */
  static Path file(Binaries binaries) {
    ServerBinary kwok = ServerBinary.KWOK;
    return CachedText.file(
        binaries,
        "kwok-stages-" + kwok.version() + ".yaml",
        "reading kwok's stages from its Go module",
        () -> text(GoModules.folder(kwok.module(), kwok.version()).resolve("kustomize/stage")));
  }

  private static String text(Path stages) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String folder : FOLDERS) {
      List<Path> files;
      try (Stream<Path> list = Files.list(stages.resolve(folder))) {
        files =
            list.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                .filter(file -> !file.getFileName().toString().startsWith("kustomization"))
                .sorted()
                .toList();
      }
      for (Path file : files) {
        all.append("---\n").append(Files.readString(file)).append('\n');
      }
    }
    return all.toString();
  }
}
