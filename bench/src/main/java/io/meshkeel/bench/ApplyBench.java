package io.meshkeel.bench;

import static io.meshkeel.rig.IstioKinds.VIRTUAL_SERVICES;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshkeel.bench.MeshGenerator.GeneratedFile;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Launcher;
import io.meshkeel.rig.Rig;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.rig.ServiceProcess;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.ServerBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * First apply of many VirtualServices. The yardsticks run on the same API server before the service
 * does, and what they wrote is deleted in between.
 */
final class ApplyBench {
  private static final int IN_FLIGHT = 64;
  private static final int NAMESPACES = 20;
  private static final int ROUNDS = 3;

  private static final double SHARE_OF_BARE = 0.7;

  /** Where the API server could be that fast at all: nobody beats bare patches. */
  private static final double TIMES_KUBECTL = 5;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path folder;
  private final Binaries binaries;
  private final Scale scale;
  private final MeshGenerator generator;

  ApplyBench(Path folder, Binaries binaries, Scale scale, long seed) {
    this.folder = folder;
    this.binaries = binaries;
    this.scale = scale;
    this.generator = new MeshGenerator(seed, NAMESPACES);
  }

  void measure(Consumer<Figure> found) {
    List<GeneratedFile> files = generator.virtualServices(0, scale.firstApply());
    try (Rig rig = new Rig(folder, binaries)) {
      KubeApiServer server = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
      for (int i = 0; i < NAMESPACES; i++) {
        server.ensureNamespace(generator.namespace(i));
      }
      // The first writes after a server's start are slower for whoever makes them.
      patchAll(server, files.subList(0, files.size() / 5));
      deleteAll(server);
      double kubectl = median(server, () -> kubectl(server, files));
      double bare = median(server, () -> patchAll(server, files));
      Service ours = service(rig, server, files);
      int count = files.size();
      List.of(
              Figure.yardstick(
                  "first apply: kubectl apply --server-side", count / kubectl, "objects/s"),
              Figure.yardstick(
                  "first apply: bare patches, 64 in flight", count / bare, "objects/s"),
              Figure.yardstick(
                  "first apply: Meshkeel just started, from push to last object",
                  count / ours.fresh(),
                  "objects/s"),
              Figure.yardstick(
                  "first apply: Meshkeel, from push to last object",
                  count / ours.running(),
                  "objects/s"),
              Figure.atLeast(
                  "first apply: times as fast as kubectl",
                  kubectl / ours.running(),
                  "times",
                  Math.min(TIMES_KUBECTL, SHARE_OF_BARE * kubectl / bare)),
              Figure.atLeast(
                  "first apply: share of the bare patches' rate",
                  bare / ours.running(),
                  "share",
                  SHARE_OF_BARE))
          .forEach(found);
    }
  }

  private static double median(KubeApiServer server, DoubleSupplier measure) {
    double[] seconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      seconds[round] = measure.getAsDouble();
      deleteAll(server);
    }
    return new Distribution(seconds).quantile(0.5);
  }

  private double kubectl(KubeApiServer server, List<GeneratedFile> files) {
    Path input = folder.resolve("kubectl-input");
    write(input, files);
    Path kubectl = binaries.get(ServerBinary.KUBECTL);
    long start = System.nanoTime();
    Commands.succeed(
        folder.resolve("kubectl.log"),
        LIMIT,
        List.of(
            kubectl.toString(),
            "--kubeconfig",
            server.adminKubeconfigFile().toString(),
            "apply",
            "--server-side",
            "--recursive",
            "-f",
            input.toString()));
    return secondsSince(start);
  }

  private static double patchAll(KubeApiServer server, List<GeneratedFile> files) {
    KubernetesClient client = server.admin();
    List<GenericKubernetesResource> objects =
        files.stream()
            .map(file -> Serialization.unmarshal(file.text(), GenericKubernetesResource.class))
            .toList();
    PatchContext apply =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("bench")
            .withForce(true)
            .build();
    try (ObjectWatch watch = new ObjectWatch(client);
        ExecutorService pool = Executors.newFixedThreadPool(IN_FLIGHT)) {
      long start = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (GenericKubernetesResource object : objects) {
        all.add(
            pool.submit(() ->
                client
                    .genericKubernetesResources(VIRTUAL_SERVICES)
                    .inNamespace(object.getMetadata().getNamespace())
                    .resource(object)
                    .patch(apply, object)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return (watch.awaitSize(files.size(), LIMIT) - start) / 1e9;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a bare patch failed", e);
    }
  }

  private static void deleteAll(KubeApiServer server) {
    for (int i = 0; i < NAMESPACES; i++) {
      server.admin().genericKubernetesResources(VIRTUAL_SERVICES).inNamespace("team-" + i).delete();
    }
  }

  /**
   * Seconds from push to last object.
   *
   * @param fresh of a service that has just started: its JVM has compiled nothing yet
   * @param running of the same service a little later, with objects it has never seen: the median
   *     of some rounds
   */
  private record Service(double fresh, double running) {}

  private Service service(Rig rig, KubeApiServer server, List<GeneratedFile> files) {
    Repository repository = rig.newRepository("first-apply");
    BenchMesh.mesh(repository.files(), "PrimaryRemote");
    BenchMesh.cluster(repository.files(), "one");
    Revision empty = repository.files().publish("Declare the mesh");
    ServiceProcess service = rig.startService(repository, Launcher.command());
    Waiting.synced(rig, repository, empty, LIMIT);
    double fresh = push(rig, server, repository, more(1, files.size()));
    double[] running = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      repository.files().deleteFolder(BenchMesh.FOLDER + "traffic");
      Waiting.synced(rig, repository, repository.files().publish("Remove the routes"), LIMIT);
      running[round] = push(rig, server, repository, more(round + 2, files.size()));
    }
    // Where the time went, stage by stage.
    write(folder, List.of(new GeneratedFile("metrics.txt", service.get("/metrics"))));
    return new Service(fresh, new Distribution(running).quantile(0.5));
  }

  /** As many VirtualServices again, of other services. */
  private List<GeneratedFile> more(int round, int count) {
    return generator.virtualServices(round * count, count);
  }

  private static double push(
      Rig rig, KubeApiServer server, Repository repository, List<GeneratedFile> files) {
    BenchMesh.objects(repository.files(), files);
    Revision revision = repository.files().commit("Declare the routes");
    try (ObjectWatch watch = new ObjectWatch(server.admin())) {
      repository.files().push();
      long pushed = System.nanoTime();
      long last = watch.awaitSize(files.size(), LIMIT);
      Waiting.synced(rig, repository, revision, LIMIT);
      return (last - pushed) / 1e9;
    }
  }

  static void write(Path folder, List<GeneratedFile> files) {
    try {
      for (GeneratedFile file : files) {
        Path path = folder.resolve(file.path());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
