package io.meshkeel.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes {@code spec}s of MeshGateways: every value below at least once, and mixed by chance. The
 * same seed makes the same ones; not all of them are sound.
 */
public final class GatewayCorpus {
  private static final Map<String, List<Object>> FIELDS = new LinkedHashMap<>();
  private static final Map<String, List<Object>> SERVICE = new LinkedHashMap<>();

  static {
    FIELDS.put("type", List.of("Ingress", "Egress", "EastWest"));
    FIELDS.put("engine", List.of("Auto", "GatewayApi", "Injection"));
    FIELDS.put("replicas", List.of(0, 3));
    FIELDS.put("autoscaling", List.of(Map.of("max", 4), Map.of("min", 2, "max", 5, "cpu", 60)));
    FIELDS.put(
        "resources",
        List.of(
            Map.of("cpu", "0.5", "memory", "1024Mi"),
            Map.of("cpu", 2, "memory", "1e9", "cpuLimit", "3000m", "memoryLimit", "4096Mi"),
            Map.of("cpu", ".25", "memory", "1.5Gi", "cpuLimit", "+1", "memoryLimit", "2000000000"),
            Map.of("cpu", "100u", "memory", "128974848000m")));
    FIELDS.put("affinity", affinities());
    FIELDS.put("revision", List.of("canary"));
    SERVICE.put("type", List.of("LoadBalancer", "NodePort", "ClusterIP"));
    SERVICE.put(
        "ports",
        List.of(
            List.of(Map.of("port", 80)),
            List.of(
                Map.of("port", 8443, "name", "tls-a", "protocol", "TLS", "targetPort", 9443),
                Map.of("port", 9000, "protocol", "TCP")),
            List.of(
                Map.of("port", 9000, "protocol", "TCP"),
                Map.of("port", 8443, "name", "tls-b", "protocol", "TLS"))));
    SERVICE.put("annotations", List.of(Map.of(), Map.of("example.com/a", "b")));
    SERVICE.put("loadBalancerClass", List.of("example.com/lb"));
    SERVICE.put("externalTrafficPolicy", List.of("Cluster", "Local"));
  }

  private GatewayCorpus() {}

  private static List<Object> affinities() {
    Map<String, Object> expression =
        Map.of("key", "disk", "operator", "In", "values", List.of("ssd"));
    Map<String, Object> term =
        Map.of("topologyKey", "kubernetes.io/hostname", "labelSelector", Map.of());
    return List.of(
        Map.of(
            "nodeAffinity",
            Map.of(
                "requiredDuringSchedulingIgnoredDuringExecution",
                Map.of(
                    "nodeSelectorTerms",
                    List.of(Map.of("matchExpressions", List.of(expression)))))),
        Map.of(
            "podAntiAffinity",
            Map.of(
                "preferredDuringSchedulingIgnoredDuringExecution",
                List.of(Map.of("weight", 10, "podAffinityTerm", term)))),
        Map.of(
            "podAntiAffinity",
            Map.of(
                "requiredDuringSchedulingIgnoredDuringExecution",
                List.of(
                    Map.of(
                        "topologyKey", "zone",
                        "namespaces", List.of(),
                        "labelSelector",
                            Map.of("matchLabels", Map.of(), "matchExpressions", List.of()))))),
        Map.of("podAffinity", Map.of()),
        Map.of("podAffinity", Map.of("requiredDuringSchedulingIgnoredDuringExecution", List.of())));
  }

  /**
   * @param mixed how many beside those with one value each
   */
  public static List<Map<String, Object>> of(int mixed, long seed) {
    List<Map<String, Object>> specs = new ArrayList<>();
    FIELDS.forEach((name, values) ->
        values.forEach(value -> specs.add(spec(new HashMap<>(Map.of(name, value)), Map.of()))));
    SERVICE.forEach((name, values) ->
        values.forEach(value -> specs.add(spec(new HashMap<>(), Map.of(name, value)))));
    Random random = new Random(seed);
    for (int i = 0; i < mixed; i++) {
      specs.add(spec(some(FIELDS, random), some(SERVICE, random)));
    }
    return specs;
  }

  private static Map<String, Object> some(Map<String, List<Object>> fields, Random random) {
    Map<String, Object> some = new HashMap<>();
    fields.forEach((name, values) -> {
      if (random.nextInt(100) < 40) {
        some.put(name, values.get(random.nextInt(values.size())));
      }
    });
    return some;
  }

  private static Map<String, Object> spec(Map<String, Object> fields, Map<String, Object> service) {
    fields.putIfAbsent("type", "Ingress");
    fields.putIfAbsent("engine", fields.get("type").equals("EastWest") ? "Auto" : "Injection");
    fields.put("namespace", "gateways");
    fields.put("clusters", "all");
    if (!service.isEmpty()) {
      fields.put("service", service);
    }
    return fields;
  }
}
