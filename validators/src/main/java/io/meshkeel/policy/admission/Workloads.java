package io.meshkeel.policy.admission;

import io.meshkeel.policy.text.GoAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code ValidateWorkloadEntry} and {@code ValidateWorkloadGroup}. */
final class Workloads {
  private Workloads() {}

  static void entry(Subject subject, Refusals refusals) {
    entry(subject.spec(), null, true, refusals);
  }

  /**
   * An endpoint.
   *
   * @param servicePorts the names of the ports of its service; null if there is no service
   * @param names whether its address may be a DNS name
   */
  static void entry(
      Node entry, @Nullable Set<String> servicePorts, boolean names, Refusals refusals) {
    Node address = entry.at("address");
    String text = address.text();
    if (text.isEmpty() && entry.text("network").isEmpty()) {
      refusals.add(address, "a workload needs an address", "write it, or its network");
      return;
    }
    boolean socket = text.startsWith(Values.UNIX);
    if (socket) {
      Values.socket(address, text.substring(Values.UNIX.length()), refusals);
      if (entry.at("ports").any()) {
        refusals.add(entry.at("ports"), "a socket has no ports", "remove them");
      }
    } else if (!text.isEmpty() && !GoAddress.isAddress(text)) {
      String problem = names ? Domains.name(text) : "is no IP address";
      refusals.value(
          address, problem, names ? "write a DNS name or an IP address" : "write an IP address");
    }
    ports(entry.at("ports"), servicePorts, refusals);
    Names.labels(entry.at("labels"), refusals);
    if (socket && servicePorts != null && servicePorts.size() != 1) {
      refusals.add(address, "a socket needs a service of exactly one port", "keep one port");
    }
  }

  static void ports(Node ports, @Nullable Set<String> servicePorts, Refusals refusals) {
    for (Node port : ports.each()) {
      if (servicePorts != null && !servicePorts.contains(port.key())) {
        refusals.add(
            port,
            "the service has no port '" + Refusals.shortened(port.key()) + "'",
            "use the name of one of its ports");
      }
      if (!Names.isDnsLabel(port.key())) {
        refusals.add(
            port,
            "'" + Refusals.shortened(port.key()) + "' is no name of a port",
            "use letters, digits and '-'");
      }
      Values.port(port, refusals);
    }
  }

  static void group(Subject subject, Refusals refusals) {
    Node spec = subject.spec();
    if (!spec.has("template")) {
      refusals.add(spec.at("template"), "a WorkloadGroup needs a template", "write it");
    }
    Names.labels(spec.at("metadata", "labels"), refusals);
    Node probe = spec.at("probe");
    if (probe.is()) {
      probe(probe, refusals);
    }
  }

  private static void probe(Node probe, Refusals refusals) {
    for (String field :
        List.of(
            "periodSeconds",
            "initialDelaySeconds",
            "timeoutSeconds",
            "successThreshold",
            "failureThreshold")) {
      ConnectionPools.notNegative(probe.at(field), refusals);
    }
    Node http = probe.at("httpGet");
    if (http.is()) {
      Values.port(http.at("port"), refusals);
      if (!Set.of("", "HTTP", "HTTPS").contains(http.text("scheme"))) {
        refusals.value(http.at("scheme"), "is no scheme of a probe", "write HTTP or HTTPS");
      }
      for (Node header : http.at("httpHeaders").each()) {
        Headers.probe(header.at("name"), refusals);
      }
    } else if (probe.has("tcpSocket")) {
      Values.port(probe.at("tcpSocket", "port"), refusals);
    } else if (probe.has("exec")) {
      if (!probe.at("exec", "command").any()) {
        refusals.add(probe.at("exec", "command"), "the probe runs nothing", "write the command");
      }
    } else if (!probe.has("grpc")) {
      refusals.add(probe, "a probe needs httpGet, tcpSocket or exec", "write one of them");
    } else {
      refusals.add(probe.at("grpc"), "Istio has no probe by gRPC here", "use httpGet or exec");
    }
  }
}
