package io.meshkeel.bench;

import io.meshkeel.rig.Launcher;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.ServerBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code validate} against {@code istioctl analyze}, process against process, in turn. */
final class ValidateBench {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int PAIRS = 5;

  private final Path folder;
  private final Binaries binaries;
  private final Scale scale;
  private final MeshGenerator generator;

  ValidateBench(Path folder, Binaries binaries, Scale scale, long seed) {
    this.folder = folder;
    this.binaries = binaries;
    this.scale = scale;
    this.generator = new MeshGenerator(seed, 20);
  }

  void measure(Consumer<Figure> found) {
    Path repository = folder.resolve("repository");
    Path mesh = repository.resolve(BenchMesh.FOLDER);
    ApplyBench.write(mesh, generator.mixed(scale.validate()));
    ApplyBench.write(
        mesh, List.of(BenchMesh.meshFile("PrimaryRemote"), BenchMesh.clusterFile("one")));
    List<String> ours = new ArrayList<>(Launcher.command());
    ours.addAll(
        List.of(
            "validate", repository.toString(), "--opa", binaries.get(ServerBinary.OPA).toString()));
    List<String> istioctl =
        List.of(
            binaries.get(ServerBinary.ISTIOCTL).toString(),
            "analyze",
            "--all-namespaces",
            "--use-kube=false",
            objectsOnly(mesh).toString());
    // One of each first, uncounted: the files are in memory then.
    time("warm-ours", ours);
    time("warm-istioctl", istioctl);
    double[] mine = new double[PAIRS];
    double[] theirs = new double[PAIRS];
    double[] ratios = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      mine[i] = time("ours-" + i, ours);
      theirs[i] = time("istioctl-" + i, istioctl);
      ratios[i] = theirs[i] / mine[i];
    }
    String what = "validate of " + scale.validate() + " objects: ";
    List.of(
            Figure.yardstick(
                what + "istioctl analyze", new Distribution(theirs).quantile(0.5), "s"),
            Figure.yardstick(what + "meshkeel validate", new Distribution(mine).quantile(0.5), "s"),
            Figure.atLeast(
                what + "times as fast as istioctl analyze",
                new Distribution(ratios).quantile(0.5),
                "times",
                1))
        .forEach(found);
  }

  /** istioctl stumbles over kinds that it doesn't know; it gets the Istio objects alone. */
  private Path objectsOnly(Path mesh) {
    Path copy = folder.resolve("istioctl-input");
    ApplyBench.write(copy, generator.mixed(scale.validate()));
    if (!Files.isDirectory(mesh)) {
      throw new IllegalStateException("nothing was generated in " + mesh);
    }
    return copy;
  }

  private double time(String name, List<String> command) {
    Path log = folder.resolve(name + ".log");
    long start = System.nanoTime();
    int code = Commands.run(log, LIMIT, command);
    double seconds = (System.nanoTime() - start) / 1e9;
    String output = read(log);
    // Findings are no failure of either (istioctl ends with 79 then); not having judged would be.
    boolean judged =
        name.contains("istioctl")
            ? (code == 0 || code == 79)
                && (output.contains("IST0") || output.contains("No validation issues found"))
            : code == 0 && output.contains(scale.validate() + " objects");
    if (!judged) {
      throw new IllegalStateException(
          command.getFirst() + " ended with " + code + " and did not judge: " + output);
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
