package io.meshkeel.policy.admission;

import io.meshkeel.policy.text.GoAddress;
import java.util.List;

/** {@code ValidateVirtualService}, but for what is within an HTTP route. */
final class VirtualServices {
  private final Node spec;
  private final Node hosts;
  private final boolean delegate;
  private final boolean checked;
  private final boolean atGateway;
  private final Refusals refusals;

  private VirtualServices(Subject subject, Refusals refusals) {
    this.spec = subject.spec();
    this.hosts = spec.at("hosts");
    this.delegate = !hosts.any();
    this.checked = !subject.routeSemantics();
    List<Node> gateways = spec.at("gateways").each();
    this.atGateway =
        !gateways.isEmpty() && gateways.stream().noneMatch(each -> each.text().equals("mesh"));
    this.refusals = refusals;
  }

  static void check(Subject subject, Refusals refusals) {
    new VirtualServices(subject, refusals).service(subject);
  }

  private void service(Subject subject) {
    if (delegate) {
      for (String field : List.of("gateways", "tls", "tcp")) {
        if (spec.at(field).any()) {
          refusals.add(
              spec.at(field),
              "a VirtualService without hosts is a delegate, which has no " + field,
              "write hosts, or remove it");
        }
      }
    }
    gateways(spec.at("gateways"), checked, refusals);
    hosts();
    if (!spec.at("http").any() && !spec.at("tcp").any() && !spec.at("tls").any()) {
      refusals.add(spec, "a VirtualService needs http, tcp or tls routes", "write one");
    }
    for (Node route : spec.at("http").each()) {
      if (!atGateway) {
        noClaims(route);
      }
      new HttpRoutes(subject.minor(), delegate, checked, refusals).route(route);
    }
    spec.at("tls").each().forEach(this::tls);
    spec.at("tcp").each().forEach(this::tcp);
    ExportTo.check(spec.at("exportTo"), subject.namespace(), false, false, refusals);
  }

  /** Names of Gateways; from one of the old form on, the rest isn't looked at. */
  static void gateways(Node gateways, boolean checked, Refusals refusals) {
    for (Node gateway : gateways.each()) {
      String text = gateway.text();
      int slash = text.indexOf('/');
      if (slash < 0) {
        refusals.value(gateway, Domains.name(text), "write namespace/name");
        return;
      }
      boolean right =
          Names.isDnsLabel(text.substring(0, slash))
              && (Names.isDnsLabel(text.substring(slash + 1))
                  || (!checked && slash < text.length() - 1));
      if (!right) {
        refusals.value(gateway, "names no Gateway", "write namespace/name");
      }
    }
  }

  private void hosts() {
    boolean sni =
        spec.at("tls").each().stream()
            .flatMap(route -> route.at("match").each().stream())
            .anyMatch(match -> match.at("sniHosts").any());
    boolean right = true;
    for (Node host : hosts.each()) {
      String text = host.text();
      String problem = atGateway ? Domains.ofGateway(sni, text) : Domains.wildcard(text);
      if (problem != null) {
        if (!GoAddress.isAddress(text)) {
          refusals.value(host, problem, Domains.WILDCARD_FIX);
          right = false;
        }
      } else if (!atGateway && text.equals("*")) {
        refusals.value(
            host, "is no host within the mesh", "name the hosts, or bind it to a Gateway only");
        right = false;
      }
    }
    if (right) {
      duplicates();
    }
  }

  private void duplicates() {
    List<Node> all = hosts.each();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        String one = all.get(i).text();
        String other = all.get(j).text();
        if (overlap(one, other)) {
          refusals.value(
              all.get(j), "stands beside '" + one + "', which is the same", "keep one of the two");
        }
      }
    }
  }

  private static boolean overlap(String one, String other) {
    boolean wild = one.startsWith("*");
    boolean otherWild = other.startsWith("*");
    if (wild && otherWild) {
      return one.length() < other.length()
          ? other.endsWith(one.substring(1))
          : one.endsWith(other.substring(1));
    }
    return wild
        ? other.endsWith(one.substring(1))
        : otherWild ? one.endsWith(other.substring(1)) : one.equals(other);
  }

  private void noClaims(Node route) {
    for (Node match : route.at("match").each()) {
      for (String field : List.of("headers", "withoutHeaders")) {
        for (Node header : match.at(field).each()) {
          if (Headers.isClaim(header.key())) {
            refusals.add(
                header,
                "claims of tokens route only at a Gateway",
                "bind the VirtualService to a Gateway, and not to mesh");
          }
        }
      }
    }
  }

  private void tls(Node route) {
    if (!route.at("match").any()) {
      refusals.add(route.at("match"), "a TLS route needs a match", "write match with sniHosts");
    }
    for (Node match : route.at("match").each()) {
      if (!match.at("sniHosts").any()) {
        refusals.add(match.at("sniHosts"), "a TLS match needs an SNI host", "write sniHosts");
      }
      match.at("sniHosts").each().forEach(this::sni);
      l4(match);
    }
    routes(route, "TLS");
  }

  private void tcp(Node route) {
    route.at("match").each().forEach(this::l4);
    routes(route, "TCP");
  }

  private void routes(Node route, String kind) {
    if (!route.at("route").any()) {
      refusals.add(route.at("route"), "a " + kind + " route needs a destination", "write route");
    }
    Destinations.weighted(route.at("route"), checked, refusals);
  }

  private void l4(Node match) {
    match.at("destinationSubnets").each().forEach(each -> Values.subnet(each, refusals));
    common(match, refusals);
  }

  /** What matches of all sorts have. */
  static void common(Node match, Refusals refusals) {
    if (match.number("port") != 0) {
      Values.port(match.at("port"), refusals);
    }
    Names.labels(match.at("sourceLabels"), refusals);
    gateways(match.at("gateways"), true, refusals);
  }

  private void sni(Node sni) {
    String text = sni.text();
    String problem = atGatewayOrUnbound() ? Domains.ofGateway(true, text) : Domains.wildcard(text);
    if (problem != null) {
      if (!GoAddress.isAddress(text)) {
        refusals.value(sni, problem, Domains.WILDCARD_FIX);
      }
    } else if (hosts.each().stream().noneMatch(host -> isWithin(text, host.text()))) {
      refusals.value(
          sni, "is within none of the hosts of the VirtualService", "use one of them, or add it");
    }
  }

  /** For SNI hosts a VirtualService without gateways counts as one at a Gateway. */
  private boolean atGatewayOrUnbound() {
    return atGateway || !spec.at("gateways").any();
  }

  private static boolean isWithin(String name, String host) {
    if (!host.startsWith("*")) {
      return name.equals(host);
    }
    String suffix = host.substring(1);
    return name.startsWith("*")
        ? name.length() >= host.length() && name.substring(1).endsWith(suffix)
        : name.endsWith(suffix);
  }
}
