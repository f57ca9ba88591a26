package io.meshkeel.view;

import io.meshkeel.model.JsonTree;
import java.util.List;
import java.util.Map;

/** Declarations that can be committed to mend what a row tells. */
final class Fixes {
  private static final String API_VERSION = "meshkeel.io/v1alpha1";

  private static final Map<Long, String> WELL_KNOWN =
      Map.of(80L, "http", 8080L, "http", 443L, "https", 8443L, "https", 6379L, "redis");

  private Fixes() {}

  /** Injection in a namespace. */
  static Map<String, Object> inject(String namespace, List<String> clusters) {
    return JsonTree.freeze(
        Map.of(
            "apiVersion",
            API_VERSION,
            "kind",
            "NamespaceSidecar",
            "metadata",
            Map.of("name", namespace),
            "spec",
            Map.of(
                "namespaces", List.of(namespace), "clusters", clusters, "injection", "Enabled")));
  }

  /**
   * A protocol for ports that have none and whose number says what they are; empty if there is no
   * such port: a wrong protocol is worse than none.
   */
  static Map<String, Object> protocol(
      String namespace, String service, List<String> clusters, List<Long> ports) {
    List<Map<String, Object>> known =
        ports.stream()
            .filter(WELL_KNOWN::containsKey)
            .<Map<String, Object>>map(
                port -> Map.of("port", port, "appProtocol", WELL_KNOWN.getOrDefault(port, "")))
            .toList();
    if (known.isEmpty()) {
      return Map.of();
    }
    return JsonTree.freeze(
        Map.of(
            "apiVersion",
            API_VERSION,
            "kind",
            "ServicePort",
            "metadata",
            Map.of("name", namespace + "-" + service),
            "spec",
            Map.of(
                "service",
                Map.of("namespace", namespace, "name", service),
                "clusters",
                clusters,
                "ports",
                known)));
  }
}
