package io.meshkeel.policy.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code ValidateSidecar}. */
final class Sidecars {
  private static final Set<String> LOCAL = Set.of("", "127.0.0.1", "0.0.0.0", "::1", "::");
  private static final List<String> NO_TLS =
      List.of("subjectAltNames", "credentialName", "credentialNames", "tlsCertificates");

  private final int minor;
  private final Refusals refusals;

  private Sidecars(int minor, Refusals refusals) {
    this.minor = minor;
    this.refusals = refusals;
  }

  static void check(Subject subject, Refusals refusals) {
    new Sidecars(subject.minor(), refusals).sidecar(subject.spec());
  }

  private void sidecar(Node spec) {
    Selectors.labels(spec.at("workloadSelector", "labels"), refusals);
    if (!spec.at("egress").any()
        && !spec.at("ingress").any()
        && !spec.has("outboundTrafficPolicy")
        && !spec.has("inboundConnectionPool")) {
      refusals.add(spec, "a Sidecar needs at least one setting", "write egress, for example");
    }
    Set<Long> ports = new HashSet<>();
    spec.at("ingress").each().forEach(each -> ingress(each, ports));
    ConnectionPools.pool(spec.at("inboundConnectionPool"), minor, refusals);
    egress(spec.at("egress"));
    outbound(spec.at("outboundTrafficPolicy"));
  }

  private void ingress(Node listener, Set<Long> ports) {
    Node port = listener.at("port");
    if (!port.is()) {
      refusals.add(port, "an ingress listener needs a port", "write it");
      return;
    }
    noTarget(port);
    named(port);
    Values.protocol(port.at("protocol"), refusals);
    Values.port(port.at("number"), refusals);
    bind(listener);
    unique(port, ports);
    Node endpoint = listener.at("defaultEndpoint");
    if (!endpoint.text().isEmpty()) {
      endpoint(endpoint);
    }
    tls(listener.at("tls"), port.at("protocol"));
    ConnectionPools.pool(listener.at("connectionPool"), minor, refusals);
  }

  private void tls(Node tls, Node protocol) {
    if (!tls.is()) {
      return;
    }
    for (String field : NO_TLS) {
      if (!tls.at(field).none()) {
        refusals.add(tls.at(field), "'" + field + "' has no place in a Sidecar", "remove it");
      }
    }
    if (tls.flag("httpsRedirect")) {
      refusals.add(
          tls.at("httpsRedirect"), "'httpsRedirect' has no place in a Sidecar", "remove it");
    }
    if (Set.of("ISTIO_MUTUAL", "AUTO_PASSTHROUGH").contains(tls.text("mode"))) {
      refusals.value(tls.at("mode"), "has no place in a Sidecar", "use SIMPLE or MUTUAL");
    }
    if (!Values.isTls(protocol.text())) {
      refusals.value(protocol, "has no TLS settings", "use HTTPS or TLS, or remove tls");
    }
    ServerTls.check(tls, refusals);
  }

  /** A place on the machine itself: {@code 127.0.0.1:8080}, {@code [::1]:8080}, a socket. */
  private void endpoint(Node endpoint) {
    String text = endpoint.text();
    if (text.startsWith(Values.UNIX)) {
      Values.socket(endpoint, text.substring(Values.UNIX.length()), refusals);
      return;
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    String plain = brackets ? host.substring(1, host.length() - 1) : host;
    boolean form = colon >= 0 && (brackets || !host.contains(":")) && LOCAL.contains(plain);
    if (!form || !isPort(text.substring(colon + 1))) {
      refusals.value(
          endpoint,
          "is no place on the workload's own address",
          "write 127.0.0.1:<port>, 0.0.0.0:<port>, [::1]:<port>, [::]:<port> or unix:///path");
    }
  }

  private static boolean isPort(String text) {
    if (!text.matches("\\+?[0-9]{1,18}")) {
      return false;
    }
    long port = Long.parseLong(text);
    return port >= 1 && port <= 65_535;
  }

  private void egress(Node listeners) {
    Set<Long> ports = new HashSet<>();
    Set<String> sockets = new HashSet<>();
    List<Node> all = listeners.each();
    for (int i = 0; i < all.size(); i++) {
      Node listener = all.get(i);
      if (listener.has("port")) {
        egressPort(listener, ports, sockets);
      } else if (i < all.size() - 1) {
        refusals.add(
            listener,
            "the egress listener without a port must be the last one, and the only such",
            "move it to the end");
      }
      if (!listener.at("hosts").any()) {
        refusals.add(
            listener.at("hosts"), "an egress listener needs a host", "write one, for example ./*");
      }
      listener.at("hosts").each().forEach(host -> Domains.ofSidecar(host, minor, refusals));
    }
  }

  private void egressPort(Node listener, Set<Long> ports, Set<String> sockets) {
    Node port = listener.at("port");
    Node bind = listener.at("bind");
    noTarget(port);
    named(port);
    Values.protocol(port.at("protocol"), refusals);
    if (port.number("number") != 0) {
      Values.port(port.at("number"), refusals);
      bind(listener);
      unique(port, ports);
      return;
    }
    if (!bind.text().startsWith(Values.UNIX)) {
      refusals.add(bind, "a listener of port 0 is bound to a socket", "write bind: unix:///path");
    } else {
      Values.socket(bind, bind.text().substring(Values.UNIX.length()), refusals);
    }
    if (!Set.of("", "DEFAULT", "NONE").contains(listener.text("captureMode"))) {
      refusals.value(
          listener.at("captureMode"), "doesn't work with a socket", "use DEFAULT or NONE");
    }
    if (!sockets.add(bind.text())) {
      refusals.value(bind, "is bound by two listeners", "use another socket");
    }
  }

  private void noTarget(Node port) {
    if (port.number("targetPort") > 0) {
      refusals.add(port.at("targetPort"), "it does nothing in a Sidecar", "remove it");
    }
  }

  private void named(Node port) {
    if (!port.text("name").isEmpty()) {
      Names.dnsLabel(port.at("name"), refusals);
    }
  }

  private void bind(Node listener) {
    if (!listener.text("bind").isEmpty()) {
      Values.address(listener.at("bind"), refusals);
    }
  }

  private void unique(Node port, Set<Long> ports) {
    if (!ports.add(port.number("number"))) {
      refusals.add(port.at("number"), "two listeners have this port", "use another one");
    }
  }

  private void outbound(Node policy) {
    Node proxy = policy.at("egressProxy");
    if (!proxy.is()) {
      return;
    }
    if (!policy.text("mode").equals("ALLOW_ANY")) {
      refusals.add(proxy, "an egress proxy needs mode ALLOW_ANY", "write mode: ALLOW_ANY");
      return;
    }
    refusals.value(proxy.at("host"), Domains.name(proxy.text("host")), Domains.FIX);
    if (!proxy.has("port")) {
      refusals.add(proxy.at("port"), "an egress proxy needs a port", "write port.number");
      return;
    }
    Destinations.check(proxy, refusals);
  }
}
