package io.meshkeel.imports;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code MeshGateway} that renders a Gateway of class {@code istio} would have to say.
 * Whether it renders the very same is for the plan to tell.
 */
final class GatewayShape {
  static final GroupKind KIND = new GroupKind("gateway.networking.k8s.io", "Gateway");
  private static final String SERVICE_TYPE = "networking.istio.io/service-type";

  private GatewayShape() {}

  /** The spec of a candidate; empty if the Gateway is of another class. */
  static Optional<Map<String, Object>> of(Manifest gateway, List<ClusterName> clusters) {
    if (!gateway.key().groupKind().equals(KIND)
        || !"istio".equals(gateway.spec().get("gatewayClassName"))) {
      return Optional.empty();
    }
    Map<String, Object> spec = new HashMap<>();
    Map<String, Object> service = new HashMap<>();
    String type = JsonTree.string(gateway.annotations(), SERVICE_TYPE, "");
    boolean egress = gateway.key().name().contains("egress") && type.equals("ClusterIP");
    spec.put("type", egress ? "Egress" : "Ingress");
    spec.put("namespace", gateway.key().namespace());
    spec.put("clusters", clusters.stream().map(ClusterName::value).toList());
    spec.put("engine", "GatewayApi");
    if (!type.isEmpty() && !egress) {
      service.put("type", type);
    }
    Map<String, Object> annotations =
        JsonTree.map(JsonTree.map(gateway.spec(), "infrastructure"), "annotations");
    if (!annotations.isEmpty()) {
      service.put("annotations", annotations);
    }
    List<Object> ports = new ArrayList<>();
    for (Map<String, Object> listener : JsonTree.maps(gateway.spec(), "listeners")) {
      ports.add(port(listener));
    }
    if (!ports.equals(USUAL)) {
      service.put("ports", ports);
    }
    if (!service.isEmpty()) {
      spec.put("service", service);
    }
    if (gateway.labels().get("istio.io/rev") instanceof String revision) {
      spec.put("revision", revision);
    }
    return Optional.of(spec);
  }

  private static final List<Object> USUAL =
      List.of(
          Map.of("port", 80L, "name", "http2", "protocol", "HTTP"),
          Map.of("port", 443L, "name", "https", "protocol", "HTTPS"));

  private static Map<String, Object> port(Map<String, Object> listener) {
    Map<String, Object> port = new HashMap<>();
    Object number = listener.getOrDefault("port", 0L);
    String protocol = JsonTree.string(listener, "protocol", "");
    port.put("port", number);
    port.put("name", JsonTree.string(listener, "name", ""));
    port.put("protocol", protocol.equals("TLS") && number.equals(443L) ? "HTTPS" : protocol);
    return Map.copyOf(port);
  }
}
