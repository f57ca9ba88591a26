package io.meshkeel.view;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in a few words which hosts, workloads or ports an object changes. */
final class Effect {
  /** More names help nobody. */
  private static final int NAMES = 4;

  private Effect() {}

  /** Of an object in a control plane cluster. */
  static String of(Manifest object, Mesh.Spec mesh) {
    Map<String, Object> spec = object.spec();
    return switch (object.key().kind()) {
      case "VirtualService" -> {
        List<String> hosts = JsonTree.strings(spec, "hosts");
        yield hosts.isEmpty()
            ? "routes of the VirtualServices that delegate to it"
            : "routes of " + names(hosts);
      }
      case "DestinationRule" -> "policy and subsets of " + JsonTree.string(spec, "host", "no host");
      case "ServiceEntry" -> "adds " + names(JsonTree.strings(spec, "hosts")) + " to the registry";
      case "Gateway", "ListenerSet" ->
          object.key().group().equals("networking.istio.io")
              ? "opens " + ports(JsonTree.maps(spec, "servers")) + " on gateways " + selected(spec)
              : "opens " + ports(JsonTree.maps(spec, "listeners"));
      case "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute" ->
          "routes of " + hostnames(JsonTree.strings(spec, "hostnames"));
      case "PeerAuthentication" ->
          "mTLS "
              + JsonTree.string(JsonTree.map(spec, "mtls"), "mode", "UNSET")
              + " for "
              + workloads(object, mesh);
      case "AuthorizationPolicy" ->
          JsonTree.string(spec, "action", "ALLOW") + " rules for " + workloads(object, mesh);
      case "RequestAuthentication" -> "accepted tokens of " + workloads(object, mesh);
      case "Sidecar" -> "what " + workloads(object, mesh) + " can see and reach";
      case "EnvoyFilter" -> "patches the proxies of " + workloads(object, mesh);
      case "WasmPlugin", "TrafficExtension" -> "extends the proxies of " + workloads(object, mesh);
      case "Telemetry" -> "metrics, logs and traces of " + workloads(object, mesh);
      case "ProxyConfig" -> "proxy settings of " + workloads(object, mesh);
      case "WorkloadEntry", "WorkloadGroup" -> "endpoints outside of Kubernetes";
      case "BackendTLSPolicy" -> "TLS to " + targets(spec);
      case "ReferenceGrant" -> "references into namespace " + object.key().namespace();
      default -> "";
    };
  }

  /**
   * Of an object in a data plane cluster, whose API server no istiod asks for configuration; only
   * WorkloadEntries of remote clusters are read ({@code pilot/pkg/serviceregistry/kube/controller}
   * of istio/istio).
   */
  static String inDataPlane(Manifest object) {
    return object.key().kind().equals("WorkloadEntry")
        ? "endpoints outside of Kubernetes: istiod reads WorkloadEntries of every cluster"
        : "none: no istiod reads the configuration of a data plane cluster";
  }

  private static String names(List<String> names) {
    String first = names.stream().limit(NAMES).collect(Collectors.joining(", "));
    return names.size() > NAMES ? first + " and " + (names.size() - NAMES) + " more" : first;
  }

  private static String hostnames(List<String> names) {
    return names.isEmpty() ? "all hosts of its parents" : names(names);
  }

  private static String ports(List<Map<String, Object>> servers) {
    TreeSet<Long> ports = new TreeSet<>();
    for (Map<String, Object> server : servers) {
      if (server.get("port") instanceof Long port) {
        ports.add(port);
      } else if (JsonTree.map(server, "port").get("number") instanceof Long port) {
        ports.add(port);
      }
    }
    return ports.isEmpty()
        ? "no port"
        : "port " + ports.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String selected(Map<String, Object> spec) {
    return labels(JsonTree.map(spec, "selector"));
  }

  private static String targets(Map<String, Object> spec) {
    return names(
        JsonTree.maps(spec, "targetRefs").stream()
            .map(target -> JsonTree.string(target, "name", ""))
            .toList());
  }

  /** The workloads that a selector, target or the namespace alone means. */
  private static String workloads(Manifest object, Mesh.Spec mesh) {
    Map<String, Object> spec = object.spec();
    if (!JsonTree.maps(spec, "targetRefs").isEmpty()) {
      return targets(spec);
    }
    Map<String, Object> target = JsonTree.map(spec, "targetRef");
    if (!target.isEmpty()) {
      return JsonTree.string(target, "name", "");
    }
    Map<String, Object> labels = JsonTree.map(JsonTree.map(spec, "selector"), "matchLabels");
    if (labels.isEmpty()) {
      labels = JsonTree.map(JsonTree.map(spec, "workloadSelector"), "labels");
    }
    boolean everywhere = object.key().namespace().equals(mesh.rootNamespace());
    String where = everywhere ? "the mesh" : "namespace " + object.key().namespace();
    return labels.isEmpty()
        ? "all workloads of " + where
        : "workloads " + labels(labels) + " of " + where;
  }

  private static String labels(Map<String, Object> labels) {
    return labels.isEmpty()
        ? "of all labels"
        : labels.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .collect(Collectors.joining(","));
  }
}
