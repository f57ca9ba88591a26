package io.meshkeel.view;

import io.meshkeel.facts.Hosts;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules of an HTTPRoute or GRPCRoute. */
final class GatewayApiRoutes {
  private GatewayApiRoutes() {}

  static List<Route> of(Manifest object, String domain) {
    List<Route> routes = new ArrayList<>();
    for (Map<String, Object> rule : JsonTree.maps(object.spec(), "rules")) {
      List<Map<String, Object>> backends = JsonTree.maps(rule, "backendRefs");
      long sum = backends.stream().mapToLong(one -> Istiod.number(one, "weight", 1)).sum();
      List<Route.Target> targets = new ArrayList<>();
      for (Map<String, Object> backend : backends) {
        targets.add(
            new Route.Target(
                host(backend, object.key().namespace(), domain),
                "",
                Istiod.number(backend, "port", 0),
                sum == 0 ? 0 : Istiod.number(backend, "weight", 1) * 100 / sum));
      }
      List<String> matches = new ArrayList<>();
      JsonTree.maps(rule, "matches").forEach(match -> matches.add(match(match)));
      List<String> filters =
          JsonTree.maps(rule, "filters").stream()
              .map(filter -> JsonTree.string(filter, "type", ""))
              .toList();
      routes.add(
          new Route("http", String.join(" or ", matches), targets, String.join(", ", filters)));
    }
    return routes;
  }

  /** A Service, or an Istio host: {@code kind: Hostname} of {@code networking.istio.io}. */
  private static String host(Map<String, Object> backend, String namespace, String domain) {
    String name = JsonTree.string(backend, "name", "-");
    return JsonTree.string(backend, "kind", "Service").equals("Service")
        ? Hosts.serviceName(name, JsonTree.string(backend, "namespace", namespace), domain)
        : name;
  }

  private static String match(Map<String, Object> match) {
    List<String> parts = new ArrayList<>();
    if (match.get("method") instanceof String method) {
      parts.add(method);
    }
    Map<String, Object> rpc = JsonTree.map(match, "method");
    if (!rpc.isEmpty()) {
      parts.add(JsonTree.string(rpc, "service", "*") + "/" + JsonTree.string(rpc, "method", "*"));
    }
    Map<String, Object> path = JsonTree.map(match, "path");
    if (!path.isEmpty()) {
      String value = JsonTree.string(path, "value", "/");
      parts.add(
          switch (JsonTree.string(path, "type", "PathPrefix")) {
            case "Exact" -> value;
            case "RegularExpression" -> "~" + value;
            default -> value + "*";
          });
    }
    for (Map<String, Object> header : JsonTree.maps(match, "headers")) {
      parts.add(
          "header "
              + JsonTree.string(header, "name", "-")
              + "="
              + JsonTree.string(header, "value", ""));
    }
    return parts.isEmpty() ? "any" : String.join(" ", parts);
  }
}
