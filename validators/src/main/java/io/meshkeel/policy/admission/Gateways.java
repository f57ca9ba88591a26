package io.meshkeel.policy.admission;

import io.meshkeel.facts.service.Protocol;
import java.util.HashSet;
import java.util.Set;

/** {@code ValidateGateway}. */
final class Gateways {
  private Gateways() {}

  static void check(Subject subject, Refusals refusals) {
    boolean semantics = subject.gatewaySemantics();
    if (!semantics) {
      Names.dnsLabel(subject.root().at("metadata", "name"), refusals);
    }
    Node servers = subject.spec().at("servers");
    if (!servers.any()) {
      refusals.add(servers, "a Gateway needs a server", "write one");
    }
    Set<String> names = new HashSet<>();
    for (Node server : servers.each()) {
      server(server, semantics, refusals);
      Node name = server.at("port", "name");
      if (server.has("port") && !names.add(name.text())) {
        refusals.value(name, "is the name of two ports", "rename one");
      }
    }
  }

  private static void server(Node server, boolean semantics, Refusals refusals) {
    if (!server.at("hosts").any()) {
      refusals.add(server.at("hosts"), "a server needs a host", "write one, or '*' for any");
    }
    server.at("hosts").each().forEach(host -> Domains.ofServer(host, semantics, refusals));
    int before = refusals.size();
    port(server.at("port"), server.text("bind"), refusals);
    boolean portIsRight = refusals.size() == before;
    bind(server, refusals);
    Node tls = server.at("tls");
    ServerTls.check(tls, refusals);
    if (portIsRight) {
      agree(server.at("port", "protocol"), tls, refusals);
    }
  }

  private static void port(Node port, String bind, Refusals refusals) {
    if (!port.is()) {
      refusals.add(port, "a server needs a port", "write it");
      return;
    }
    if (Protocol.parse(port.text("protocol")) == Protocol.UNKNOWN) {
      Values.unknownProtocol(port.at("protocol"), refusals);
    }
    if (port.number("number") > 0 || !bind.startsWith(Values.UNIX)) {
      Values.port(port.at("number"), refusals);
    }
    if (port.number("targetPort") > 0) {
      refusals.add(port.at("targetPort"), "it does nothing at a Gateway", "remove it");
    }
    if (port.text("name").isEmpty()) {
      refusals.add(port.at("name"), "a port of a server needs a name", "write it");
    }
  }

  private static void bind(Node server, Refusals refusals) {
    Node bind = server.at("bind");
    if (bind.text().startsWith(Values.UNIX)) {
      Values.socket(bind, bind.text().substring(Values.UNIX.length()), refusals);
      if (server.at("port", "number").number() != 0) {
        refusals.add(
            server.at("port", "number"), "a server on a socket has port 0", "write number: 0");
      }
    } else if (!bind.text().isEmpty()) {
      Values.address(bind, refusals);
    }
  }

  /** TLS settings stand where the protocol is one over TLS, and only there. */
  private static void agree(Node protocol, Node tls, Refusals refusals) {
    boolean overTls = Values.isTls(protocol.text());
    if (overTls && !tls.is()) {
      refusals.add(tls, "a server of protocol HTTPS or TLS needs tls settings", "write them");
    } else if (!overTls && tls.is()) {
      boolean redirect =
          Values.isHttp(protocol.text())
              && ServerTls.passesThrough(tls)
              && tls.text("caCertificates").isEmpty()
              && tls.text("privateKey").isEmpty()
              && tls.text("serverCertificate").isEmpty();
      if (!redirect) {
        refusals.add(
            tls,
            "a server of protocol " + protocol.text() + " has no TLS settings",
            "use protocol HTTPS or TLS, or keep no more than httpsRedirect (with HTTP)");
      }
    }
  }
}
