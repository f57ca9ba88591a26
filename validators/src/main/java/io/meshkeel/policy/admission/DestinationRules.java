package io.meshkeel.policy.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code ValidateDestinationRule}. */
final class DestinationRules {
  private static final List<String> POLICY =
      List.of(
          "outlierDetection",
          "connectionPool",
          "loadBalancer",
          "tls",
          "portLevelSettings",
          "tunnel",
          "proxyProtocol",
          "retryBudget");

  private final String namespace;
  private final int minor;
  private final Refusals refusals;

  private DestinationRules(Subject subject, Refusals refusals) {
    this.namespace = subject.namespace();
    this.minor = subject.minor();
    this.refusals = refusals;
  }

  static void check(Subject subject, Refusals refusals) {
    new DestinationRules(subject, refusals).rule(subject.spec());
  }

  private void rule(Node spec) {
    refusals.value(spec.at("host"), Domains.wildcard(spec.text("host")), Domains.WILDCARD_FIX);
    policy(spec.at("trafficPolicy"));
    Set<String> names = new HashSet<>();
    for (Node subset : spec.at("subsets").each()) {
      if (!names.add(subset.text("name"))) {
        refusals.value(subset.at("name"), "is the name of two subsets", "rename one");
      }
      subsetName(subset.at("name"), refusals);
      Names.labels(subset.at("labels"), refusals);
      policy(subset.at("trafficPolicy"));
    }
    Node selector = spec.at("workloadSelector");
    ExportTo.check(spec.at("exportTo"), namespace, false, selector.is(), refusals);
    Selectors.labels(selector.at("matchLabels"), refusals);
  }

  static void subsetName(Node name, Refusals refusals) {
    Names.dnsLabel(name, refusals);
  }

  private void policy(Node policy) {
    if (!policy.is()) {
      return;
    }
    if (POLICY.stream().noneMatch(field -> present(policy, field))) {
      refusals.add(
          policy, "a traffic policy needs at least one setting", "write one, or remove it");
      return;
    }
    if (policy.has("tunnel") && policy.has("proxyProtocol")) {
      refusals.add(
          policy.at("proxyProtocol"), "it stands beside tunnel, and only one may", "keep one");
      return;
    }
    settings(policy);
    for (Node port : policy.at("portLevelSettings").each()) {
      if (!port.has("port")) {
        refusals.add(port.at("port"), "settings of a port need the port", "write port.number");
      }
      if (Stream.of("outlierDetection", "connectionPool", "loadBalancer", "tls")
          .noneMatch(port::has)) {
        refusals.add(port, "settings of a port need at least one setting", "write one");
      } else {
        settings(port);
      }
    }
    tunnel(policy.at("tunnel"));
    Values.anyDuration(policy.at("retryBudget", "budgetInterval"), refusals);
  }

  /** An empty list is none. */
  private static boolean present(Node policy, String field) {
    return field.equals("portLevelSettings") ? policy.at(field).any() : policy.has(field);
  }

  private void settings(Node policy) {
    ConnectionPools.outliers(policy.at("outlierDetection"), refusals);
    ConnectionPools.pool(policy.at("connectionPool"), minor, refusals);
    LoadBalancers.check(policy.at("loadBalancer"), minor, refusals);
    ClientTls.check(policy.at("tls"), namespace, refusals);
  }

  private void tunnel(Node tunnel) {
    if (!tunnel.is()) {
      return;
    }
    if (!Set.of("", "CONNECT", "POST").contains(tunnel.text("protocol"))) {
      refusals.value(tunnel.at("protocol"), "can't be tunnelled by", "write CONNECT or POST");
    }
    refusals.value(
        tunnel.at("targetHost"),
        Domains.nameOrAddress(tunnel.text("targetHost")),
        "write a DNS name or an IP address");
    Values.port(tunnel.at("targetPort"), refusals);
  }
}
