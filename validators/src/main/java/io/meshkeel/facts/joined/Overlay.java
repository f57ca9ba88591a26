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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster will hold once the revision is applied: what was found there, with what the
 * revision declares or renders laid over it. Kept from one revision to the next, as long as
 * Meshkeel's own declarations stay: what an object becomes is a function of what is found, declared
 * and rendered under its key. For one thread at a time.
 */
final class Overlay {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String INJECTION = "istio-injection";
  private static final String REVISION = "istio.io/rev";
  private static final String NETWORK = "topology.istio.io/network";

  private final MeshDeclarations mesh;
  private final MeshCluster cluster;
  private final boolean configuration;
  private final Map<ResourceKey, List<OwnDeclaration>> own = new HashMap<>();
  private final Map<ResourceKey, Manifest> declared = new HashMap<>();
  private final TreeMap<ResourceKey, Manifest> gateways = new TreeMap<>();
  private Map<DeployedGateway, Map<ResourceKey, Manifest>> deployed = Map.of();
  private Map<ResourceKey, Manifest> rendered = Map.of();
  private ClusterInventory found;
  private ClusterInventory expected;

  /**
   * @param found what was found in the cluster
   * @param configuration whether its Istio configuration is the mesh's
   */
  Overlay(
      MeshDeclarations mesh, MeshCluster cluster, ClusterInventory found, boolean configuration) {
    this.mesh = mesh;
    this.cluster = cluster;
    this.configuration = configuration;
    this.found = found;
    for (OwnDeclaration one : mesh.own()) {
      if (one.clusters().includes(cluster.name())) {
        targets(one).forEach(key -> own.computeIfAbsent(key, k -> new ArrayList<>()).add(one));
      }
    }
    for (Declaration object : mesh.objects()) {
      declare(object.manifest());
    }
    deploy();
    Set<ResourceKey> keys = new LinkedHashSet<>();
    found.objects().forEach(object -> keys.add(object.key()));
    keys.addAll(declared.keySet());
    keys.addAll(rendered.keySet());
    keys.addAll(own.keySet());
    List<Manifest> objects = new ArrayList<>(keys.size());
    keys.forEach(key -> at(key).ifPresent(objects::add));
    this.expected = ClusterInventory.of(found.cluster(), found.known(), objects);
  }

  /** What the cluster will hold. */
  ClusterInventory expected() {
    return expected;
  }

  /**
   * Takes over what changed.
   *
   * @param objects all that are declared now
   * @param declaredKeys under which keys something else is declared
   * @param held what is found now
   * @param foundKeys under which keys something else is found; of kinds that were looked at
   * @return under which keys it will hold something else
   */
  @SuppressWarnings("ReferenceEquality") // What was seen anew may be another thing.
  Set<ResourceKey> become(
      List<Declaration> objects,
      Set<ResourceKey> declaredKeys,
      ClusterInventory held,
      Set<ResourceKey> foundKeys) {
    Set<ResourceKey> changed = new TreeSet<>(foundKeys);
    changed.addAll(declaredKeys);
    boolean again =
        declaredKeys.stream().anyMatch(DeployedGateway::isOne)
            || foundKeys.stream().anyMatch(key -> concernsDeployed(key, held));
    found = held;
    if (!declaredKeys.isEmpty()) {
      declared.keySet().removeAll(declaredKeys);
      gateways.keySet().removeAll(declaredKeys);
      for (Declaration object : objects) {
        if (declaredKeys.contains(object.manifest().key())) {
          declare(object.manifest());
        }
      }
    }
    if (again) {
      changed.addAll(rendered.keySet());
      deploy();
      changed.addAll(rendered.keySet());
    }
    Map<ResourceKey, Optional<Manifest>> next = new HashMap<>();
    for (ResourceKey key : changed) {
      Optional<Manifest> object = at(key);
      if (object.orElse(null) != expected.get(key).orElse(null)) {
        next.put(key, object);
      }
    }
    expected = expected.with(next);
    return Set.copyOf(next.keySet());
  }

  private void declare(Manifest object) {
    if (!isForCluster(object)) {
      return;
    }
    if (configuration) {
      declared.put(object.key(), object);
    }
    if (cluster.role() == MeshCluster.Role.CONTROL_PLANE && DeployedGateway.isOne(object.key())) {
      gateways.put(object.key(), object);
    }
  }

  /**
   * What istiod deploys for the Gateways that are declared; of one that stays, the same objects.
   */
  private void deploy() {
    Map<DeployedGateway, Map<ResourceKey, Manifest>> next = new LinkedHashMap<>();
    Map<ResourceKey, Manifest> all = new HashMap<>();
    for (Manifest gateway : gateways.values()) {
      DeployedGateway.of(gateway, found)
          .ifPresent(one -> {
            Map<ResourceKey, Manifest> contents = deployed.get(one);
            if (contents == null) {
              contents = new LinkedHashMap<>();
              for (Map<String, Object> content : one.contents()) {
                Manifest manifest = Manifest.of(content);
                contents.put(manifest.key(), manifest);
              }
            }
            next.put(one, contents);
            all.putAll(contents);
          });
    }
    deployed = next;
    rendered = all;
  }

  /** Whether what is found under a key may decide whether istiod deploys for some Gateway. */
  private boolean concernsDeployed(ResourceKey key, ClusterInventory held) {
    return !gateways.isEmpty()
        && ((DeployedGateway.isNamed(key)
                && found.get(key).isPresent() != held.get(key).isPresent())
            || found.get(key).filter(DeployedGateway::isPod).isPresent()
            || held.get(key).filter(DeployedGateway::isPod).isPresent());
  }

  private Optional<Manifest> at(ResourceKey key) {
    Manifest object = found.get(key).orElse(null);
    if (configuration) {
      if (object != null && isConfiguration(key) && isOurs(object)) {
        object = null;
      }
      object = declared.getOrDefault(key, object);
    }
    object = rendered.getOrDefault(key, object);
    for (OwnDeclaration one : own.getOrDefault(key, List.of())) {
      object = applied(one, key, object);
    }
    return Optional.ofNullable(object);
  }

  /** Whether Meshkeel put an object there: if it isn't declared any more, it goes. */
  static boolean isOurs(Manifest object) {
    return "meshkeel".equals(object.labels().get(MANAGED_BY));
  }

  static boolean isConfiguration(ResourceKey key) {
    return ObservedKinds.ISTIO.contains(key.groupKind())
        || ObservedKinds.GATEWAY_API.contains(key.groupKind());
  }

  private boolean isForCluster(Manifest declared) {
    Set<String> clusters = ObjectView.clusters(declared);
    return clusters.isEmpty() || clusters.contains(cluster.name().value());
  }

  /** The keys of what a declaration changes or makes. */
  private static List<ResourceKey> targets(OwnDeclaration own) {
    return switch (own) {
      case NamespaceSidecar sidecar ->
          sidecar.namespaces().stream()
              .map(name -> new ResourceKey("", "Namespace", "", name))
              .toList();
      case WorkloadSidecar sidecar -> List.of(sidecar.workload().key());
      case ServicePort ports -> List.of(ports.serviceKey());
      case MeshGateway gateway ->
          List.of(
              new ResourceKey("", "Service", gateway.namespace(), gateway.name()),
              new ResourceKey("apps", "Deployment", gateway.namespace(), gateway.name()));
    };
  }

  /** What a declaration makes of an object. */
  private @Nullable Manifest applied(
      OwnDeclaration own, ResourceKey key, @Nullable Manifest object) {
    return switch (own) {
      case NamespaceSidecar sidecar -> Manifest.of(injected(key.name(), object, sidecar));
      case WorkloadSidecar sidecar ->
          object == null ? null : Manifest.of(templated(object.content(), sidecar));
      case ServicePort ports ->
          object == null ? null : Manifest.of(withProtocols(object.content(), ports));
      case MeshGateway gateway ->
          Manifest.of(
              key.kind().equals("Service") ? gatewayService(gateway) : gatewayDeployment(gateway));
    };
  }

  private Map<String, Object> injected(
      String name, @Nullable Manifest found, NamespaceSidecar sidecar) {
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
    return with(content, List.of("metadata", "labels"), labels);
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
