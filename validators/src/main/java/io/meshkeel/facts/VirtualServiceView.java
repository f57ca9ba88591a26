package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A VirtualService.
 *
 * @param mesh whether sidecars take it: it names {@code mesh}, or no gateway at all
 * @param delegate it has no hosts, so that only a delegating VirtualService brings it in
 * @param scopes the namespaces that see it
 * @param hosts {@code spec.hosts}
 * @param gateways every reference to a gateway, {@code mesh} left out
 * @param destinations of http, tls and tcp routes and of mirrors
 */
public record VirtualServiceView(
    Declaration declaration,
    boolean mesh,
    boolean delegate,
    Scopes scopes,
    List<HostAt> hosts,
    List<GatewayReference> gateways,
    List<Destination> destinations)
    implements ObjectView {

  /**
   * A reference to a gateway.
   *
   * @param path where it is written
   * @param reference as written
   * @param name {@code namespace/name} of the gateway
   */
  public record GatewayReference(List<Object> path, String reference, String name) {}

  /**
   * A destination of a route.
   *
   * @param host where and which
   * @param subset the subset's name; empty if none is named
   * @param port whether a port is named
   * @param mesh whether sidecars take the route
   * @param gateways {@code namespace/name} of the gateways that take it
   * @param from the only ports on which its route takes requests; empty for all
   * @param reached requests get there: a route that aborts every one leads nowhere
   */
  public record Destination(
      HostAt host,
      String subset,
      boolean port,
      boolean mesh,
      Set<String> gateways,
      Set<Long> from,
      boolean reached) {
    /** {@code http}, {@code tls} or {@code tcp}: which of the lists the route stands in. */
    String protocol() {
      return String.valueOf(host.path().get(1));
    }
  }

  /** {@code namespace/name} of the VirtualServices that its routes leave the rest to. */
  Set<String> delegates() {
    Set<String> delegates = new LinkedHashSet<>();
    for (Map<String, Object> route : JsonTree.maps(declaration.manifest().spec(), "http")) {
      Map<String, Object> delegate = JsonTree.map(route, "delegate");
      String name = JsonTree.string(delegate, "name", "");
      if (!name.isEmpty()) {
        String owner = JsonTree.string(delegate, "namespace", "");
        delegates.add((owner.isEmpty() ? namespace() : owner) + "/" + name);
      }
    }
    return delegates;
  }

  static VirtualServiceView of(Declaration declaration, String domain) {
    return new Reader(declaration, domain).read();
  }

  private static final class Reader {
    private final Declaration declaration;
    private final Map<String, Object> spec;
    private final String namespace;
    private final String domain;
    private final Set<String> bound;
    private final List<GatewayReference> references = new ArrayList<>();
    private final List<Destination> destinations = new ArrayList<>();

    Reader(Declaration declaration, String domain) {
      this.declaration = declaration;
      this.spec = declaration.manifest().spec();
      this.namespace = declaration.manifest().key().namespace();
      this.domain = domain;
      this.bound = bindings(spec, List.of("spec"));
    }

    VirtualServiceView read() {
      List<HostAt> hosts = new ArrayList<>();
      List<String> written = JsonTree.strings(spec, "hosts");
      for (int i = 0; i < written.size(); i++) {
        hosts.add(host(List.of("spec", "hosts", i), written.get(i)));
      }
      for (String protocol : List.of("http", "tls", "tcp")) {
        List<Map<String, Object>> routes = JsonTree.maps(spec, protocol);
        for (int i = 0; i < routes.size(); i++) {
          route(List.of("spec", protocol, i), routes.get(i));
        }
      }
      boolean mesh = bound.isEmpty() || bound.contains(GatewayNames.MESH);
      return new VirtualServiceView(
          declaration,
          mesh && !hosts.isEmpty(),
          hosts.isEmpty(),
          Scopes.of(JsonTree.strings(spec, "exportTo"), namespace),
          List.copyOf(hosts),
          List.copyOf(references),
          List.copyOf(destinations));
    }

    /** What a route's destinations have in common. */
    private record Way(Set<String> bindings, Set<Long> from, boolean reached) {}

    /** The ports that its matches name, if each of them does. */
    private static Set<Long> ports(Map<String, Object> route) {
      Set<Long> ports = new LinkedHashSet<>();
      for (Map<String, Object> match : JsonTree.maps(route, "match")) {
        if (!(match.get("port") instanceof Long port)) {
          return Set.of();
        }
        ports.add(port);
      }
      return Set.copyOf(ports);
    }

    private static boolean abortsAll(Map<String, Object> route) {
      Map<String, Object> abort = JsonTree.map(JsonTree.map(route, "fault"), "abort");
      return JsonTree.map(abort, "percentage").get("value") instanceof Number share
          && share.doubleValue() >= 100;
    }

    private void route(List<Object> path, Map<String, Object> route) {
      Way way = new Way(routeBindings(path, route), ports(route), !abortsAll(route));
      List<Map<String, Object>> weighted = JsonTree.maps(route, "route");
      for (int i = 0; i < weighted.size(); i++) {
        destination(at(path, "route", i, "destination"), weighted.get(i), "destination", way);
      }
      destination(at(path, "mirror"), route, "mirror", way);
      List<Map<String, Object>> mirrors = JsonTree.maps(route, "mirrors");
      for (int i = 0; i < mirrors.size(); i++) {
        destination(at(path, "mirrors", i, "destination"), mirrors.get(i), "destination", way);
      }
    }

    private void destination(List<Object> path, Map<String, Object> holder, String field, Way way) {
      Map<String, Object> destination = JsonTree.map(holder, field);
      String host = JsonTree.string(destination, "host", "");
      if (host.isEmpty()) {
        return;
      }
      Set<String> gateways = new LinkedHashSet<>(way.bindings());
      boolean mesh = gateways.remove(GatewayNames.MESH) || way.bindings().isEmpty();
      destinations.add(
          new Destination(
              host(at(path, "host"), host),
              JsonTree.string(destination, "subset", ""),
              destination.containsKey("port"),
              mesh,
              Set.copyOf(gateways),
              way.from(),
              way.reached()));
    }

    /** A match that names gateways narrows the route to them; a match that names none does not. */
    private Set<String> routeBindings(List<Object> path, Map<String, Object> route) {
      List<Map<String, Object>> matches = JsonTree.maps(route, "match");
      Set<String> narrowed = new LinkedHashSet<>();
      boolean all = matches.isEmpty();
      for (int i = 0; i < matches.size(); i++) {
        Set<String> own = bindings(matches.get(i), at(path, "match", i));
        all |= own.isEmpty();
        narrowed.addAll(own);
      }
      return all ? bound : narrowed;
    }

    /** The gateways that {@code holder.gateways} names, resolved, {@code mesh} among them. */
    private Set<String> bindings(Map<String, Object> holder, List<Object> path) {
      List<String> written = JsonTree.strings(holder, "gateways");
      Set<String> names = new LinkedHashSet<>();
      for (int i = 0; i < written.size(); i++) {
        String reference = written.get(i);
        if (reference.equals(GatewayNames.MESH)) {
          names.add(reference);
        } else {
          String name = GatewayNames.resolve(reference, namespace);
          names.add(name);
          references.add(new GatewayReference(at(path, "gateways", i), reference, name));
        }
      }
      return names;
    }

    private HostAt host(List<Object> path, String host) {
      return new HostAt(path, host, Hosts.fqdn(host, namespace, domain));
    }

    private static List<Object> at(List<Object> path, Object... more) {
      List<Object> longer = new ArrayList<>(path);
      longer.addAll(List.of(more));
      return List.copyOf(longer);
    }
  }
}
