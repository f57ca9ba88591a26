package io.meshkeel.corpus;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshkeel.model.Manifest;
import io.meshkeel.testbed.KubeApiServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Asks an API server whether it would create objects, unknown fields refused. */
final class DryRun {
  private static final int AT_ONCE = 8;

  private final KubeApiServer server;
  private final Map<String, CorpusKind> kinds = new ConcurrentHashMap<>();

  DryRun(KubeApiServer server, String... catalogs) {
    this.server = server;
    Stream.of(catalogs)
        .flatMap(catalog -> CorpusKind.of(catalog).stream())
        .forEach(kind -> kinds.put(kind.apiVersion() + kind.kind().kind(), kind));
  }

  /** What it says of those it refuses. */
  Map<Manifest, String> refused(List<Manifest> objects) throws InterruptedException {
    Map<Manifest, String> refused = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> all =
          objects.stream()
              .<Future<?>>map(object ->
                  threads.submit(() -> {
                    String said = create(object);
                    if (!said.isEmpty()) {
                      refused.put(object, said);
                    }
                  }))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return refused;
  }

  private String create(Manifest object) {
    CorpusKind kind = Objects.requireNonNull(kinds.get(object.apiVersion() + object.key().kind()));
    String path =
        "/apis/"
            + object.apiVersion()
            + (kind.clusterScoped() ? "" : "/namespaces/" + object.key().namespace())
            + "/"
            + kind.plural()
            + "?dryRun=All&fieldValidation=Strict";
    try {
      server.admin().raw(path, "POST", object.content());
      return "";
    } catch (KubernetesClientException e) {
      if (e.getCode() != 422 && e.getCode() != 400) {
        throw e;
      }
      return String.valueOf(e.getMessage());
    }
  }
}
