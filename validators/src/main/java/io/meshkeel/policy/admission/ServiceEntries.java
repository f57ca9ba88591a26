package io.meshkeel.policy.admission;

import io.meshkeel.facts.service.Protocol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code ValidateServiceEntry}. */
final class ServiceEntries {
  private final Subject subject;
  private final Node spec;
  private final Refusals refusals;
  private final Set<String> portNames = new HashSet<>();

  private ServiceEntries(Subject subject, Refusals refusals) {
    this.subject = subject;
    this.spec = subject.spec();
    this.refusals = refusals;
  }

  static void check(Subject subject, Refusals refusals) {
    new ServiceEntries(subject, refusals).entry();
  }

  private String resolution() {
    String resolution = spec.text("resolution");
    return resolution.isEmpty() ? "NONE" : resolution;
  }

  private void entry() {
    Selectors.labels(spec.at("workloadSelector", "labels"), refusals);
    Node endpoints = spec.at("endpoints");
    if (spec.has("workloadSelector") && endpoints.any()) {
      refusals.add(endpoints, "they stand beside workloadSelector", "keep one of the two");
    }
    Node hosts = spec.at("hosts");
    if (!hosts.any()) {
      refusals.add(hosts, "a ServiceEntry needs a host", "write one");
    }
    for (Node host : hosts.each()) {
      if (host.text().equals("*")) {
        refusals.value(host, "is no host of a ServiceEntry", "name the hosts");
      } else {
        refusals.value(host, Domains.wildcard(host.text()), Domains.WILDCARD_FIX);
      }
    }
    addresses();
    ports();
    switch (resolution()) {
      case "NONE" -> {
        if (endpoints.any()) {
          refusals.add(endpoints, "with resolution NONE there are none", "use STATIC or DNS");
        }
      }
      case "STATIC" -> endpoints.each().forEach(this::fixed);
      case "DNS", "DNS_ROUND_ROBIN" -> named(hosts, endpoints);
      default -> dynamic(hosts, endpoints);
    }
    if (!resolution().equals("NONE") && hosts.size() > 1) {
      tellApart();
    }
    ExportTo.check(spec.at("exportTo"), subject.namespace(), true, false, refusals);
  }

  private void addresses() {
    Node addresses = spec.at("addresses");
    addresses.each().forEach(each -> Values.subnet(each, refusals));
    boolean ranges = addresses.each().stream().anyMatch(each -> each.text().contains("/"));
    if (ranges && !Set.of("NONE", "STATIC").contains(resolution())) {
      refusals.add(
          addresses, "ranges need resolution NONE or STATIC", "write addresses, or NONE or STATIC");
    }
  }

  private void ports() {
    Set<Long> numbers = new HashSet<>();
    for (Node port : spec.at("ports").each()) {
      if (!portNames.add(port.text("name"))) {
        refusals.value(port.at("name"), "is the name of two ports", "rename one");
      }
      if (!numbers.add(port.number("number"))) {
        refusals.add(
            port.at("number"), "two ports have the number " + port.number("number"), "change one");
      }
      if (port.number("targetPort") != 0) {
        Values.port(port.at("targetPort"), refusals);
      }
      Names.dnsLabel(port.at("name"), refusals);
      Values.protocol(port.at("protocol"), refusals);
      Values.port(port.at("number"), refusals);
    }
  }

  private void fixed(Node endpoint) {
    Workloads.entry(endpoint, portNames, false, refusals);
  }

  private void named(Node hosts, Node endpoints) {
    if (!endpoints.any()) {
      for (Node host : hosts.each()) {
        String problem = Domains.name(host.text());
        if (problem != null) {
          refusals.value(
              host, problem + " and can't be resolved", "write a DNS name, or endpoints");
          break;
        }
      }
    }
    if (resolution().equals("DNS_ROUND_ROBIN") && endpoints.size() > 1) {
      refusals.add(endpoints, "with DNS_ROUND_ROBIN there is at most one", "use resolution DNS");
    }
    for (Node endpoint : endpoints.each()) {
      Node address = endpoint.at("address");
      refusals.value(
          address, Domains.nameOrAddress(address.text()), "write a DNS name or an IP address");
      Names.labels(endpoint.at("labels"), refusals);
      Workloads.ports(endpoint.at("ports"), portNames, refusals);
    }
  }

  /** {@code DYNAMIC_DNS}: hosts are looked up as they are asked for. */
  private void dynamic(Node hosts, Node endpoints) {
    for (Node host : hosts.each()) {
      if (!host.text().startsWith("*")) {
        refusals.value(host, "is no wildcard, which DYNAMIC_DNS is for", "use resolution DNS");
      }
    }
    for (Node given : List.of(spec.at("addresses"), endpoints)) {
      if (given.any()) {
        refusals.add(given, "with DYNAMIC_DNS there are none", "remove them");
      }
    }
    Set<Protocol> known =
        subject.minor() >= 30
            ? Set.of(Protocol.HTTP, Protocol.TLS, Protocol.GRPC, Protocol.HTTP2)
            : Set.of(Protocol.HTTP, Protocol.TLS);
    for (Node port : spec.at("ports").each()) {
      if (!known.contains(Protocol.parse(port.text("protocol")))) {
        refusals.value(port.at("protocol"), "doesn't work with DYNAMIC_DNS", "use HTTP or TLS");
      }
    }
    String waypoint = subject.label("istio.io/use-waypoint");
    boolean noWaypoint = waypoint.isEmpty() || waypoint.equalsIgnoreCase("none");
    if (spec.text("location").equals("MESH_INTERNAL") && !(subject.minor() >= 30 && noWaypoint)) {
      refusals.value(
          spec.at("location"), "doesn't work with DYNAMIC_DNS here", "use MESH_EXTERNAL");
    }
  }

  /** Beyond HTTP and TLS nothing tells one host from another. */
  private void tellApart() {
    for (Node port : spec.at("ports").each()) {
      String protocol = port.text("protocol");
      if (!Values.isHttp(protocol) && !Values.isTls(protocol)) {
        refusals.add(
            port.at("protocol"),
            "with several hosts only HTTP and TLS tell which one is meant",
            "write a ServiceEntry for each host");
        break;
      }
    }
  }
}
