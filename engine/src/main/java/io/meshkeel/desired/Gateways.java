package io.meshkeel.desired;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.MeshGateway.Type;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Renders gateways for one cluster: by the engine that is declared, or by what is possible. */
final class Gateways {
  private static final String GATEWAY_API = "gateway.networking.k8s.io";
  private static final GroupKind GATEWAY = new GroupKind(GATEWAY_API, "Gateway");

  private final Mesh mesh;
  private final MeshCluster cluster;
  private final ApplySet applySet;

  Gateways(Mesh mesh, MeshCluster cluster, ApplySet applySet) {
    this.mesh = mesh;
    this.cluster = cluster;
    this.applySet = applySet;
  }

  /** What a gateway chosen for this cluster consists of. */
  void render(MeshGateway gateway, Consumer<DesiredObject> sure, Consumer<Alternative> either) {
    boolean here = cluster.role() == MeshCluster.Role.CONTROL_PLANE;
    switch (gateway.engine()) {
      case GATEWAY_API -> sure.accept(ours(gateway, gatewayApi(gateway)));
      case INJECTION -> injected(gateway).forEach(sure);
      case AUTO -> {
        if (!here || gateway.needsInjection()) {
          injected(gateway).forEach(sure);
        } else {
          either.accept(
              new Alternative(
                  GATEWAY,
                  byKey(List.of(ours(gateway, gatewayApi(gateway)))),
                  byKey(injected(gateway))));
        }
      }
    }
  }

  /**
   * The Istio Gateway by which traffic of other networks passes an {@code EastWest} gateway
   * untouched ({@code samples/multicluster/expose-services.yaml} of Istio). It takes effect where
   * istiod reads it, whatever clusters the proxies run in.
   */
  DesiredObject crossNetwork(MeshGateway gateway) {
    List<String> hosts = new ArrayList<>(List.of("*.local"));
    String domain = mesh.spec().clusterDomain();
    if (!domain.endsWith(".local")) {
      hosts.add("*." + domain);
    }
    Map<String, Object> spec =
        Map.of(
            "selector",
            InjectedGateway.selector(gateway),
            "servers",
            List.of(
                Map.of(
                    "port",
                    Map.of("number", 15443, "name", "tls", "protocol", "TLS"),
                    "tls",
                    Map.of("mode", "AUTO_PASSTHROUGH"),
                    "hosts",
                    hosts)));
    return ours(
        gateway,
        Sidecars.object(
            "networking.istio.io/v1",
            "Gateway",
            Map.of("name", gateway.name() + "-cross-network", "namespace", gateway.namespace()),
            spec));
  }

  private List<DesiredObject> injected(MeshGateway gateway) {
    return new InjectedGateway(gateway, revision(gateway), cluster.network())
        .objects().stream().map(object -> ours(gateway, object)).toList();
  }

  private String revision(MeshGateway gateway) {
    return gateway.revision().orElse(mesh.spec().revision());
  }

  /**
   * A Gateway of class {@code istio}: istiod makes Deployment and Service of it ({@code
   * files/kube-gateway.yaml} of the chart istio-discovery). Labels of {@code infrastructure} come
   * to be on the pods; without them the Gateway's own labels would, our part-of label among them.
   */
  private Map<String, Object> gatewayApi(MeshGateway gateway) {
    Map<String, Object> infrastructure = new HashMap<>();
    infrastructure.put("labels", InjectedGateway.selector(gateway));
    if (!gateway.service().annotations().isEmpty()) {
      infrastructure.put("annotations", gateway.service().annotations());
    }
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", gateway.name());
    metadata.put("namespace", gateway.namespace());
    if (gateway.service().type().isPresent() || gateway.type() == Type.EGRESS) {
      metadata.put(
          "annotations",
          Map.of("networking.istio.io/service-type", InjectedGateway.serviceType(gateway)));
    }
    if (!revision(gateway).equals("default")) {
      metadata.put("labels", Map.of(Sidecars.REVISION, revision(gateway)));
    }
    List<Map<String, Object>> listeners = new ArrayList<>();
    if (gateway.service().ports().isEmpty()) {
      listeners.add(listener("http2", 80, "HTTP"));
      listeners.add(listener("https", 443, "HTTPS"));
    } else {
      gateway
          .service()
          .ports()
          .forEach(port -> listeners.add(listener(port.name(), port.port(), port.protocol())));
    }
    return Sidecars.object(
        GATEWAY_API + "/v1",
        "Gateway",
        metadata,
        Map.of(
            "gatewayClassName", "istio", "infrastructure", infrastructure, "listeners", listeners));
  }

  private static Map<String, Object> listener(String name, int port, String protocol) {
    Map<String, Object> listener = new HashMap<>();
    listener.put("name", name);
    listener.put("port", port);
    listener.put("allowedRoutes", Map.of("namespaces", Map.of("from", "All")));
    if (protocol.equals("HTTPS") || protocol.equals("TLS")) {
      listener.put("protocol", "TLS");
      listener.put("tls", Map.of("mode", "Passthrough"));
    } else {
      listener.put("protocol", protocol);
    }
    return listener;
  }

  private DesiredObject ours(MeshGateway gateway, Map<String, Object> content) {
    return Rendering.of(content, gateway.declaration(), applySet, mesh.spec().clusterDomain());
  }

  private static Map<ResourceKey, DesiredObject> byKey(List<DesiredObject> objects) {
    Map<ResourceKey, DesiredObject> byKey = new HashMap<>();
    objects.forEach(object -> byKey.put(object.key(), object));
    return byKey;
  }
}
