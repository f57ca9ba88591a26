package io.meshkeel.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshkeel.testbed.KubeApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Services with their workloads, as a platform team's clusters hold them: a Service, a Deployment
 * and two injected pods each. No kubelet runs them; the modules see no difference.
 */
final class WorkloadObjects {
  /** Objects of one service. */
  static final int EACH = 4;

  private static final int IN_FLIGHT = 32;

  private final MeshGenerator generator;

  WorkloadObjects(MeshGenerator generator) {
    this.generator = generator;
  }

  /** Writes the services to the clusters in turn. */
  void write(List<KubeApiServer> clusters, int namespaces, int services) {
    for (KubeApiServer cluster : clusters) {
      for (int i = 0; i < namespaces; i++) {
        cluster.apply(namespace(i));
      }
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(IN_FLIGHT)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < services; i++) {
        KubernetesClient client = clusters.get(i % clusters.size()).admin();
        for (String object : objects(i)) {
          all.add(pool.submit(() -> client.resource(object).create()));
        }
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a workload could not be written", e);
    }
  }

  /** A namespace whose pods get a sidecar. */
  String namespace(int i) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: %s, labels: {istio-injection: enabled}}
    """
        .formatted(generator.namespace(i));
  }

  /** The Service of a number, and its workload of a version with two pods. */
  List<String> of(int i, String version) {
    return objects(i).stream()
        .map(object ->
            object.contains("kind: Service\n")
                ? object
                : object
                    .replace("version: v1", "version: " + version)
                    .replace("name: svc-" + i, "name: svc-" + i + "-" + version))
        .toList();
  }

  private List<String> objects(int i) {
    String namespace = generator.namespace(i);
    return List.of(
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: %1$s, name: svc-%2$d}
        spec: {selector: {app: svc-%2$d}, ports: [{name: http, port: 8080}]}
        """
            .formatted(namespace, i),
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {namespace: %1$s, name: svc-%2$d}
        spec:
          replicas: 2
          selector: {matchLabels: {app: svc-%2$d}}
          template:
            metadata: {labels: {app: svc-%2$d, version: v1}}
            spec: {containers: [{name: app, image: "app:1", ports: [{containerPort: 8080}]}]}
        """
            .formatted(namespace, i),
        pod(namespace, i, 0),
        pod(namespace, i, 1));
  }

  private static String pod(String namespace, int i, int number) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      namespace: %1$s
      name: svc-%2$d-1-%3$d
      labels: {app: svc-%2$d, version: v1, pod-template-hash: "1"}
      annotations:
        sidecar.istio.io/status: '{"revision":"default","containers":["istio-proxy"]}'
    spec:
      containers:
        - {name: app, image: "app:1", ports: [{containerPort: 8080}]}
        - {name: istio-proxy, image: "proxy:1", args: [proxy, sidecar]}
    """
        .formatted(namespace, i, number);
  }
}
