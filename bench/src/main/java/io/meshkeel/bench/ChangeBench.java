package io.meshkeel.bench;

import static io.meshkeel.rig.IstioKinds.VIRTUAL_SERVICES;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.bench.MeshGenerator.GeneratedFile;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Eventually;
import io.meshkeel.rig.Launcher;
import io.meshkeel.rig.Rig;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.rig.ServiceProcess;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.KubeApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What one change costs among few and among many objects; drift; memory. */
final class ChangeBench {
  private static final int NAMESPACES = 20;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration ONE = Duration.ofSeconds(60);

  private final Path folder;
  private final Binaries binaries;
  private final Scale scale;
  private final MeshGenerator generator;

  ChangeBench(Path folder, Binaries binaries, Scale scale, long seed) {
    this.folder = folder;
    this.binaries = binaries;
    this.scale = scale;
    this.generator = new MeshGenerator(seed, NAMESPACES);
  }

  void measure(Consumer<Figure> figures) {
    try (Rig rig = new Rig(folder, binaries)) {
      KubeApiServer first = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
      KubeApiServer second = rig.startCluster("two", ClusterRole.CONTROL_PLANE);
      KubeApiServer third = rig.startCluster("three", ClusterRole.CONTROL_PLANE);
      Repository repository = rig.newRepository("changes");
      BenchMesh.mesh(repository.files(), "MultiPrimary");
      BenchMesh.cluster(repository.files(), "one");
      BenchMesh.objects(repository.files(), generator.mixed(scale.few()));
      Revision few = repository.files().publish("Declare few objects");
      ServiceProcess service = rig.startService(repository, Launcher.command());
      Waiting.synced(rig, repository, few, LIMIT);
      try (ObjectWatch watch = new ObjectWatch(first.admin())) {
        Distribution atFew = changes(rig, repository, first, watch, scale.few(), figures);
        BenchMesh.objects(repository.files(), generator.mixed(scale.many()));
        Revision many = repository.files().publish("Declare many objects");
        Waiting.synced(rig, repository, many, LIMIT);
        Distribution atMany = changes(rig, repository, first, watch, scale.many(), figures);
        figures.accept(
            Figure.atMost(
                "one change: " + scale.many() + " objects over " + scale.few() + ", medians",
                atMany.quantile(0.5) / atFew.quantile(0.5),
                "times",
                1.5));
        nothing(rig, repository, first, figures);
        drift(rig, repository, first, watch, figures);
      }
      // Where the time went, stage by stage.
      ApplyBench.write(folder, List.of(new GeneratedFile("metrics.txt", service.get("/metrics"))));
      memory(rig, repository, service, List.of(second, third), figures);
    }
  }

  private Distribution changes(
      Rig rig,
      Repository repository,
      KubeApiServer server,
      ObjectWatch watch,
      int objects,
      Consumer<Figure> figures) {
    double[] fromPush = new double[scale.rounds()];
    double[] fromStart = new double[scale.rounds()];
    StringBuilder rounds = new StringBuilder("pushed\tapplied\tstart\n");
    long objectWrites = 0;
    long parentWrites = 0;
    for (int round = 0; round < scale.rounds(); round++) {
      int service = (round * 37) % (objects / 10) * 5;
      // No generated timeout is this long, so each round is a change.
      int timeout = 20 + round % 2 + (objects == scale.many() ? 10 : 0) + 2 * round;
      GeneratedFile changed = generator.virtualService(service, timeout, service % 5 != 4);
      repository.files().write(BenchMesh.FOLDER + changed.path(), changed.text());
      Revision revision =
          repository.files().commit("Turn a timeout", BenchMesh.FOLDER + changed.path());
      RequestCounts before = RequestCounts.of(server.admin());
      Instant began = Instant.now();
      long start = System.nanoTime();
      repository.files().push();
      long pushed = System.nanoTime();
      long applied =
          watch.await(
              generator.namespace(service) + "/svc-" + service,
              ONE,
              object -> (timeout + "s").equals(object.<Object>get("spec", "http", 0, "timeout")));
      fromStart[round] = (applied - start) / 1e6;
      rounds.append(
          "%.0f\t%.0f\t%s%n".formatted((pushed - start) / 1e6, (applied - start) / 1e6, began));
      fromPush[round] = Math.max(0, (applied - pushed) / 1e6);
      Waiting.synced(rig, repository, revision, ONE);
      RequestCounts since = RequestCounts.of(server.admin()).since(before);
      objectWrites = Math.max(objectWrites, since.objectWrites());
      parentWrites = Math.max(parentWrites, since.parentWrites());
    }
    // The single rounds, to be laid beside the service's log.
    ApplyBench.write(
        folder, List.of(new GeneratedFile("rounds-" + objects + ".tsv", rounds.toString())));
    Distribution distribution = new Distribution(fromStart);
    String what = "one change among " + objects + ": ";
    figures.accept(
        Figure.yardstick(
            what + "after the forge has answered the push, p95",
            new Distribution(fromPush).quantile(0.95),
            "ms"));
    figures.accept(
        Figure.yardstick(what + "from the push's start, median", distribution.quantile(0.5), "ms"));
    figures.accept(
        Figure.atMost(
            what + "from the push's start to applied, p95",
            distribution.quantile(0.95),
            "ms",
            500));
    figures.accept(Figure.atMost(what + "most object writes a change", objectWrites, "writes", 1));
    figures.accept(
        Figure.atLeast(what + "fewest object writes a change", objectWrites, "writes", 1));
    figures.accept(
        Figure.atMost(what + "most writes of the parent a change", parentWrites, "writes", 1));
    return distribution;
  }

  private void nothing(
      Rig rig, Repository repository, KubeApiServer server, Consumer<Figure> figures) {
    // Twice, and the less counts: every ten minutes each kind is listed anew, which no commit asks
    // for.
    long requests = Long.MAX_VALUE;
    for (int round = 0; round < 2; round++) {
      repository.files().write("README.md", "Nothing that a cluster would hold, " + round + ".\n");
      Revision revision = repository.files().commit("Add a page");
      RequestCounts before = RequestCounts.of(server.admin());
      repository.files().push();
      Waiting.synced(rig, repository, revision, ONE);
      requests = Math.min(requests, RequestCounts.of(server.admin()).since(before).beyondWatches());
    }
    figures.accept(
        Figure.atMost(
            "a commit that changes nothing: requests beyond the watches", requests, "requests", 0));
  }

  private void drift(
      Rig rig,
      Repository repository,
      KubeApiServer server,
      ObjectWatch watch,
      Consumer<Figure> figures) {
    double[] millis = new double[Math.max(3, scale.rounds() / 2)];
    Revision head = new Revision(rig.gitea().api().head(repository.name(), "main"));
    String context = "meshkeel/drift/bench";
    for (int round = 0; round < millis.length; round++) {
      int service = 5 * round + 1;
      String name = "svc-" + service;
      String namespace = generator.namespace(service);
      Waiting.status(rig, repository, head, context, ONE, "success"::equals);
      String declared =
          String.valueOf(
              server
                  .admin()
                  .genericKubernetesResources(VIRTUAL_SERVICES)
                  .inNamespace(namespace)
                  .withName(name)
                  .get()
                  .<Object>get("spec", "http", 0, "timeout"));
      write(server, namespace, name, "77s");
      long written = System.nanoTime();
      long seen = Waiting.status(rig, repository, head, context, ONE, "failure"::equals);
      millis[round] = (seen - written) / 1e6;
      write(server, namespace, name, declared);
    }
    Waiting.status(rig, repository, head, context, ONE, "success"::equals);
    if (watch.size() == 0) {
      throw new IllegalStateException("the observer saw no object");
    }
    Distribution distribution = new Distribution(millis);
    String what = "drift among " + scale.many() + ": ";
    figures.accept(
        Figure.yardstick(
            what + "from foreign write to status, median", distribution.quantile(0.5), "ms"));
    figures.accept(
        Figure.atMost(
            what + "from foreign write to status, p95", distribution.quantile(0.95), "ms", 500));
  }

  private static void write(KubeApiServer server, String namespace, String name, String timeout) {
    server
        .admin()
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inNamespace(namespace)
        .withName(name)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager("somebody")
                .build(),
            "[{\"op\":\"replace\",\"path\":\"/spec/http/0/timeout\",\"value\":\"%s\"}]"
                .formatted(timeout));
  }

  private void memory(
      Rig rig,
      Repository repository,
      ServiceProcess service,
      List<KubeApiServer> further,
      Consumer<Figure> figures) {
    BenchMesh.cluster(repository.files(), "two");
    BenchMesh.cluster(repository.files(), "three");
    Revision three = repository.files().publish("Add two clusters");
    Waiting.synced(rig, repository, three, LIMIT);
    for (KubeApiServer server : further) {
      try (ObjectWatch watch = new ObjectWatch(server.admin())) {
        watch.awaitSize(scale.many() / 3, ONE);
      }
    }
    // The peak is what a container's limit must hold; the resident size is what stays.
    Eventually.holds(Duration.ofSeconds(5), () -> false);
    figures.accept(
        Figure.atMost(
            "resident memory at " + scale.many() + " objects in 3 clusters",
            ProcessMemory.residentMiB(service.pid()),
            "MiB",
            700));
    figures.accept(
        Figure.yardstick("peak of resident memory", ProcessMemory.peakMiB(service.pid()), "MiB"));
  }
}
