package io.meshkeel.bench;

import io.meshkeel.bench.MeshGenerator.GeneratedFile;
import io.meshkeel.rig.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code import} of a mesh with many objects from a snapshot's folder, start of the process, proof
 * by a plan and writing of all files included.
 */
final class ImportBench {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int ROUNDS = 3;

  /** Objects of one file of the snapshot. */
  private static final int OBJECTS = 1_000;

  /** Most seconds that it may take at full size. */
  private static final double BOUND = 15;

  private static final String ISTIOD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: istiod, namespace: istio-system, labels: {app: istiod}}
      spec:
        template: {spec: {containers: [{name: discovery, image: "istio/pilot:1.31.1"}]}}
      """;

  private final Path folder;
  private final Scale scale;
  private final MeshGenerator generator;

  ImportBench(Path folder, Scale scale, long seed) {
    this.folder = folder;
    this.scale = scale;
    this.generator = new MeshGenerator(seed, 20);
  }

  void measure(Consumer<Figure> found) throws IOException {
    Path snapshot = folder.resolve("snapshot");
    Files.createDirectories(snapshot.resolve("one"));
    Files.writeString(snapshot.resolve("one/istiod.yaml"), ISTIOD);
    List<String> objects = generator.mixed(scale.many()).stream().map(GeneratedFile::text).toList();
    for (int from = 0; from < objects.size(); from += OBJECTS) {
      Files.writeString(
          snapshot.resolve("one/objects-" + from / OBJECTS + ".yaml"),
          String.join("---\n", objects.subList(from, Math.min(objects.size(), from + OBJECTS))));
    }
    double[] seconds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      seconds[i] = time(snapshot, i);
    }
    found.accept(
        Figure.atMost(
            "import of " + scale.many() + " objects from a snapshot",
            new Distribution(seconds).quantile(0.5),
            "s",
            BOUND));
  }

  private double time(Path snapshot, int round) {
    List<String> command = new ArrayList<>(Launcher.command());
    command.addAll(
        List.of(
            "import",
            "--mesh",
            "bench",
            "--snapshot",
            snapshot.toString(),
            "--out",
            folder.resolve("imported-" + round).toString()));
    Path log = folder.resolve("import-" + round + ".log");
    long start = System.nanoTime();
    int code = Commands.run(log, LIMIT, command);
    double seconds = (System.nanoTime() - start) / 1e9;
    String said = read(log);
    if (code != 0 || !said.contains("takes over %,d objects".formatted(scale.many()))) {
      throw new IllegalStateException("import ended with " + code + " and said: " + said);
    }
    return seconds;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
