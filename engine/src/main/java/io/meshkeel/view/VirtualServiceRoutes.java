package io.meshkeel.view;

import io.meshkeel.facts.Hosts;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The routes of a VirtualService, in the order in which a proxy tries them. */
final class VirtualServiceRoutes {
  private final String namespace;
  private final String domain;

  private VirtualServiceRoutes(String namespace, String domain) {
    this.namespace = namespace;
    this.domain = domain;
  }

  static List<Route> of(Manifest object, String domain) {
    VirtualServiceRoutes reading = new VirtualServiceRoutes(object.key().namespace(), domain);
    List<Route> routes = new ArrayList<>();
    for (String protocol : List.of("http", "tls", "tcp")) {
      for (Map<String, Object> route : JsonTree.maps(object.spec(), protocol)) {
        routes.add(reading.route(protocol, route));
      }
    }
    return routes;
  }

  private Route route(String protocol, Map<String, Object> route) {
    List<Map<String, Object>> weighted = JsonTree.maps(route, "route");
    long sum = weighted.stream().mapToLong(one -> Istiod.number(one, "weight", 0)).sum();
    List<Route.Target> targets = new ArrayList<>();
    for (Map<String, Object> one : weighted) {
      Map<String, Object> destination = JsonTree.map(one, "destination");
      targets.add(
          new Route.Target(
              Hosts.fqdn(JsonTree.string(destination, "host", "-"), namespace, domain),
              JsonTree.string(destination, "subset", ""),
              Istiod.number(JsonTree.map(destination, "port"), "number", 0),
              sum == 0 ? 100 : Istiod.number(one, "weight", 0) * 100 / sum));
    }
    List<String> matches = new ArrayList<>();
    JsonTree.maps(route, "match").forEach(match -> matches.add(match(match)));
    return new Route(protocol, String.join(" or ", matches), targets, action(route));
  }

  private static String action(Map<String, Object> route) {
    List<String> parts = new ArrayList<>();
    if (route.containsKey("redirect")) {
      parts.add("redirect");
    }
    Map<String, Object> direct = JsonTree.map(route, "directResponse");
    if (!direct.isEmpty()) {
      parts.add("answers " + Istiod.number(direct, "status", 0));
    }
    Map<String, Object> delegate = JsonTree.map(route, "delegate");
    if (!delegate.isEmpty()) {
      parts.add(
          "delegates to "
              + JsonTree.string(delegate, "namespace", "")
              + "/"
              + JsonTree.string(delegate, "name", ""));
    }
    if (route.containsKey("fault")) {
      parts.add("with faults");
    }
    if (route.containsKey("mirror") || route.containsKey("mirrors")) {
      parts.add("mirrored");
    }
    return String.join(", ", parts);
  }

  /** All that one match asks for; {@code any} if nothing. */
  private static String match(Map<String, Object> match) {
    List<String> parts = new ArrayList<>();
    for (String field : List.of("method", "uri", "authority", "scheme")) {
      if (match.containsKey(field)) {
        String text = string(JsonTree.map(match, field));
        parts.add(field.equals("method") || field.equals("uri") ? text : field + " " + text);
      }
    }
    for (String field : List.of("headers", "queryParams", "withoutHeaders")) {
      new TreeMap<>(JsonTree.map(match, field))
          .keySet()
          .forEach(name ->
              parts.add(
                  word(field)
                      + " "
                      + name
                      + "="
                      + string(JsonTree.map(JsonTree.map(match, field), name))));
    }
    if (match.get("port") instanceof Long port) {
      parts.add("port " + port);
    }
    new TreeMap<>(JsonTree.map(match, "sourceLabels"))
        .forEach((name, value) -> parts.add("from " + name + "=" + value));
    if (match.get("sourceNamespace") instanceof String from) {
      parts.add("from namespace " + from);
    }
    List<String> names = JsonTree.strings(match, "sniHosts");
    if (!names.isEmpty()) {
      parts.add("server name " + String.join(" or ", names));
    }
    return parts.isEmpty() ? "any" : String.join(" ", parts);
  }

  private static String word(String field) {
    return switch (field) {
      case "headers" -> "header";
      case "queryParams" -> "parameter";
      default -> "without header";
    };
  }

  private static String string(Map<String, Object> match) {
    if (match.get("exact") instanceof String exact) {
      return exact;
    }
    if (match.get("prefix") instanceof String prefix) {
      return prefix + "*";
    }
    return match.get("regex") instanceof String regex ? "~" + regex : "*";
  }
}
