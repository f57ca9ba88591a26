package io.meshkeel.desired;

import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.MeshGateway.Type;
import io.meshkeel.model.ProxyResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Renders a gateway whose pods istiod's webhook completes: what the chart {@code
 * manifests/charts/gateway} of Istio installs.
 */
final class InjectedGateway {
  private static final String NETWORK_VIEW = "ISTIO_META_REQUESTED_NETWORK_VIEW";

  private final MeshGateway gateway;
  private final String revision;
  private final Optional<String> network;
  private final Map<String, Object> selector;

  /**
   * @param revision of istiod
   * @param network of the cluster; matters for an {@code EastWest} gateway only
   */
  InjectedGateway(MeshGateway gateway, String revision, Optional<String> network) {
    this.gateway = gateway;
    this.revision = revision;
    this.network = gateway.type() == Type.EAST_WEST ? network : Optional.empty();
    this.selector = selector(gateway);
  }

  /** The labels by which its pods are selected, in every cluster: those of Istio's chart. */
  static Map<String, Object> selector(MeshGateway gateway) {
    String name = gateway.name();
    return Map.of("app", name, "istio", name.startsWith("istio-") ? name.substring(6) : name);
  }

  List<Map<String, Object>> objects() {
    List<Map<String, Object>> objects = new ArrayList<>();
    objects.add(object("v1", "ServiceAccount", Map.of()));
    objects.add(role());
    objects.add(roleBinding());
    objects.add(object("apps/v1", "Deployment", deployment()));
    objects.add(service());
    gateway
        .autoscaling()
        .ifPresent(autoscaling ->
            objects.add(
                object("autoscaling/v2", "HorizontalPodAutoscaler", autoscaler(autoscaling))));
    objects.add(
        object(
            "policy/v1",
            "PodDisruptionBudget",
            Map.of("maxUnavailable", 1, "selector", Map.of("matchLabels", selector))));
    return objects;
  }

  private Map<String, Object> object(String apiVersion, String kind, Map<String, Object> spec) {
    return Sidecars.object(apiVersion, kind, metadata(Map.of(), Map.of()), spec);
  }

  private Map<String, Object> metadata(
      Map<String, Object> moreLabels, Map<String, String> annotations) {
    Map<String, Object> labels = new HashMap<>(selector);
    labels.putAll(moreLabels);
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", gateway.name());
    metadata.put("namespace", gateway.namespace());
    metadata.put("labels", labels);
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    return metadata;
  }

  /** istiod hands a gateway only certificates that its service account may read. */
  private Map<String, Object> role() {
    Map<String, Object> role = object("rbac.authorization.k8s.io/v1", "Role", Map.of());
    role.put(
        "rules",
        List.of(
            Map.of(
                "apiGroups",
                List.of(""),
                "resources",
                List.of("secrets"),
                "verbs",
                List.of("get", "list", "watch"))));
    return role;
  }

  private Map<String, Object> roleBinding() {
    Map<String, Object> binding = object("rbac.authorization.k8s.io/v1", "RoleBinding", Map.of());
    binding.put(
        "roleRef",
        Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "Role", "name", gateway.name()));
    binding.put(
        "subjects",
        List.of(
            Map.of(
                "kind",
                "ServiceAccount",
                "name",
                gateway.name(),
                "namespace",
                gateway.namespace())));
    return binding;
  }

  private Map<String, Object> deployment() {
    Map<String, Object> podLabels = new HashMap<>(selector);
    podLabels.put("sidecar.istio.io/inject", "true");
    if (!revision.equals("default")) {
      podLabels.put(Sidecars.REVISION, revision);
    }
    network.ifPresent(name -> podLabels.put(Sidecars.NETWORK, name));
    Map<String, Object> annotations =
        Map.of(
            "inject.istio.io/templates",
            "gateway",
            "prometheus.io/path",
            "/stats/prometheus",
            "prometheus.io/port",
            "15020",
            "prometheus.io/scrape",
            "true");
    Map<String, Object> spec = new HashMap<>();
    gateway.replicas().ifPresent(replicas -> spec.put("replicas", replicas));
    spec.put("selector", Map.of("matchLabels", selector));
    spec.put(
        "template",
        Map.of(
            "metadata",
            Map.of("labels", podLabels, "annotations", annotations),
            "spec",
            podSpec()));
    return spec;
  }

  private Map<String, Object> podSpec() {
    Map<String, Object> pod = new HashMap<>();
    pod.put("serviceAccountName", gateway.name());
    pod.put(
        "securityContext",
        Map.of(
            "sysctls",
            List.of(Map.of("name", "net.ipv4.ip_unprivileged_port_start", "value", "0"))));
    pod.put("terminationGracePeriodSeconds", 30);
    if (!gateway.affinity().isEmpty()) {
      pod.put("affinity", gateway.affinity());
    }
    Map<String, Object> container = new HashMap<>();
    container.put("name", "istio-proxy");
    container.put("image", "auto");
    container.put(
        "securityContext",
        Map.of(
            "capabilities",
            Map.of("drop", List.of("ALL")),
            "allowPrivilegeEscalation",
            false,
            "privileged",
            false,
            "readOnlyRootFilesystem",
            true,
            "runAsNonRoot",
            true,
            "runAsUser",
            1337,
            "runAsGroup",
            1337));
    container.put(
        "ports",
        List.of(Map.of("containerPort", 15090, "name", "http-envoy-prom", "protocol", "TCP")));
    container.put("resources", resources());
    network.ifPresent(
        name -> container.put("env", List.of(Map.of("name", NETWORK_VIEW, "value", name))));
    pod.put("containers", List.of(container));
    return pod;
  }

  private Map<String, Object> resources() {
    ProxyResources said = gateway.resources();
    return Map.of(
        "requests",
        Map.of(
            "cpu",
            Quantity.ofContainer(said.cpu().orElse("100m")),
            "memory",
            Quantity.ofContainer(said.memory().orElse("128Mi"))),
        "limits",
        Map.of(
            "cpu",
            Quantity.ofContainer(said.cpuLimit().orElse("2")),
            "memory",
            Quantity.ofContainer(said.memoryLimit().orElse("1Gi"))));
  }

  private Map<String, Object> service() {
    Map<String, Object> labels = new HashMap<>();
    network.ifPresent(name -> labels.put(Sidecars.NETWORK, name));
    Map<String, Object> spec = new HashMap<>();
    MeshGateway.Service said = gateway.service();
    spec.put("type", serviceType(gateway));
    spec.put("selector", selector);
    spec.put("ports", ports());
    said.loadBalancerClass().ifPresent(name -> spec.put("loadBalancerClass", name));
    said.externalTrafficPolicy().ifPresent(word -> spec.put("externalTrafficPolicy", word));
    return Sidecars.object("v1", "Service", metadata(labels, said.annotations()), spec);
  }

  /** The type of the Service, said or usual. */
  static String serviceType(MeshGateway gateway) {
    return gateway
        .service()
        .type()
        .orElse(gateway.type() == Type.EGRESS ? "ClusterIP" : "LoadBalancer");
  }

  private List<Map<String, Object>> ports() {
    List<Map<String, Object>> ports = new ArrayList<>();
    ports.add(port("status-port", 15021, 15021));
    if (gateway.type() == Type.EAST_WEST) {
      ports.add(port("tls", 15443, 15443));
      ports.add(port("tls-istiod", 15012, 15012));
      ports.add(port("tls-webhook", 15017, 15017));
    } else if (gateway.service().ports().isEmpty()) {
      ports.add(port("http2", 80, 80));
      ports.add(port("https", 443, 443));
    } else {
      gateway
          .service()
          .ports()
          .forEach(each -> ports.add(port(each.name(), each.port(), each.targetPort())));
    }
    return ports;
  }

  private static Map<String, Object> port(String name, int port, int targetPort) {
    return Map.of("name", name, "port", port, "targetPort", targetPort, "protocol", "TCP");
  }

  private Map<String, Object> autoscaler(MeshGateway.Autoscaling autoscaling) {
    return Map.of(
        "scaleTargetRef",
        Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", gateway.name()),
        "minReplicas",
        autoscaling.min(),
        "maxReplicas",
        autoscaling.max(),
        "metrics",
        List.of(
            Map.of(
                "type",
                "Resource",
                "resource",
                Map.of(
                    "name",
                    "cpu",
                    "target",
                    Map.of("type", "Utilization", "averageUtilization", autoscaling.cpu())))));
  }
}
