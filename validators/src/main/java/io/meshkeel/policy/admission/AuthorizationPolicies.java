package io.meshkeel.policy.admission;

import java.util.List;
import java.util.Set;

/** {@code ValidateAuthorizationPolicy}. */
final class AuthorizationPolicies {
  private static final List<String> NOT_FOR_CUSTOM =
      List.of(
          "namespaces",
          "notNamespaces",
          "serviceAccounts",
          "notServiceAccounts",
          "trustDomains",
          "notTrustDomains",
          "principals",
          "notPrincipals",
          "requestPrincipals",
          "notRequestPrincipals");
  private static final List<String> IDENTITIES =
      List.of("principals", "notPrincipals", "namespaces", "notNamespaces");
  private static final List<String> ACCOUNTS = List.of("serviceAccounts", "notServiceAccounts");
  private static final List<String> TRUST = List.of("trustDomains", "notTrustDomains");
  private static final List<String> ADDRESSES =
      List.of("ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks");
  private static final List<String> PRINCIPALS =
      List.of("requestPrincipals", "notRequestPrincipals");
  private static final List<String> PORTS = List.of("ports", "notPorts");
  private static final List<String> PATHS = List.of("paths", "notPaths");
  private static final List<String> REQUESTS =
      List.of("methods", "notMethods", "hosts", "notHosts");

  private final int minor;
  private final Refusals refusals;

  private AuthorizationPolicies(int minor, Refusals refusals) {
    this.minor = minor;
    this.refusals = refusals;
  }

  static void check(Subject subject, Refusals refusals) {
    new AuthorizationPolicies(subject.minor(), refusals).policy(subject.spec());
  }

  private void policy(Node spec) {
    Selectors.policy(spec, refusals);
    String action = spec.text("action");
    boolean custom = action.equals("CUSTOM");
    boolean rules = spec.at("rules").any();
    if ((custom || action.equals("DENY")) && !rules) {
      refusals.add(
          spec.at("rules"),
          "a policy with action " + action + " and no rules does nothing",
          "write a rule, {} for every request");
    }
    if (custom && rules && spec.at("provider", "name").text().isEmpty()) {
      refusals.add(
          spec.at("provider", "name"), "action CUSTOM needs a provider", "write provider.name");
    }
    if (!custom && spec.has("provider")) {
      refusals.add(
          spec.at("provider"), "a provider needs action CUSTOM", "remove it, or write CUSTOM");
    }
    for (Node rule : spec.at("rules").each()) {
      if (custom) {
        custom(rule);
      }
      rule.at("from").each().forEach(this::from);
      rule.at("to").each().forEach(this::to);
      for (Node when : rule.at("when").each()) {
        Conditions.check(when, minor, refusals);
      }
    }
  }

  private void custom(Node rule) {
    for (Node from : rule.at("from").each()) {
      for (String field : NOT_FOR_CUSTOM) {
        if (from.at("source", field).any()) {
          refusals.add(
              from.at("source", field),
              "'" + field + "' doesn't work with action CUSTOM",
              "remove it, or leave it to the provider");
        }
      }
    }
    for (Node when : rule.at("when").each()) {
      String key = when.text("key");
      boolean known =
          Set.of("source.namespace", "source.serviceAccount", "source.principal").contains(key)
              || (minor >= 30 && key.equals("source.trustDomain"))
              || key.startsWith("request.auth.");
      if (known) {
        refusals.value(
            when.at("key"), "doesn't work with action CUSTOM", "leave it to the provider");
      }
    }
  }

  private void from(Node from) {
    Node source = from.at("source");
    if (!source.is()) {
      refusals.add(source, "an item of from needs a source", "write it");
      return;
    }
    if (any(source, IDENTITIES) && any(source, ACCOUNTS)) {
      refusals.add(
          source,
          "it has service accounts beside namespaces or principals",
          "write namespace/account in serviceAccounts");
    }
    boolean trust = minor >= 30 && any(source, TRUST);
    if (!any(source, IDENTITIES)
        && !any(source, ACCOUNTS)
        && !any(source, ADDRESSES)
        && !any(source, PRINCIPALS)
        && !trust) {
      refusals.add(source, "the source is empty", "write a condition, or remove the item");
    }
    each(source, ADDRESSES).forEach(this::address);
    IDENTITIES.forEach(field -> notEmpty(source.at(field)));
    PRINCIPALS.forEach(field -> notEmpty(source.at(field)));
    ACCOUNTS.forEach(field -> ServiceAccounts.check(source.at(field), refusals));
    if (minor >= 30) {
      TRUST.forEach(field -> trustDomains(source.at(field)));
    }
  }

  private void to(Node to) {
    Node operation = to.at("operation");
    if (!operation.is()) {
      refusals.add(operation, "an item of to needs an operation", "write it");
      return;
    }
    if (!any(operation, PORTS) && !any(operation, PATHS) && !any(operation, REQUESTS)) {
      refusals.add(operation, "the operation is empty", "write a condition, or remove the item");
    }
    each(operation, PORTS).forEach(port -> port(port, refusals));
    REQUESTS.forEach(field -> notEmpty(operation.at(field)));
    for (String field : PATHS) {
      notEmpty(operation.at(field));
      operation.at(field).each().forEach(path -> PathTemplates.check(path, refusals));
    }
  }

  private static boolean any(Node node, List<String> fields) {
    return fields.stream().anyMatch(field -> node.at(field).any());
  }

  private static List<Node> each(Node node, List<String> fields) {
    return fields.stream().flatMap(field -> node.at(field).each().stream()).toList();
  }

  private void notEmpty(Node values) {
    for (Node value : values.each()) {
      if (value.text().isEmpty()) {
        refusals.add(value, "'" + values.name() + "' has an empty value", "write it");
      }
    }
  }

  private void address(Node address) {
    address(address, refusals);
  }

  static void address(Node address, Refusals refusals) {
    if (address.text().isEmpty()) {
      refusals.add(address, "the address is empty", "write it");
    } else {
      Values.subnet(address, refusals);
    }
  }

  /** A port as text, 0 included. */
  static void port(Node port, Refusals refusals) {
    String text = port.text();
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > 65_535) {
      refusals.value(port, "is no port", "write a port from 1 to 65535");
    }
  }

  private void trustDomains(Node domains) {
    for (Node domain : domains.each()) {
      wildcard(domain, refusals);
      if (domain.text().contains("/")) {
        refusals.value(domain, "is no trust domain", "write it without '/'");
      }
    }
  }

  /** A text with at most one wildcard, at one of its ends. */
  static void wildcard(Node value, Refusals refusals) {
    String text = value.text();
    int star = text.indexOf('*');
    boolean middle = star > 0 && star < text.length() - 1;
    if (text.isEmpty()) {
      refusals.add(value, "the value is empty", "write it");
    } else if (star != text.lastIndexOf('*') || middle) {
      refusals.value(
          value, "has a wildcard elsewhere than at one end", "write one '*', at the start or end");
    }
  }
}
