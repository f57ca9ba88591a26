package io.meshkeel.view;

import io.meshkeel.facts.GatewayNames;
import io.meshkeel.facts.Hosts;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Module {@code traffic}: each host that some object says something about. */
final class Traffic {
  private final Scene scene;
  private final String domain;
  private final String host;
  private final Set<String> gateways = new LinkedHashSet<>();
  private final List<Route> routes = new ArrayList<>();
  private final List<String> subsets = new ArrayList<>();
  private final List<String> policy = new ArrayList<>();
  private final List<String> objects = new ArrayList<>();

  private Traffic(Scene scene, String host) {
    this.scene = scene;
    this.host = host;
    this.domain = scene.spec().clusterDomain();
  }

  static List<TrafficRow> rows(Scene scene) {
    Set<String> hosts = new TreeSet<>();
    scene.controlPlanes().forEach(plane -> hosts.addAll(scene.hosts(plane).hosts()));
    List<TrafficRow> rows = new ArrayList<>();
    hosts.forEach(host -> rows.addAll(rows(scene, host)));
    return rows;
  }

  /** One line, or more if control plane clusters differ; none if nothing speaks of the host. */
  static List<TrafficRow> rows(Scene scene, String host) {
    Map<TrafficRow, List<String>> where = new LinkedHashMap<>();
    for (SceneCluster plane : scene.controlPlanes()) {
      List<Manifest> objects = scene.hosts(plane).at(host);
      if (!objects.isEmpty()) {
        where
            .computeIfAbsent(new Traffic(scene, host).row(objects), row -> new ArrayList<>())
            .add(plane.name().value());
      }
    }
    List<TrafficRow> rows = new ArrayList<>();
    where.forEach((row, clusters) ->
        rows.add(
            new TrafficRow(
                row.mesh(),
                clusters,
                row.namespace(),
                row.host(),
                row.gateways(),
                row.routes(),
                row.subsets(),
                row.policy(),
                row.objects())));
    return rows;
  }

  private TrafficRow row(List<Manifest> speaking) {
    for (Manifest object : speaking) {
      objects.add(
          object.key()
              + scene
                  .origin(object.key())
                  .map(origin -> " (" + origin.file().path() + ":" + origin.position().line() + ")")
                  .orElse(""));
      switch (object.key().kind()) {
        case "VirtualService" -> virtualService(object);
        case "DestinationRule" -> destinationRule(object);
        case "HTTPRoute", "GRPCRoute" -> route(object);
        default -> {}
      }
    }
    String namespace = speaking.getFirst().key().namespace();
    return new TrafficRow(
        scene.mesh(),
        List.of(),
        Hosts.namespaceOf(host, domain).orElse(namespace),
        host,
        List.copyOf(gateways),
        routes,
        subsets,
        policy,
        objects);
  }

  private void virtualService(Manifest object) {
    List<String> names =
        JsonTree.strings(object.spec(), "gateways").stream()
            .map(name ->
                name.equals(GatewayNames.MESH)
                    ? name
                    : GatewayNames.resolve(name, object.key().namespace()))
            .toList();
    gateways.addAll(names.isEmpty() ? List.of(GatewayNames.MESH) : names);
    routes.addAll(VirtualServiceRoutes.of(object, domain));
  }

  private void destinationRule(Manifest object) {
    for (Map<String, Object> subset : JsonTree.maps(object.spec(), "subsets")) {
      Map<String, Object> labels = new TreeMap<>(JsonTree.map(subset, "labels"));
      List<String> pairs = new ArrayList<>();
      labels.forEach((name, value) -> pairs.add(name + "=" + value));
      subsets.add(JsonTree.string(subset, "name", "-") + "(" + String.join(" ", pairs) + ")");
    }
    Map<String, Object> rules = JsonTree.map(object.spec(), "trafficPolicy");
    for (String field : new TreeMap<>(rules).keySet()) {
      Map<String, Object> value = JsonTree.map(rules, field);
      String word = JsonTree.string(value, "mode", JsonTree.string(value, "simple", ""));
      policy.add(word.isEmpty() ? field : field + " " + word);
    }
  }

  /** A route of the Gateway API; one that names a Service as parent is for sidecars. */
  private void route(Manifest object) {
    String namespace = object.key().namespace();
    Set<String> own = new LinkedHashSet<>();
    boolean ofService = false;
    boolean hereAsService = false;
    for (Map<String, Object> parent : JsonTree.maps(object.spec(), "parentRefs")) {
      String name = JsonTree.string(parent, "name", "-");
      String owner = JsonTree.string(parent, "namespace", namespace);
      if (JsonTree.string(parent, "kind", "Gateway").equals("Service")) {
        ofService = true;
        hereAsService |= Hosts.serviceName(name, owner, domain).equals(host);
      } else {
        own.add(owner + "/" + name);
      }
    }
    List<String> names = JsonTree.strings(object.spec(), "hostnames");
    boolean hereByName =
        (!own.isEmpty() || !ofService)
            && (names.isEmpty()
                ? host.equals("*")
                : names.stream().anyMatch(n -> Hosts.fqdn(n, namespace, domain).equals(host)));
    if (hereAsService) {
      gateways.add(GatewayNames.MESH);
    }
    if (hereByName) {
      gateways.addAll(own);
    }
    if (hereAsService || hereByName) {
      routes.addAll(GatewayApiRoutes.of(object, domain));
    }
  }
}
