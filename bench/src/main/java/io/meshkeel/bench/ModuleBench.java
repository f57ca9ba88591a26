package io.meshkeel.bench;

import static io.meshkeel.rig.IstioKinds.VIRTUAL_SERVICES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Eventually;
import io.meshkeel.rig.Launcher;
import io.meshkeel.rig.Rig;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.rig.ServiceProcess;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.view.Modules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The modules of the running service over three clusters: a control plane cluster with the declared
 * objects, two data plane clusters with the services, their workloads and pods. Asked as users ask:
 * by HTTP, the whole answer read.
 */
final class ModuleBench {
  private static final int NAMESPACES = 20;
  private static final int ASKED = 7;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration ONE = Duration.ofSeconds(20);
  private static final PatchContext SOMEBODY =
      new PatchContext.Builder().withPatchType(PatchType.JSON).withFieldManager("somebody").build();

  private final Path folder;
  private final Binaries binaries;
  private final Scale scale;
  private final MeshGenerator generator;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();

  ModuleBench(Path folder, Binaries binaries, Scale scale, long seed) {
    this.folder = folder;
    this.binaries = binaries;
    this.scale = scale;
    this.generator = new MeshGenerator(seed, NAMESPACES);
  }

  void measure(Consumer<Figure> figures) {
    // Of ten objects four are declared; a service, its Deployment and two pods make up the rest.
    int declared = scale.many() * 4 / 10;
    int services = (scale.many() - declared) / WorkloadObjects.EACH;
    try (Rig rig = new Rig(folder, binaries)) {
      KubeApiServer plane = rig.startCluster("one", ClusterRole.CONTROL_PLANE);
      List<KubeApiServer> data =
          List.of(
              rig.startCluster("two", ClusterRole.DATA_PLANE),
              rig.startCluster("three", ClusterRole.DATA_PLANE));
      WorkloadObjects workloads = new WorkloadObjects(generator);
      workloads.write(data, NAMESPACES, services);
      Repository repository = rig.newRepository("modules");
      BenchMesh.mesh(repository.files(), "PrimaryRemote");
      BenchMesh.cluster(repository.files(), "one");
      BenchMesh.objects(
          repository.files(),
          List.of(BenchMesh.dataPlaneFile("two"), BenchMesh.dataPlaneFile("three")));
      BenchMesh.objects(repository.files(), generator.mixed(declared));
      Revision revision = repository.files().publish("Declare the mesh");
      ServiceProcess service = rig.startService(repository, Launcher.command());
      Waiting.synced(rig, repository, revision, LIMIT);
      await(service, "services", LIMIT, rows -> rows.size() >= services);
      await(service, "overview", LIMIT, rows -> rows.path(0).path("applied").asInt() >= declared);
      follow(service, plane, data, services, figures);
      slowest(service, figures);
      figures.accept(
          Figure.yardstick(
              "modules: resident memory at " + scale.many() + " objects in 3 clusters",
              ProcessMemory.residentMiB(service.pid()),
              "MiB"));
    }
  }

  /** From the answer of a write by another hand to an answer that tells of it. */
  private void follow(
      ServiceProcess service,
      KubeApiServer plane,
      List<KubeApiServer> data,
      int services,
      Consumer<Figure> figures) {
    double[] millis = new double[2 * scale.rounds()];
    for (int round = 0; round < scale.rounds(); round++) {
      int number = (round * 37) % (services / 5) * 5;
      String namespace = generator.namespace(number);
      String asked = "?namespace=" + namespace;
      String timeout =
          String.valueOf(
              plane
                  .admin()
                  .genericKubernetesResources(VIRTUAL_SERVICES)
                  .inNamespace(namespace)
                  .withName("svc-" + number)
                  .get()
                  .<Object>get("spec", "http", 0, "timeout"));
      route(plane, namespace, number, "77s");
      millis[2 * round] =
          await(service, "config" + asked, ONE, rows -> is(rows, number, "state", "Differs"));
      route(plane, namespace, number, timeout);
      await(service, "config" + asked, ONE, rows -> is(rows, number, "state", "InSync"));

      KubeApiServer cluster = data.get(number % data.size());
      relabel(cluster, namespace, number, "other");
      millis[2 * round + 1] =
          await(service, "services" + asked, ONE, rows -> is(rows, number, "pods", "1"));
      relabel(cluster, namespace, number, "svc-" + number);
      await(service, "services" + asked, ONE, rows -> is(rows, number, "pods", "2"));
    }
    Distribution distribution = new Distribution(millis);
    String what = "watch event to correct get answer at " + scale.many() + " objects, ";
    figures.accept(Figure.yardstick(what + "median", distribution.quantile(0.5), "ms"));
    figures.accept(Figure.atMost(what + "p95", distribution.quantile(0.95), "ms", 50));
  }

  private static boolean is(JsonNode rows, int number, String column, String value) {
    for (JsonNode row : rows) {
      String name = row.path(row.has("name") ? "name" : "service").asText();
      if (name.equals("svc-" + number)
          && (!row.has("kind") || row.path("kind").asText().equals("VirtualService"))) {
        return row.path(column).asText().equals(value);
      }
    }
    return false;
  }

  private static void route(KubeApiServer server, String namespace, int number, String timeout) {
    server
        .admin()
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inNamespace(namespace)
        .withName("svc-" + number)
        .patch(SOMEBODY, replace("/spec/http/0/timeout", timeout));
  }

  private static void relabel(KubeApiServer server, String namespace, int number, String app) {
    server
        .admin()
        .pods()
        .inNamespace(namespace)
        .withName("svc-" + number + "-1-0")
        .patch(SOMEBODY, replace("/metadata/labels/app", app));
  }

  private static String replace(String path, String value) {
    return "[{\"op\":\"replace\",\"path\":\"%s\",\"value\":\"%s\"}]".formatted(path, value);
  }

  /** All rows of each module, with all columns. */
  private void slowest(ServiceProcess service, Consumer<Figure> figures) {
    double worst = 0;
    for (String module : Modules.names()) {
      double[] millis = new double[ASKED];
      for (int round = -2; round < ASKED; round++) {
        long start = System.nanoTime();
        text(service, module);
        if (round >= 0) {
          millis[round] = (System.nanoTime() - start) / 1e6;
        }
      }
      double median = new Distribution(millis).quantile(0.5);
      worst = Math.max(worst, median);
      figures.accept(Figure.yardstick("get of module " + module + ", median", median, "ms"));
    }
    figures.accept(
        Figure.atMost(
            "get of the slowest module at " + scale.many() + " objects over 3 clusters",
            worst,
            "ms",
            300));
  }

  /** Asks again and again; returns the milliseconds until the answer was right. */
  private double await(
      ServiceProcess service, String question, Duration within, Predicate<JsonNode> right) {
    long start = System.nanoTime();
    if (within.equals(ONE)) {
      while (System.nanoTime() - start < ONE.toNanos()) {
        if (right.test(rows(service, question))) {
          return (System.nanoTime() - start) / 1e6;
        }
      }
    } else if (Eventually.holds(within, () -> right.test(rows(service, question)))) {
      return (System.nanoTime() - start) / 1e6;
    }
    throw new IllegalStateException("/api/v1/" + question + " isn't right after " + within);
  }

  private JsonNode rows(ServiceProcess service, String question) {
    try {
      return mapper.readTree(text(service, question)).path("rows");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(ServiceProcess service, String question) {
    URI url = service.url().resolve("/api/v1/" + question);
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(url).timeout(ONE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(url + " said " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
