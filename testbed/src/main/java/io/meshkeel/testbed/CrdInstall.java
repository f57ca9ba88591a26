package io.meshkeel.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Puts definitions on an API server. Made for many API servers in one run: files are read once. */
final class CrdInstall {
  /** How long an API server may take to serve new definitions. */
  static final Duration SERVED_TIMEOUT = Duration.ofSeconds(180);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final Map<Path, List<HasMetadata>> READ = new ConcurrentHashMap<>();

  private CrdInstall() {}

  /** Installs what the files hold and waits until every version that is to be served is served. */
  static void on(KubeApiServer server, List<Path> files) {
    List<HasMetadata> objects = new ArrayList<>();
    files.forEach(file -> objects.addAll(READ.computeIfAbsent(file, CrdInstall::read)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      objects.forEach(object -> all.add(threads.submit(() -> install(server, object))));
      for (Future<?> one : all) {
        one.get();
      }
      awaitServed(server.questions(), resources(objects));
    } catch (ExecutionException | IOException e) {
      throw new TestbedException("cannot install definitions: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while installing definitions", e);
    }
  }

  private static List<HasMetadata> read(Path file) {
    try {
      return List.copyOf(KubeApiServer.objects(Files.readString(file)));
    } catch (IOException e) {
      throw new TestbedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** A definition is large: a plain creation costs the API server much less than an apply. */
  private static void install(KubeApiServer server, HasMetadata object) {
    if (!definition(object)) {
      server.apply(object);
      return;
    }
    try {
      server.admin().raw(DEFINITIONS, "POST", object);
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
      server.apply(object); // It is there, perhaps in another version.
    }
  }

  /** An API server lists a resource in discovery when its definition is established, not before. */
  private static void awaitServed(
      KubeApiServer.ServerQuestion server, Map<String, Set<String>> wanted)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SERVED_TIMEOUT.toNanos();
    Set<String> waiting = new TreeSet<>(wanted.keySet());
    while (true) {
      for (String groupVersion : List.copyOf(waiting)) {
        Http.Answer answer = server.get("/apis/" + groupVersion);
        if (answer.status() == 200
            && names(answer.body()).containsAll(wanted.getOrDefault(groupVersion, Set.of()))) {
          waiting.remove(groupVersion);
        }
      }
      if (waiting.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new TestbedException(
            "not served after " + Progress.time(SERVED_TIMEOUT) + ": " + waiting);
      }
      Thread.sleep(PAUSE);
    }
  }

  private static Set<String> names(String resources) throws IOException {
    Set<String> names = new HashSet<>();
    new ObjectMapper()
        .readTree(resources)
        .path("resources")
        .forEach(resource -> names.add(resource.path("name").asText()));
    return names;
  }

  /** The plural names that are to be served, by group and version. */
  private static Map<String, Set<String>> resources(List<HasMetadata> objects) {
    Map<String, Set<String>> resources = new ConcurrentHashMap<>();
    for (HasMetadata object : objects) {
      if (definition(object) && object instanceof GenericKubernetesResource crd) {
        String group = crd.get("spec", "group");
        String plural = crd.get("spec", "names", "plural");
        List<Map<String, Object>> versions = crd.get("spec", "versions");
        for (Map<String, Object> version : versions) {
          if (Boolean.TRUE.equals(version.get("served"))) {
            resources
                .computeIfAbsent(group + "/" + version.get("name"), key -> new HashSet<>())
                .add(plural);
          }
        }
      }
    }
    return resources;
  }

  private static boolean definition(HasMetadata object) {
    return object.getKind().equals("CustomResourceDefinition");
  }
}
