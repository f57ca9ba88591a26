package io.meshkeel.facts.joined;

import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What istiod deploys for a Gateway of the Gateway API: {@code
 * pilot/pkg/config/kube/gateway/deploymentcontroller.go} of istio/istio, release 1.31.
 *
 * @param gateway the Gateway
 * @param name of its Deployment and Service
 * @param waypoint whether it serves an ambient namespace or service
 */
record DeployedGateway(Manifest gateway, String name, boolean waypoint) {
  private static final GroupKind GATEWAY = new GroupKind("gateway.networking.k8s.io", "Gateway");
  private static final String NAME_OVERRIDE = "gateway.istio.io/name-override";
  private static final Set<String> CLASSES = Set.of("istio", "istio-waypoint");

  /** Whether an object may be such a Gateway. */
  static boolean isOne(ResourceKey key) {
    return key.groupKind().equals(GATEWAY);
  }

  /** Whether an object may be the Deployment that somebody else keeps for one. */
  static boolean isNamed(ResourceKey key) {
    return key.groupKind().equals(ObservedKinds.DEPLOYMENT);
  }

  /** Whether an object is a pod of a Gateway. */
  static boolean isPod(Manifest object) {
    return object.key().groupKind().equals(ObservedKinds.POD)
        && Labels.of(object.labels()).containsKey(PodShape.GATEWAY_NAME);
  }

  /** Nothing for other objects and classes, and where an address is set or pods are there. */
  static Optional<DeployedGateway> of(Manifest object, ClusterInventory found) {
    if (!object.key().groupKind().equals(GATEWAY)) {
      return Optional.empty();
    }
    String gatewayClass = JsonTree.string(object.spec(), "gatewayClassName", "");
    if (!CLASSES.contains(gatewayClass)
        || JsonTree.maps(object.spec(), "addresses").stream()
            .anyMatch(one -> !JsonTree.string(one, "type", "IPAddress").equals("IPAddress"))) {
      return Optional.empty();
    }
    boolean waypoint = gatewayClass.equals("istio-waypoint");
    String name = object.key().name();
    String deployed =
        Labels.of(object.annotations())
            .getOrDefault(NAME_OVERRIDE, waypoint ? name : name + "-" + gatewayClass);
    ResourceKey key = new ResourceKey("apps", "Deployment", object.key().namespace(), deployed);
    return found.get(key).isPresent() || hasPods(object, found)
        ? Optional.empty()
        : Optional.of(new DeployedGateway(object, deployed, waypoint));
  }

  private static boolean hasPods(Manifest gateway, ClusterInventory found) {
    return found.of(ObservedKinds.POD).stream()
        .anyMatch(pod ->
            pod.key().namespace().equals(gateway.key().namespace())
                && gateway.key().name().equals(Labels.of(pod.labels()).get(PodShape.GATEWAY_NAME)));
  }

  /** The Deployment and the Service, as far as anything depends on them. */
  List<Map<String, Object>> contents() {
    return List.of(deployment(), service());
  }

  private Map<String, Object> metadata() {
    return Map.of("name", name, "namespace", gateway.key().namespace(), "labels", labels());
  }

  private Map<String, Object> labels() {
    Map<String, Object> labels =
        new TreeMap<>(JsonTree.map(JsonTree.map(gateway.spec(), "infrastructure"), "labels"));
    labels.put(PodShape.GATEWAY_NAME, gateway.key().name());
    labels.put(
        "gateway.istio.io/managed",
        waypoint ? "istio.io-mesh-controller" : "istio.io-gateway-controller");
    return labels;
  }

  private Map<String, Object> deployment() {
    Map<String, Object> labels = new TreeMap<>(labels());
    labels.put("sidecar.istio.io/inject", "false");
    Map<String, Object> container =
        Map.of(
            "name",
            PodShape.PROXY_CONTAINER,
            "args",
            List.of("proxy", waypoint ? "waypoint" : "router"));
    return Map.of(
        "apiVersion",
        "apps/v1",
        "kind",
        "Deployment",
        "metadata",
        metadata(),
        "spec",
        Map.of(
            "template",
            Map.of(
                "metadata",
                Map.of("labels", labels),
                "spec",
                Map.of("serviceAccountName", name, "containers", List.of(container)))));
  }

  private Map<String, Object> service() {
    Map<Object, Object> ports = new TreeMap<>();
    for (Map<String, Object> listener : JsonTree.maps(gateway.spec(), "listeners")) {
      if (listener.get("port") instanceof Long number) {
        ports.putIfAbsent(
            number,
            Map.of(
                "name",
                JsonTree.string(listener, "name", "port-" + number),
                "port",
                number,
                "appProtocol",
                JsonTree.string(listener, "protocol", "TCP").toLowerCase(Locale.ROOT)));
      }
    }
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Service",
        "metadata",
        metadata(),
        "spec",
        Map.of(
            "type",
            waypoint ? "ClusterIP" : "LoadBalancer",
            "selector",
            Map.of(PodShape.GATEWAY_NAME, gateway.key().name()),
            "ports",
            new ArrayList<>(ports.values())));
  }
}
