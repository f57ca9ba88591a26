package io.meshkeel.bench;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.Before;
import io.meshkeel.policy.Judge;
import io.meshkeel.policy.JudgeOptions;
import io.meshkeel.policy.PolicyException;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.ServerBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Verdicts by the judge of the service, with what two clusters hold: one has the declared objects,
 * the other the services with their workloads and pods. The yardstick of a change is a verdict by a
 * judge that has seen nothing.
 */
final class JudgeBench {
  private static final int NAMESPACES = 20;
  private static final int FULL_ROUNDS = 2;
  private static final ClusterName ONE = new ClusterName("one");
  private static final ClusterName TWO = new ClusterName("two");

  private final Path opa;
  private final Scale scale;
  private final MeshGenerator generator;

  JudgeBench(Binaries binaries, Scale scale, long seed) throws IOException {
    this.opa = binaries.get(ServerBinary.OPA);
    this.scale = scale;
    this.generator = new MeshGenerator(seed, NAMESPACES);
  }

  /** A mesh of some size, and what its clusters hold. */
  private final class World {
    private final MemorySnapshot files = new MemorySnapshot();
    private final DeclarationReader reader = new DeclarationReader();
    private final Evidence evidence;
    private Snapshot snapshot;

    World(int objects) {
      files.write(BenchMesh.meshFile("PrimaryRemote"));
      files.write(BenchMesh.clusterFile("one"));
      files.write(BenchMesh.dataPlaneFile("two"));
      generator.mixed(objects).forEach(files::write);
      snapshot = files.take();
      Set<GroupKind> known = new HashSet<>(ObservedKinds.ISTIO);
      known.addAll(ObservedKinds.WORKLOADS);
      known.addAll(Set.of(ObservedKinds.POD, ObservedKinds.SERVICE, ObservedKinds.NAMESPACE));
      List<Manifest> declared = mesh().objects().stream().map(object -> object.manifest()).toList();
      List<Manifest> running = new ArrayList<>();
      WorkloadObjects workloads = new WorkloadObjects(generator);
      for (int i = 0; i < NAMESPACES; i++) {
        running.add(manifest(workloads.namespace(i)));
      }
      for (int i = 0; i < objects / 2; i++) {
        for (String version : List.of("v1", "v2")) {
          workloads.of(i, version).forEach(text -> running.add(manifest(text)));
        }
      }
      evidence =
          new Evidence(
              new Inventory(
                  Map.of(
                      ONE, ClusterInventory.of(ONE, known, declared),
                      TWO, ClusterInventory.of(TWO, known, running))),
              Optional.empty(),
              true);
    }

    void change(int round, int objects) {
      int service = (round * 37) % (objects / 10) * 5;
      files.write(generator.virtualService(service, 20 + round, service % 5 != 4));
      snapshot = files.take();
    }

    MeshDeclarations mesh() {
      MeshDeclarations mesh = reader.read(snapshot).meshes().get(new MeshName("bench"));
      if (mesh == null) {
        throw new IllegalStateException("the generated mesh can't be read");
      }
      return mesh;
    }

    /** The time from the listed revision to the verdict, in milliseconds. */
    double judge(Judge judge) {
      long start = System.nanoTime();
      Verdict verdict = judge.judge(mesh(), snapshot, Before.NOTHING, evidence);
      double millis = (System.nanoTime() - start) / 1e6;
      if (verdict.outcome() != Verdict.Outcome.ACCEPTED) {
        throw new IllegalStateException(
            "the generated mesh is "
                + verdict.outcome()
                + ": "
                + verdict.failure()
                + verdict.findings().stream().limit(3).toList());
      }
      return millis;
    }
  }

  private static Manifest manifest(String yaml) {
    return Manifest.of(
        PositionedYaml.read("bench.yaml", yaml.getBytes(StandardCharsets.UTF_8)).root());
  }

  void measure(Consumer<Figure> figures) throws IOException {
    int many = scale.many();
    World world = new World(many);
    double full = full(world);
    double[] changes = new double[scale.rounds()];
    double memory;
    try (Judge judge = start()) {
      world.judge(judge);
      for (int round = 0; round < changes.length; round++) {
        world.change(round, many);
        changes[round] = world.judge(judge);
      }
      memory = opaMemory();
    }
    String what = "verdict of one changed file among " + many + ", ";
    figures.accept(Figure.yardstick("verdict of all " + many + " by a new judge", full, "ms"));
    figures.accept(
        Figure.yardstick(what + "median", new Distribution(changes).quantile(0.5), "ms"));
    figures.accept(
        Figure.atMost(what + "p95", new Distribution(changes).quantile(0.95), "ms", 100));
    figures.accept(Figure.atMost("peak memory of OPA at " + many + " objects", memory, "MiB", 300));
    figures.accept(
        Figure.atMost(
            "all rules on " + 3 * many + " objects over " + many,
            full(new World(3 * many)) / full,
            "times",
            4));
  }

  /** The better of two: what else the machine does only adds to it. */
  private double full(World world) throws IOException {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < FULL_ROUNDS; round++) {
      try (Judge judge = start()) {
        best = Math.min(best, world.judge(judge));
      }
    }
    return best;
  }

  private Judge start() throws IOException {
    try {
      return Judge.start(JudgeOptions.of(opa));
    } catch (PolicyException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private double opaMemory() {
    String name = String.valueOf(opa.getFileName());
    return ProcessHandle.current()
        .descendants()
        .filter(child ->
            child
                .info()
                .command()
                .map(Path::of)
                .map(Path::getFileName)
                .map(file -> file.toString().equals(name))
                .orElse(false))
        .mapToDouble(child -> ProcessMemory.peakMiB(child.pid()))
        .max()
        .orElseThrow(() -> new UncheckedIOException(new IOException("no OPA runs")));
  }
}
