package io.meshkeel.view;

import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.Pod;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Module {@code gateways}: workloads whose proxies are gateways. */
final class Gateways {
  static final GroupKind ISTIO = new GroupKind("networking.istio.io", "Gateway");
  static final GroupKind GATEWAY_API = new GroupKind("gateway.networking.k8s.io", "Gateway");

  /** The port of cross-network traffic: {@code samples/multicluster/gen-eastwest-gateway.sh}. */
  private static final long CROSS_NETWORK = 15443;

  private Gateways() {}

  static List<GatewayRow> rows(Scene scene) {
    List<GatewayRow> rows = new ArrayList<>();
    for (SceneCluster cluster : scene.clusters()) {
      List<Manifest> objects = gateways(scene, cluster);
      for (Workload workload : scene.workloads(cluster).all()) {
        if (workload.role() == Proxy.Role.GATEWAY) {
          rows.add(row(scene, cluster, workload, objects));
        }
      }
    }
    return rows;
  }

  /** The Gateways that count in a cluster. */
  static List<Manifest> gateways(Scene scene, SceneCluster cluster) {
    List<Manifest> objects = new ArrayList<>();
    scene
        .governing(cluster)
        .ifPresent(plane -> {
          objects.addAll(scene.configuration(plane, GATEWAY_API));
          objects.addAll(scene.configuration(plane, ISTIO));
        });
    return objects;
  }

  /** The row of a workload; empty if it is no gateway or gone. */
  static Optional<GatewayRow> row(
      Scene scene, SceneCluster cluster, WorkloadKey key, List<Manifest> objects) {
    return scene
        .workloads(cluster)
        .get(key)
        .filter(workload -> workload.role() == Proxy.Role.GATEWAY)
        .map(workload -> row(scene, cluster, workload, objects));
  }

  private static GatewayRow row(
      Scene scene, SceneCluster cluster, Workload workload, List<Manifest> objects) {
    TreeSet<String> hosts = new TreeSet<>();
    List<String> gateways = new ArrayList<>();
    boolean passthrough = false;
    for (Manifest object : objects) {
      if (isOn(object, workload)) {
        gateways.add(object.key().groupKind() + " " + id(object));
        passthrough |= serves(object, hosts);
      }
    }
    TreeSet<String> addresses = new TreeSet<>();
    TreeSet<Long> ports = new TreeSet<>();
    for (Manifest service : services(scene, cluster, workload)) {
      addresses.addAll(addresses(service));
      JsonTree.maps(service.spec(), "ports")
          .forEach(port -> ports.add(Istiod.number(port, "port", 0)));
    }
    return new GatewayRow(
        scene.mesh(),
        cluster.name().value(),
        workload.key().namespace(),
        workload.key().name(),
        type(workload, passthrough || ports.contains(CROSS_NETWORK)),
        workload.labels().containsKey(PodShape.GATEWAY_NAME) ? "GatewayApi" : "Injection",
        List.copyOf(addresses),
        List.copyOf(ports),
        List.copyOf(hosts),
        workload.pods().stream().filter(Pod::ready).count(),
        workload.pods().size(),
        gateways,
        GatewayBounds.autoscaling(cluster, workload),
        GatewayBounds.disruption(cluster, workload));
  }

  static String id(Manifest object) {
    return object.key().namespace() + "/" + object.key().name();
  }

  /**
   * Whether a Gateway's proxies are this workload: Istio's selects by label in all namespaces,
   * where it has no selector every gateway; that of the Gateway API owns the workload.
   */
  private static boolean isOn(Manifest gateway, Workload workload) {
    GroupKind kind = gateway.key().groupKind();
    if (kind.equals(ISTIO)) {
      return workload.selectedBy(Labels.of(JsonTree.map(gateway.spec(), "selector")));
    }
    return kind.equals(GATEWAY_API)
        && gateway.key().namespace().equals(workload.key().namespace())
        && gateway.key().name().equals(workload.labels().get(PodShape.GATEWAY_NAME));
  }

  /** Adds the hosts; whether it passes traffic of other networks through. */
  private static boolean serves(Manifest gateway, TreeSet<String> hosts) {
    boolean passthrough = false;
    for (Map<String, Object> server : JsonTree.maps(gateway.spec(), "servers")) {
      hosts.addAll(JsonTree.strings(server, "hosts"));
      passthrough |= "AUTO_PASSTHROUGH".equals(JsonTree.map(server, "tls").get("mode"));
    }
    for (Map<String, Object> listener : JsonTree.maps(gateway.spec(), "listeners")) {
      hosts.add(JsonTree.string(listener, "hostname", "*"));
    }
    return passthrough;
  }

  private static List<Manifest> services(Scene scene, SceneCluster cluster, Workload workload) {
    return scene.services().selecting(workload).stream()
        .map(ClusterService::key)
        .flatMap(key ->
            cluster.get(new ResourceKey("", "Service", key.namespace(), key.name())).stream())
        .toList();
  }

  private static List<String> addresses(Manifest service) {
    List<String> addresses = new ArrayList<>(JsonTree.strings(service.spec(), "externalIPs"));
    Optional<Object> ingress =
        JsonPath.of("status", "loadBalancer", "ingress").find(service.content());
    if (ingress.isPresent() && ingress.get() instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map) {
          Object address = map.get("ip") == null ? map.get("hostname") : map.get("ip");
          if (address instanceof String text) {
            addresses.add(text);
          }
        }
      }
    }
    if (addresses.isEmpty()) {
      String inner = JsonTree.string(service.spec(), "clusterIP", "");
      if (!inner.isEmpty() && !inner.equals("None")) {
        addresses.add(inner);
      }
    }
    return addresses;
  }

  private static String type(Workload workload, boolean crossNetwork) {
    if (crossNetwork) {
      return "EastWest";
    }
    String name = workload.labels().getOrDefault("istio", workload.key().name());
    return name.contains("egress") ? "Egress" : "Ingress";
  }
}
