package io.meshkeel.declaration;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the fields of one own declaration must be to each other. */
final class OwnRules {
  /**
   * Namespaces of Kubernetes itself: istiod's webhook leaves them alone ({@code IgnoredNamespaces}
   * of {@code pkg/kube/inject/inject.go}), and so do we.
   */
  static final Set<String> SYSTEM_NAMESPACES =
      Set.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");

  private static final JsonPath SPEC = JsonPath.of("spec");
  private static final List<String> SETTINGS =
      List.of("inject", "resources", "logLevel", "ports", "ranges");

  private final Map<String, Object> spec;
  private final Problems problems;

  private OwnRules(Map<String, Object> spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  /** Notes what is wrong in a {@code spec} whose fields are sound each for itself. */
  static void check(String kind, Map<String, Object> spec, Problems problems) {
    OwnRules rules = new OwnRules(spec, problems);
    switch (kind) {
      case "NamespaceSidecar" -> rules.namespaceSidecar();
      case "WorkloadSidecar" -> rules.workloadSidecar();
      case "MeshGateway" -> rules.gateway();
      default -> rules.servicePort();
    }
  }

  private void namespaceSidecar() {
    List<String> namespaces = JsonTree.strings(spec, "namespaces");
    for (int i = 0; i < namespaces.size(); i++) {
      namespace(namespaces.get(i), SPEC.field("namespaces").index(i));
    }
    String injection = JsonTree.string(spec, "injection", "");
    if (spec.containsKey("revision") && !injection.equals("Enabled")) {
      bad(
          "revision",
          "'spec.revision' says who injects, but injection is " + injection,
          "remove it, or write injection: Enabled");
    }
  }

  private void workloadSidecar() {
    namespace(JsonTree.map(spec, "workload"));
    boolean says = false;
    for (String setting : SETTINGS) {
      Object value = spec.get(setting);
      says |= value != null && !value.equals(Map.of());
    }
    if (!says) {
      problems.add(
          DeclarationError.MISSING_FIELD,
          SPEC,
          "it says nothing of the sidecar",
          "write one of " + String.join(", ", SETTINGS));
    }
    if (Boolean.FALSE.equals(spec.get("inject")) && says(SETTINGS.subList(1, SETTINGS.size()))) {
      bad(
          "inject",
          "'spec.inject' is false, and the rest is about a sidecar that isn't there",
          "remove the rest, or write inject: true");
    }
  }

  private boolean says(List<String> settings) {
    return settings.stream().anyMatch(spec::containsKey);
  }

  private void gateway() {
    namespace(JsonTree.string(spec, "namespace", ""), SPEC.field("namespace"));
    Map<String, Object> autoscaling = JsonTree.map(spec, "autoscaling");
    if (!autoscaling.isEmpty() && spec.containsKey("replicas")) {
      bad(
          "replicas",
          "'spec.replicas' and 'spec.autoscaling' are both given",
          "keep one: an autoscaler sets the number itself");
    }
    int most = OwnKinds.number(autoscaling, "max", 1);
    if (OwnKinds.number(autoscaling, "min", 1) > most) {
      problems.add(
          DeclarationError.BAD_VALUE,
          SPEC.field("autoscaling").field("min"),
          "'spec.autoscaling.min' is more than 'max'",
          "write at most " + most);
    }
    ports();
    engine();
    Map<String, Object> service = JsonTree.map(spec, "service");
    String usual =
        spec.get("type") instanceof String type && type.equals("Egress")
            ? "ClusterIP"
            : "LoadBalancer";
    String type = JsonTree.string(service, "type", usual);
    if (service.containsKey("loadBalancerClass") && !type.equals("LoadBalancer")) {
      bad("service", "'loadBalancerClass' is for a LoadBalancer, not a " + type, "remove it");
    }
    if (service.containsKey("externalTrafficPolicy") && type.equals("ClusterIP")) {
      bad("service", "'externalTrafficPolicy' has no meaning on a ClusterIP", "remove it");
    }
  }

  private void ports() {
    List<Map<String, Object>> ports = JsonTree.maps(JsonTree.map(spec, "service"), "ports");
    JsonPath at = SPEC.field("service").field("ports");
    if (!ports.isEmpty() && "EastWest".equals(spec.get("type"))) {
      problems.add(
          DeclarationError.BAD_VALUE,
          at,
          "the ports of an EastWest gateway are fixed: 15021, 15443, 15012 and 15017",
          "remove them");
    }
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      var port = OwnReader.port(ports.get(i));
      if (!seen.add(port.port()) | !seen.add(port.name())) {
        problems.add(
            DeclarationError.BAD_VALUE,
            at.index(i),
            "port " + port.port() + " (" + port.name() + ") is there twice",
            "give each port its own number and name");
      }
      if (port.port() == 15021) {
        problems.add(
            DeclarationError.BAD_VALUE,
            at.index(i),
            "15021 is the port by which a load balancer asks whether the proxy is ready",
            "remove it: it is always there");
      }
    }
  }

  private void engine() {
    if (!"GatewayApi".equals(spec.get("engine"))) {
      return;
    }
    if ("EastWest".equals(spec.get("type"))) {
      bad(
          "engine",
          "an EastWest gateway is made by Injection, the same in every cluster: one Istio Gateway"
              + " selects all its proxies",
          "write engine: Injection");
    }
    Map<String, Object> service = JsonTree.map(spec, "service");
    for (String field : List.of("replicas", "autoscaling", "resources", "affinity")) {
      if (spec.containsKey(field)) {
        notOfGatewayApi(SPEC.field(field));
      }
    }
    for (String field : List.of("loadBalancerClass", "externalTrafficPolicy")) {
      if (service.containsKey(field)) {
        notOfGatewayApi(SPEC.field("service").field(field));
      }
    }
  }

  private void notOfGatewayApi(JsonPath path) {
    problems.add(
        DeclarationError.BAD_VALUE,
        path,
        "a Gateway of the Gateway API has no field for '" + path + "'",
        "remove it, or write engine: Injection");
  }

  private void servicePort() {
    namespace(JsonTree.map(spec, "service"));
    Set<Object> seen = new HashSet<>();
    List<Map<String, Object>> ports = JsonTree.maps(spec, "ports");
    for (int i = 0; i < ports.size(); i++) {
      Object number = ports.get(i).get("port");
      if (number != null && !seen.add(number)) {
        problems.add(
            DeclarationError.BAD_VALUE,
            SPEC.field("ports").index(i).field("port"),
            "port " + number + " is there twice",
            "write it once");
      }
    }
  }

  /** Of a reference to a workload or a Service. */
  private void namespace(Map<String, Object> reference) {
    String field = spec.containsKey("workload") ? "workload" : "service";
    namespace(JsonTree.string(reference, "namespace", ""), SPEC.field(field).field("namespace"));
  }

  private void namespace(String name, JsonPath at) {
    if (SYSTEM_NAMESPACES.contains(name)) {
      problems.add(
          DeclarationError.SYSTEM_NAMESPACE,
          at,
          "'" + name + "' is a namespace of Kubernetes itself",
          "leave it alone; istiod does so too");
    }
  }

  private void bad(String field, String message, String remediation) {
    problems.add(DeclarationError.BAD_VALUE, SPEC.field(field), message, remediation);
  }
}
