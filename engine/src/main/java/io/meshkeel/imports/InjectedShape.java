package io.meshkeel.imports;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code MeshGateway} that renders a gateway by injection would have to say. Whether it
 * renders the very same is for the plan to tell.
 */
final class InjectedShape {
  private static final String TEMPLATES = "inject.istio.io/templates";
  private static final String NETWORK = "topology.istio.io/network";
  private static final long STATUS_PORT = 15021;
  private static final List<Object> USUAL_PORTS =
      List.of(Map.of("port", 80L, "name", "http2"), Map.of("port", 443L, "name", "https"));

  /** Fields of {@code spec.resources}: where a container has them, and what is usual. */
  private static final List<List<String>> RESOURCES =
      List.of(
          List.of("cpu", "requests", "cpu", "100m"),
          List.of("memory", "requests", "memory", "128Mi"),
          List.of("cpuLimit", "limits", "cpu", "2"),
          List.of("memoryLimit", "limits", "memory", "1Gi"));

  private final Manifest deployment;
  private final Optional<Manifest> service;
  private final Optional<Manifest> autoscaler;
  private final Map<String, Object> template;

  private InjectedShape(Manifest deployment, ClusterInventory cluster) {
    this.deployment = deployment;
    this.service = cluster.get(part(deployment.key(), ObservedKinds.SERVICE));
    this.autoscaler = cluster.get(part(deployment.key(), ObservedKinds.AUTOSCALER));
    this.template = JsonTree.map(deployment.spec(), "template");
  }

  /** Whether istiod's webhook makes a gateway's proxy of the pods. */
  static boolean is(Manifest deployment) {
    Map<String, Object> pod = JsonTree.map(JsonTree.map(deployment.spec(), "template"), "metadata");
    return JsonTree.string(JsonTree.map(pod, "annotations"), TEMPLATES, "").contains("gateway");
  }

  /** What else a gateway consists of has the name of its Deployment. */
  static ResourceKey part(ResourceKey deployment, GroupKind kind) {
    return new ResourceKey(kind.group(), kind.kind(), deployment.namespace(), deployment.name());
  }

  /**
   * The spec of a candidate, but for {@code clusters}.
   *
   * @param revision of the mesh
   */
  static Map<String, Object> of(Manifest deployment, ClusterInventory cluster, String revision) {
    return new InjectedShape(deployment, cluster).spec(revision);
  }

  private Map<String, Object> spec(String meshRevision) {
    Map<String, Object> spec = new HashMap<>();
    String type = type();
    spec.put("type", type);
    spec.put("namespace", deployment.key().namespace());
    spec.put("engine", "Injection");
    scale(spec);
    put(spec, "service", service(type));
    put(spec, "resources", resources());
    put(spec, "affinity", JsonTree.map(JsonTree.map(template, "spec"), "affinity"));
    Map<String, Object> labels = JsonTree.map(JsonTree.map(template, "metadata"), "labels");
    String revision = JsonTree.string(labels, "istio.io/rev", "default");
    if (!revision.equals(meshRevision)) {
      spec.put("revision", revision);
    }
    return Map.copyOf(spec);
  }

  private String type() {
    if (service.filter(each -> each.labels().containsKey(NETWORK)).isPresent()) {
      return "EastWest";
    }
    return deployment.key().name().contains("egress") && serviceType().equals("ClusterIP")
        ? "Egress"
        : "Ingress";
  }

  private String serviceType() {
    return service.map(each -> JsonTree.string(each.spec(), "type", "ClusterIP")).orElse("");
  }

  /** An autoscaler writes the number of replicas, a declaration must not. */
  private void scale(Map<String, Object> spec) {
    if (autoscaler.isEmpty()) {
      Object replicas = deployment.spec().getOrDefault("replicas", 1L);
      if (!replicas.equals(1L)) {
        spec.put("replicas", replicas);
      }
      return;
    }
    Map<String, Object> there = autoscaler.get().spec();
    Map<String, Object> autoscaling = new HashMap<>();
    autoscaling.put("min", there.getOrDefault("minReplicas", 1L));
    autoscaling.put("max", there.getOrDefault("maxReplicas", 1L));
    for (Map<String, Object> metric : JsonTree.maps(there, "metrics")) {
      Map<String, Object> target = JsonTree.map(JsonTree.map(metric, "resource"), "target");
      Object cpu = target.get("averageUtilization");
      if (cpu != null) {
        autoscaling.put("cpu", cpu);
      }
    }
    spec.put("autoscaling", Map.copyOf(autoscaling));
  }

  private Map<String, Object> service(String type) {
    if (service.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> there = service.get().spec();
    Map<String, Object> said = new HashMap<>();
    if (!serviceType().equals(type.equals("Egress") ? "ClusterIP" : "LoadBalancer")) {
      said.put("type", serviceType());
    }
    Map<String, Object> annotations = Cleaned.annotations(service.get());
    if (!annotations.isEmpty()) {
      said.put("annotations", annotations);
    }
    List<Object> ports = ports();
    if (!type.equals("EastWest") && !ports.equals(USUAL_PORTS)) {
      said.put("ports", ports);
    }
    if (there.get("loadBalancerClass") instanceof String name) {
      said.put("loadBalancerClass", name);
    }
    if ("Local".equals(there.get("externalTrafficPolicy"))) {
      said.put("externalTrafficPolicy", "Local");
    }
    return said;
  }

  private List<Object> ports() {
    List<Object> ports = new ArrayList<>();
    for (Map<String, Object> there :
        JsonTree.maps(service.map(Manifest::spec).orElse(Map.of()), "ports")) {
      Object number = there.getOrDefault("port", 0L);
      if (number.equals(STATUS_PORT)) {
        continue;
      }
      Map<String, Object> port = new HashMap<>();
      port.put("port", number);
      port.put("name", JsonTree.string(there, "name", ""));
      Object target = there.getOrDefault("targetPort", number);
      if (target instanceof Long && !target.equals(number)) {
        port.put("targetPort", target);
      }
      ports.add(Map.copyOf(port));
    }
    return ports;
  }

  private Map<String, Object> resources() {
    Map<String, Object> said = new HashMap<>();
    for (Map<String, Object> container :
        JsonTree.maps(JsonTree.map(template, "spec"), "containers")) {
      if ("istio-proxy".equals(container.get("name"))) {
        Map<String, Object> there = JsonTree.map(container, "resources");
        for (List<String> field : RESOURCES) {
          String value = JsonTree.string(JsonTree.map(there, field.get(1)), field.get(2), "");
          if (!value.isEmpty() && !value.equals(field.getLast())) {
            said.put(field.getFirst(), value);
          }
        }
      }
    }
    return said;
  }

  private static void put(Map<String, Object> spec, String field, Map<String, Object> value) {
    if (!value.isEmpty()) {
      spec.put(field, Map.copyOf(value));
    }
  }
}
