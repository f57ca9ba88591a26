package io.meshkeel.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshkeel.rig.Checkout;
import io.meshkeel.rig.Rig;
import io.meshkeel.testbed.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is in the clusters before Meshkeel comes, by other people's hands: the namespaces, services,
 * workloads and Secrets of the snapshot beside the example.
 */
final class Residents {
  private static final Path CLUSTERS = Checkout.root().resolve("repo-layout-example-snapshot");
  private static final String REMOTE_CLUSTER = "networking.istio.io/cluster";

  /** What the declarations say themselves: the demo shows that Meshkeel writes it. */
  private static final List<String> DECLARED =
      List.of("istio-injection", "topology.istio.io/network");

  private final Rig rig;

  Residents(Rig rig) {
    this.rig = rig;
  }

  /** Lets them move into all clusters at once. */
  void moveIn() {
    List<Future<?>> moving;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      moving =
          rig.clusters().values().stream()
              .<Future<?>>map(cluster ->
                  threads.submit(() -> cluster.apply(objects(CLUSTERS.resolve(cluster.name())))))
              .toList();
    }
    try {
      for (Future<?> each : moving) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a cluster can't be filled: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while filling clusters", e);
    }
  }

  private List<HasMetadata> objects(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<HasMetadata> objects =
          files
              .sorted()
              .flatMap(file -> KubeApiServer.objects(read(file)).stream())
              .filter(Residents::ofOthers)
              .toList();
      objects.forEach(this::complete);
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rig has installed the definitions; what Meshkeel applies comes by Meshkeel. */
  private static boolean ofOthers(HasMetadata object) {
    return !object.getKind().equals("CustomResourceDefinition")
        && !"meshkeel".equals(labels(object).getOrDefault("app.kubernetes.io/managed-by", ""));
  }

  private void complete(HasMetadata object) {
    object
        .getMetadata()
        .setLabels(
            labels(object).entrySet().stream()
                .filter(label -> !DECLARED.contains(label.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String remote = annotations == null ? null : annotations.get(REMOTE_CLUSTER);
    if (remote != null && object instanceof GenericKubernetesResource secret) {
      // A snapshot holds no content of Secrets; by this one istiod reads the other cluster.
      secret.setAdditionalProperty(
          "stringData", Map.of(remote, rig.cluster(remote).kubeconfig(KubeApiServer.ADMIN)));
    }
  }

  private static Map<String, String> labels(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
