package io.meshkeel.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes mesh configuration from a seed: the same seed and size give the same text on every machine.
 * Services are spread over namespaces; a VirtualService splits its service over the subsets that
 * its DestinationRule defines.
 *
 * @param seed of all choices
 * @param namespaces how many namespaces the services are spread over
 */
public record MeshGenerator(long seed, int namespaces) {

  /**
   * A file of the repository.
   *
   * @param path below the mesh's folder
   * @param text one YAML document
   */
  public record GeneratedFile(String path, String text) {}

  /** VirtualServices alone, one a file, of the services from {@code first} on. */
  public List<GeneratedFile> virtualServices(int first, int count) {
    Random random = new Random(seed);
    List<GeneratedFile> files = new ArrayList<>(count);
    for (int i = first; i < first + count; i++) {
      files.add(virtualService(i, 3 + random.nextInt(7), false));
    }
    return files;
  }

  /**
   * A mix as meshes have it: of each ten objects five VirtualServices, each with a DestinationRule
   * as long as there are any (four), and one AuthorizationPolicy. One object a file.
   */
  public List<GeneratedFile> mixed(int count) {
    Random random = new Random(seed);
    List<GeneratedFile> files = new ArrayList<>(count);
    for (int i = 0; files.size() < count; i++) {
      boolean subsets = i % 5 != 4;
      files.add(virtualService(i, 3 + random.nextInt(7), subsets));
      if (subsets && files.size() < count) {
        files.add(destinationRule(i, random.nextInt(1, 200)));
      }
      if (!subsets && files.size() < count) {
        files.add(authorizationPolicy(i));
      }
    }
    return files;
  }

  /** The Services that {@link #mixed} of this size is about, and their namespaces: one file. */
  public String services(int objects) {
    int services = (objects + 1) / 2;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(namespaces, services); i++) {
      text.append(
          """
          apiVersion: v1
          kind: Namespace
          metadata: {name: %s, labels: {istio-injection: enabled}}
          ---
          """
              .formatted(namespace(i)));
    }
    for (int i = 0; i < services; i++) {
      text.append(
          """
          apiVersion: v1
          kind: Service
          metadata: {namespace: %s, name: svc-%d}
          spec: {selector: {app: svc-%2$d}, ports: [{name: http, port: 8080}]}
          ---
          """
              .formatted(namespace(i), i));
    }
    return text.toString();
  }

  /** The namespace of service {@code i}. */
  public String namespace(int i) {
    return "team-" + i % namespaces;
  }

  /** The path of the VirtualService of service {@code i}. */
  public String virtualServicePath(int i) {
    return "traffic/" + namespace(i) + "/svc-" + i + "-vs.yaml";
  }

  /**
   * The VirtualService of service {@code i}.
   *
   * @param timeoutSeconds of the route: what a change turns
   */
  public GeneratedFile virtualService(int i, int timeoutSeconds, boolean subsets) {
    String ns = namespace(i);
    String host = "svc-" + i + "." + ns + ".svc.cluster.local";
    String destinations =
        subsets
            ? """
                - destination:
                    host: %1$s
                    subset: v1
                  weight: 90
                - destination:
                    host: %1$s
                    subset: v2
                  weight: 10
            """
            : """
                - destination:
                    host: %1$s
                    port:
                      number: 8080
            """;
    return new GeneratedFile(
        virtualServicePath(i),
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: svc-%1$d
          namespace: %2$s
          labels:
            app.kubernetes.io/part-of: shop
        spec:
          hosts:
            - %3$s
          http:
            - match:
                - uri:
                    prefix: /api/v%4$d
              timeout: %5$ds
              retries:
                attempts: 2
                perTryTimeout: 1s
              route:
        """
                .formatted(i, ns, host, i % 7, timeoutSeconds)
            + destinations.formatted(host).indent(2).stripTrailing()
            + "\n");
  }

  private GeneratedFile destinationRule(int i, int connections) {
    String ns = namespace(i);
    return new GeneratedFile(
        "traffic/" + ns + "/svc-" + i + "-dr.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: svc-%1$d
          namespace: %2$s
        spec:
          host: svc-%1$d.%2$s.svc.cluster.local
          trafficPolicy:
            connectionPool:
              tcp:
                maxConnections: %3$d
            outlierDetection:
              consecutive5xxErrors: 5
              interval: 10s
          subsets:
            - name: v1
              labels:
                version: v1
            - name: v2
              labels:
                version: v2
        """
            .formatted(i, ns, connections));
  }

  private GeneratedFile authorizationPolicy(int i) {
    String ns = namespace(i);
    return new GeneratedFile(
        "security/" + ns + "/svc-" + i + "-authz.yaml",
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata:
          name: svc-%1$d
          namespace: %2$s
        spec:
          selector:
            matchLabels:
              app: svc-%1$d
          action: ALLOW
          rules:
            - from:
                - source:
                    principals:
                      - cluster.local/ns/%2$s/sa/caller
              to:
                - operation:
                    methods: ["GET", "POST"]
        """
            .formatted(i, ns));
  }
}
