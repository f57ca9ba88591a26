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

/** Module {@code traffic}: each host that some object says something about. */
final class Traffic {
  private final Scene scene;
  private final String domain;
  private final Map<String, Collected> hosts = new TreeMap<>();

  /** What was found for one host, in the order of the objects. */
  private static final class Collected {
    private final String namespace;
    private final Set<String> gateways = new LinkedHashSet<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<String> subsets = new ArrayList<>();
    private final List<String> policy = new ArrayList<>();
    private final List<String> objects = new ArrayList<>();

    Collected(String namespace) {
      this.namespace = namespace;
    }
  }

  private Traffic(Scene scene) {
    this.scene = scene;
    this.domain = scene.spec().clusterDomain();
  }

  static List<TrafficRow> rows(Scene scene) {
    Map<TrafficRow, List<String>> where = new LinkedHashMap<>();
    for (SceneCluster plane : scene.controlPlanes()) {
      for (TrafficRow row : new Traffic(scene).rows(plane)) {
        where.computeIfAbsent(row, r -> new ArrayList<>()).add(plane.name().value());
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

  private List<TrafficRow> rows(SceneCluster plane) {
    scene.configuration(plane).stream()
        .sorted((one, other) -> one.key().compareTo(other.key()))
        .forEach(object -> {
          switch (object.key().kind()) {
            case "VirtualService" -> virtualService(object);
            case "DestinationRule" -> destinationRule(object);
            case "ServiceEntry" ->
                JsonTree.strings(object.spec(), "hosts").forEach(host -> at(host, object));
            case "HTTPRoute", "GRPCRoute" -> route(object);
            default -> {}
          }
        });
    List<TrafficRow> rows = new ArrayList<>();
    hosts.forEach((host, found) ->
        rows.add(
            new TrafficRow(
                scene.mesh(),
                List.of(),
                found.namespace,
                host,
                List.copyOf(found.gateways),
                found.routes,
                found.subsets,
                found.policy,
                found.objects)));
    return rows;
  }

  private Collected at(String host, Manifest object) {
    String fqdn = Hosts.fqdn(host, object.key().namespace(), domain);
    Collected found =
        hosts.computeIfAbsent(
            fqdn,
            name ->
                new Collected(Hosts.namespaceOf(name, domain).orElse(object.key().namespace())));
    String text =
        object.key()
            + scene
                .origin(object.key())
                .map(origin -> " (" + origin.file().path() + ":" + origin.position().line() + ")")
                .orElse("");
    if (!found.objects.contains(text)) {
      found.objects.add(text);
    }
    return found;
  }

  private void virtualService(Manifest object) {
    List<String> gateways =
        JsonTree.strings(object.spec(), "gateways").stream()
            .map(name ->
                name.equals(GatewayNames.MESH)
                    ? name
                    : GatewayNames.resolve(name, object.key().namespace()))
            .toList();
    List<Route> routes = VirtualServiceRoutes.of(object, domain);
    for (String host : JsonTree.strings(object.spec(), "hosts")) {
      Collected found = at(host, object);
      found.gateways.addAll(gateways.isEmpty() ? List.of(GatewayNames.MESH) : gateways);
      found.routes.addAll(routes);
    }
  }

  private void destinationRule(Manifest object) {
    Collected found = at(JsonTree.string(object.spec(), "host", "-"), object);
    for (Map<String, Object> subset : JsonTree.maps(object.spec(), "subsets")) {
      Map<String, Object> labels = new TreeMap<>(JsonTree.map(subset, "labels"));
      List<String> pairs = new ArrayList<>();
      labels.forEach((name, value) -> pairs.add(name + "=" + value));
      found.subsets.add(JsonTree.string(subset, "name", "-") + "(" + String.join(" ", pairs) + ")");
    }
    Map<String, Object> policy = JsonTree.map(object.spec(), "trafficPolicy");
    for (String field : new TreeMap<>(policy).keySet()) {
      Map<String, Object> value = JsonTree.map(policy, field);
      String word = JsonTree.string(value, "mode", JsonTree.string(value, "simple", ""));
      found.policy.add(word.isEmpty() ? field : field + " " + word);
    }
  }

  /** A route of the Gateway API; one that names a Service as parent is for sidecars. */
  private void route(Manifest object) {
    String namespace = object.key().namespace();
    List<Route> routes = GatewayApiRoutes.of(object, domain);
    Set<String> gateways = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>(JsonTree.strings(object.spec(), "hostnames"));
    boolean ofService = false;
    for (Map<String, Object> parent : JsonTree.maps(object.spec(), "parentRefs")) {
      String name = JsonTree.string(parent, "name", "-");
      String owner = JsonTree.string(parent, "namespace", namespace);
      if (JsonTree.string(parent, "kind", "Gateway").equals("Service")) {
        ofService = true;
        Collected found = at(Hosts.serviceName(name, owner, domain), object);
        found.gateways.add(GatewayNames.MESH);
        found.routes.addAll(routes);
      } else {
        gateways.add(owner + "/" + name);
      }
    }
    if (gateways.isEmpty() && ofService) {
      return;
    }
    for (String host : names.isEmpty() ? Set.of("*") : names) {
      Collected found = at(host, object);
      found.gateways.addAll(gateways);
      found.routes.addAll(routes);
    }
  }
}
