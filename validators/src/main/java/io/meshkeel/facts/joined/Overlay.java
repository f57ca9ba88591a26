package io.meshkeel.facts.joined;

import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.WorkloadSidecar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a cluster will hold once the revision is applied: what was found there, with what the
 * revision declares or renders laid over it.
 */
final class Overlay {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String INJECTION = "istio-injection";
  private static final String REVISION = "istio.io/rev";
  private static final String NETWORK = "topology.istio.io/network";

  private final MeshDeclarations mesh;
  private final MeshCluster cluster;
  private final Map<ResourceKey, Manifest> objects = new LinkedHashMap<>();

  private Overlay(MeshDeclarations mesh, MeshCluster cluster) {
    this.mesh = mesh;
    this.cluster = cluster;
  }

  /**
   * @param found what was found in the cluster
   * @param configuration whether its Istio configuration is the mesh's
   */
  static ClusterInventory of(
      MeshDeclarations mesh, MeshCluster cluster, ClusterInventory found, boolean configuration) {
    Overlay overlay = new Overlay(mesh, cluster);
    found.objects().forEach(object -> overlay.objects.put(object.key(), object));
    if (configuration) {
      overlay.configure();
    }
    if (cluster.role() == MeshCluster.Role.CONTROL_PLANE) {
      mesh.objects().stream()
          .map(Declaration::manifest)
          .filter(overlay::isForCluster)
          .flatMap(object -> DeployedGateway.of(object, found).stream())
          .forEach(deployed -> deployed.contents().forEach(overlay::put));
    }
    mesh.own().stream()
        .filter(own -> own.clusters().includes(cluster.name()))
        .forEach(overlay::apply);
    return ClusterInventory.of(found.cluster(), found.known(), overlay.objects.values());
  }

  /** Whether Meshkeel put an object there: if it isn't declared any more, it goes. */
  static boolean isOurs(Manifest object) {
    return "meshkeel".equals(object.labels().get(MANAGED_BY));
  }

  static boolean isConfiguration(ResourceKey key) {
    return ObservedKinds.ISTIO.contains(key.groupKind())
        || ObservedKinds.GATEWAY_API.contains(key.groupKind());
  }

  private void configure() {
    objects.values().removeIf(object -> isConfiguration(object.key()) && isOurs(object));
    mesh.objects().stream()
        .map(Declaration::manifest)
        .filter(this::isForCluster)
        .forEach(declared -> objects.put(declared.key(), declared));
  }

  private boolean isForCluster(Manifest declared) {
    Set<String> clusters = ObjectView.clusters(declared);
    return clusters.isEmpty() || clusters.contains(cluster.name().value());
  }

  private void apply(OwnDeclaration own) {
    switch (own) {
      case NamespaceSidecar sidecar -> sidecar.namespaces().forEach(name -> inject(name, sidecar));
      case WorkloadSidecar sidecar ->
          change(sidecar.workload().key(), tree -> templated(tree, sidecar));
      case ServicePort ports -> change(ports.serviceKey(), tree -> withProtocols(tree, ports));
      case MeshGateway gateway -> {
        put(gatewayService(gateway));
        put(gatewayDeployment(gateway));
      }
    }
  }

  private void put(Map<String, Object> content) {
    Manifest manifest = Manifest.of(content);
    objects.put(manifest.key(), manifest);
  }

  private void change(ResourceKey key, UnaryOperator<Map<String, Object>> change) {
    Manifest found = objects.get(key);
    if (found != null) {
      put(change.apply(found.content()));
    }
  }

  private void inject(String name, NamespaceSidecar sidecar) {
    ResourceKey key = new ResourceKey("", "Namespace", "", name);
    Manifest found = objects.get(key);
    Map<String, Object> labels = new HashMap<>(found == null ? Map.of() : found.labels());
    labels.remove(INJECTION);
    labels.remove(REVISION);
    String revision = sidecar.revision().orElse(mesh.mesh().spec().revision());
    switch (sidecar.injection()) {
      case ENABLED -> {
        if (revision.equals("default")) {
          labels.put(INJECTION, "enabled");
        } else {
          labels.put(REVISION, revision);
        }
      }
      case DISABLED -> labels.put(INJECTION, "disabled");
      case UNSET -> {}
    }
    Map<String, Object> content =
        found == null
            ? Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name))
            : found.content();
    put(with(content, List.of("metadata", "labels"), labels));
  }

  private static Map<String, Object> templated(Map<String, Object> tree, WorkloadSidecar sidecar) {
    Map<String, Object> metadata =
        JsonTree.map(JsonTree.map(JsonTree.map(tree, "spec"), "template"), "metadata");
    Map<String, Object> changed = tree;
    if (sidecar.inject().isPresent()) {
      Map<String, Object> labels = new HashMap<>(JsonTree.map(metadata, "labels"));
      labels.put("sidecar.istio.io/inject", sidecar.inject().get().toString());
      changed = with(changed, List.of("spec", "template", "metadata", "labels"), labels);
    }
    if (!sidecar.traffic().isEmpty()) {
      Map<String, Object> annotations = new HashMap<>(JsonTree.map(metadata, "annotations"));
      sidecar
          .traffic()
          .forEach((name, value) -> annotations.put("traffic.sidecar.istio.io/" + name, value));
      changed = with(changed, List.of("spec", "template", "metadata", "annotations"), annotations);
    }
    return changed;
  }

  private static Map<String, Object> withProtocols(Map<String, Object> tree, ServicePort declared) {
    Map<Long, String> protocols = new HashMap<>();
    declared.ports().forEach(port -> protocols.put((long) port.port(), port.appProtocol()));
    List<Object> ports = new ArrayList<>();
    for (Map<String, Object> port : JsonTree.maps(JsonTree.map(tree, "spec"), "ports")) {
      String protocol = port.get("port") instanceof Long number ? protocols.get(number) : null;
      ports.add(protocol == null ? port : with(port, List.of("appProtocol"), protocol));
    }
    return with(tree, List.of("spec", "ports"), ports);
  }

  /** A copy of a tree with a value at a path. */
  static Map<String, Object> with(Map<String, Object> tree, List<String> path, Object value) {
    Map<String, Object> copy = new HashMap<>(tree);
    copy.put(
        path.getFirst(),
        path.size() == 1
            ? value
            : with(JsonTree.map(tree, path.getFirst()), path.subList(1, path.size()), value));
    return copy;
  }

  /** The labels of a gateway's pods: those of Istio's chart. */
  static Map<String, Object> selector(MeshGateway gateway) {
    String name = gateway.name();
    return Map.of("app", name, "istio", name.startsWith("istio-") ? name.substring(6) : name);
  }

  private Optional<String> network(MeshGateway gateway) {
    return gateway.type() == MeshGateway.Type.EAST_WEST ? cluster.network() : Optional.empty();
  }

  private static Map<String, Object> metadata(MeshGateway gateway, Map<String, Object> labels) {
    return Map.of("name", gateway.name(), "namespace", gateway.namespace(), "labels", labels);
  }

  private Map<String, Object> gatewayService(MeshGateway gateway) {
    Map<String, Object> labels = new TreeMap<>(selector(gateway));
    network(gateway).ifPresent(name -> labels.put(NETWORK, name));
    MeshGateway.Service said = gateway.service();
    List<Object> ports = new ArrayList<>();
    if (gateway.type() == MeshGateway.Type.EAST_WEST) {
      ports.add(port("tls", 15443, 15443));
    } else if (said.ports().isEmpty()) {
      ports.add(port("http2", 80, 80));
      ports.add(port("https", 443, 443));
    }
    said.ports().forEach(each -> ports.add(port(each.name(), each.port(), each.targetPort())));
    Map<String, Object> spec = new HashMap<>();
    spec.put(
        "type",
        said.type()
            .orElse(gateway.type() == MeshGateway.Type.EGRESS ? "ClusterIP" : "LoadBalancer"));
    spec.put("selector", selector(gateway));
    spec.put("ports", ports);
    said.externalTrafficPolicy().ifPresent(word -> spec.put("externalTrafficPolicy", word));
    return Map.of(
        "apiVersion", "v1", "kind", "Service", "metadata", metadata(gateway, labels), "spec", spec);
  }

  private static Map<String, Object> port(String name, int port, int target) {
    return Map.of("name", name, "port", port, "targetPort", target, "protocol", "TCP");
  }

  /** Its pods are gateways, whoever makes them. */
  private Map<String, Object> gatewayDeployment(MeshGateway gateway) {
    Map<String, Object> labels = new TreeMap<>(selector(gateway));
    labels.put("sidecar.istio.io/inject", "true");
    String revision = gateway.revision().orElse(mesh.mesh().spec().revision());
    if (!revision.equals("default")) {
      labels.put(REVISION, revision);
    }
    network(gateway).ifPresent(name -> labels.put(NETWORK, name));
    return Map.of(
        "apiVersion",
        "apps/v1",
        "kind",
        "Deployment",
        "metadata",
        metadata(gateway, selector(gateway)),
        "spec",
        Map.of(
            "template",
            Map.of(
                "metadata",
                Map.of(
                    "labels",
                    labels,
                    "annotations",
                    Map.of("inject.istio.io/templates", "gateway")),
                "spec",
                Map.of(
                    "serviceAccountName",
                    gateway.name(),
                    "containers",
                    List.of(Map.of("name", "istio-proxy", "image", "auto"))))));
  }

  /** The labels of an object as strings. */
  static Map<String, String> labels(Manifest object) {
    return Labels.of(object.labels());
  }
}
