package io.meshkeel.declaration;

import io.meshkeel.model.ClusterChoice;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ProxyResources;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.WorkloadSidecar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the own kinds that stand for objects of clusters. */
final class OwnReader {
  private static final JsonPath SPEC = JsonPath.of("spec");
  private static final Map<String, List<String>> TRAFFIC =
      Map.of(
          "ports",
          List.of("includeInbound", "excludeInbound", "includeOutbound", "excludeOutbound"),
          "ranges",
          List.of("includeOutbound", "excludeOutbound"));

  private OwnReader() {}

  /** Notes what is wrong with a document, whatever else the mesh holds. */
  static void check(String kind, String name, Map<String, Object> tree, Problems problems) {
    if (kind.equals("MeshGateway") && !name.isEmpty() && !TextForm.SERVICE.matches(name)) {
      problems.add(
          DeclarationError.NAME,
          JsonPath.of("metadata", "name"),
          "'" + Metadata.shortened(name) + "' can't be the name of a Service",
          "write " + TextForm.SERVICE.said());
    }
    Shape.Struct shape = OwnShapes.OWN.get(kind);
    if (shape == null) {
      throw new IllegalArgumentException(kind + " doesn't stand for objects of clusters");
    }
    OwnKinds.check(tree, shape, problems);
    if (problems.isEmpty()) {
      OwnRules.check(kind, JsonTree.map(tree, "spec"), problems);
    }
  }

  /** The fields that can only be judged beside the rest of the mesh. */
  static List<JsonPath> placesOf(Map<String, Object> tree) {
    Map<String, Object> spec = JsonTree.map(tree, "spec");
    List<JsonPath> paths = new ArrayList<>();
    for (String list : List.of("clusters", "namespaces")) {
      for (int i = 0; i < JsonTree.list(spec, list).size(); i++) {
        paths.add(SPEC.field(list).index(i));
      }
    }
    for (String field : List.of("workload", "service", "namespace", "engine")) {
      if (spec.containsKey(field)) {
        paths.add(SPEC.field(field));
      }
    }
    return paths;
  }

  /** A document that was found sound. */
  static OwnDeclaration read(Declaration declaration) {
    Map<String, Object> spec = declaration.manifest().spec();
    return switch (declaration.manifest().key().kind()) {
      case "NamespaceSidecar" ->
          new NamespaceSidecar(
              declaration,
              clusters(spec),
              JsonTree.strings(spec, "namespaces"),
              OwnKinds.word(
                  spec,
                  "injection",
                  NamespaceSidecar.Injection.values(),
                  NamespaceSidecar.Injection::word,
                  NamespaceSidecar.Injection.ENABLED),
              OwnKinds.text(spec, "revision"));
      case "WorkloadSidecar" -> workload(declaration, spec);
      case "MeshGateway" -> gateway(declaration, spec);
      case "ServicePort" -> servicePort(declaration, spec);
      default -> throw new IllegalArgumentException(declaration.manifest().key().toString());
    };
  }

  private static ClusterChoice clusters(Map<String, Object> spec) {
    return spec.get("clusters") instanceof List<?>
        ? ClusterChoice.of(JsonTree.strings(spec, "clusters"))
        : ClusterChoice.ALL;
  }

  private static WorkloadSidecar workload(Declaration declaration, Map<String, Object> spec) {
    Map<String, Object> workload = JsonTree.map(spec, "workload");
    Map<String, String> traffic = new TreeMap<>();
    TRAFFIC.forEach((group, names) -> {
      Map<String, Object> values = JsonTree.map(spec, group);
      for (String name : names) {
        if (values.get(name) instanceof Object value) {
          traffic.put(name + (group.equals("ports") ? "Ports" : "IPRanges"), list(value));
        }
      }
    });
    return new WorkloadSidecar(
        declaration,
        clusters(spec),
        new WorkloadSidecar.Workload(
            JsonTree.string(workload, "kind", ""),
            JsonTree.string(workload, "namespace", ""),
            JsonTree.string(workload, "name", "")),
        spec.get("inject") instanceof Boolean inject ? Optional.of(inject) : Optional.empty(),
        resources(spec),
        OwnKinds.text(spec, "logLevel"),
        traffic,
        OwnKinds.word(
            spec,
            "restart",
            WorkloadSidecar.Restart.values(),
            WorkloadSidecar.Restart::word,
            WorkloadSidecar.Restart.IF_NEEDED));
  }

  /** A list as Istio's annotations have it. */
  private static String list(Object value) {
    return value instanceof List<?> items
        ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
        : value.toString();
  }

  private static ProxyResources resources(Map<String, Object> spec) {
    Map<String, Object> resources = JsonTree.map(spec, "resources");
    return new ProxyResources(
        quantity(resources, "cpu"),
        quantity(resources, "memory"),
        quantity(resources, "cpuLimit"),
        quantity(resources, "memoryLimit"));
  }

  private static Optional<String> quantity(Map<String, Object> resources, String name) {
    return Optional.ofNullable(resources.get(name)).map(Object::toString);
  }

  private static MeshGateway gateway(Declaration declaration, Map<String, Object> spec) {
    Map<String, Object> service = JsonTree.map(spec, "service");
    Map<String, Object> autoscaling = JsonTree.map(spec, "autoscaling");
    return new MeshGateway(
        declaration,
        clusters(spec),
        OwnKinds.word(
            spec,
            "type",
            MeshGateway.Type.values(),
            MeshGateway.Type::word,
            MeshGateway.Type.INGRESS),
        JsonTree.string(spec, "namespace", ""),
        OwnKinds.word(
            spec,
            "engine",
            MeshGateway.Engine.values(),
            MeshGateway.Engine::word,
            MeshGateway.Engine.AUTO),
        spec.containsKey("replicas")
            ? Optional.of(OwnKinds.number(spec, "replicas", 1))
            : Optional.empty(),
        autoscaling.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new MeshGateway.Autoscaling(
                    OwnKinds.number(autoscaling, "min", 1),
                    OwnKinds.number(autoscaling, "max", 1),
                    OwnKinds.number(autoscaling, "cpu", 80))),
        new MeshGateway.Service(
            OwnKinds.text(service, "type"),
            JsonTree.maps(service, "ports").stream().map(OwnReader::port).toList(),
            texts(JsonTree.map(service, "annotations")),
            OwnKinds.text(service, "loadBalancerClass"),
            OwnKinds.text(service, "externalTrafficPolicy")),
        resources(spec),
        JsonTree.map(spec, "affinity"),
        OwnKinds.text(spec, "revision"));
  }

  /** A port with what isn't said filled in. */
  static MeshGateway.Port port(Map<String, Object> port) {
    int number = OwnKinds.number(port, "port", 0);
    String usual =
        switch (number) {
          case 80 -> "HTTP";
          case 443 -> "HTTPS";
          default -> "TCP";
        };
    String protocol = JsonTree.string(port, "protocol", usual);
    return new MeshGateway.Port(
        JsonTree.string(port, "name", protocol.toLowerCase(Locale.ROOT) + "-" + number),
        number,
        OwnKinds.number(port, "targetPort", number),
        protocol);
  }

  private static Map<String, String> texts(Map<String, Object> tree) {
    Map<String, String> texts = new TreeMap<>();
    tree.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  private static ServicePort servicePort(Declaration declaration, Map<String, Object> spec) {
    Map<String, Object> service = JsonTree.map(spec, "service");
    List<ServicePort.Port> ports = new ArrayList<>();
    for (Map<String, Object> port : JsonTree.maps(spec, "ports")) {
      ports.add(
          new ServicePort.Port(
              OwnKinds.number(port, "port", 0), JsonTree.string(port, "appProtocol", "")));
    }
    return new ServicePort(
        declaration,
        clusters(spec),
        JsonTree.string(service, "namespace", ""),
        JsonTree.string(service, "name", ""),
        ports);
  }
}
