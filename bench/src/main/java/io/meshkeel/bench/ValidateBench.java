package io.meshkeel.bench;

import io.meshkeel.bench.MeshGenerator.GeneratedFile;
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

  /** It must be faster than istioctl; the aim is twice as fast. */
  private static final double FASTER = 1;

  /** 1.5 s for one file. */
  private static final double MOST_ONE_FILE = 1.5;

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
    compare(found);
    oneFile(found);
  }

  /** Istio objects with the services that they are about, as both tools take them. */
  private void compare(Consumer<Figure> found) {
    Path repository = repository("repository", generator.mixed(scale.validate()));
    Path snapshot = folder.resolve("snapshot");
    List<GeneratedFile> services =
        List.of(new GeneratedFile("one.yaml", generator.services(scale.validate())));
    ApplyBench.write(snapshot, services);
    // istioctl stumbles over kinds that it doesn't know; it gets no Mesh.
    Path plain = folder.resolve("istioctl-input");
    ApplyBench.write(plain, generator.mixed(scale.validate()));
    ApplyBench.write(plain, services);
    List<String> ours = validate(repository);
    ours.addAll(List.of("--snapshot", snapshot.toString()));
    List<String> istioctl =
        List.of(
            binaries.get(ServerBinary.ISTIOCTL).toString(),
            "analyze",
            "--all-namespaces",
            "--use-kube=false",
            plain.toString());
    String objects = scale.validate() + " objects";
    // One of each first, uncounted: the files are in memory then.
    time("warm-ours", ours, objects);
    time("warm-istioctl", istioctl, "");
    double[] mine = new double[PAIRS];
    double[] theirs = new double[PAIRS];
    double[] ratios = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      mine[i] = time("ours-" + i, ours, objects);
      theirs[i] = time("istioctl-" + i, istioctl, "");
      ratios[i] = theirs[i] / mine[i];
    }
    String what = "validate of " + objects + " with their services: ";
    List.of(
            Figure.yardstick(what + "istioctl analyze", median(theirs), "s"),
            Figure.yardstick(what + "meshkeel validate", median(mine), "s"),
            Figure.atLeast(
                what + "times as fast as istioctl analyze, aim 2", median(ratios), "times", FASTER))
        .forEach(found);
  }

  /** What a hook before each commit costs: the start of the JVM and of OPA included. */
  private void oneFile(Consumer<Figure> found) {
    List<String> ours =
        validate(repository("one-file", List.of(generator.virtualService(0, 5, false))));
    time("warm-one", ours, "1 object");
    double[] seconds = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      seconds[i] = time("one-" + i, ours, "1 object");
    }
    found.accept(
        Figure.atMost("validate of a one-file repository", median(seconds), "s", MOST_ONE_FILE));
  }

  private Path repository(String name, List<GeneratedFile> objects) {
    Path repository = folder.resolve(name);
    Path mesh = repository.resolve(BenchMesh.FOLDER);
    ApplyBench.write(mesh, objects);
    ApplyBench.write(
        mesh, List.of(BenchMesh.meshFile("PrimaryRemote"), BenchMesh.clusterFile("one")));
    return repository;
  }

  private List<String> validate(Path repository) {
    List<String> command = new ArrayList<>(Launcher.command());
    command.addAll(
        List.of(
            "validate", repository.toString(), "--opa", binaries.get(ServerBinary.OPA).toString()));
    return command;
  }

  private static double median(double[] values) {
    return new Distribution(values).quantile(0.5);
  }

  /**
   * Seconds of one run.
   *
   * @param objects what ours says it judged
   */
  private double time(String name, List<String> command, String objects) {
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
            : code == 0 && output.contains(objects);
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
