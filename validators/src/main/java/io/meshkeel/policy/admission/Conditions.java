package io.meshkeel.policy.admission;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code when} of an AuthorizationPolicy. */
final class Conditions {
  private static final Set<String> TEXTS =
      Set.of(
          "source.namespace",
          "source.principal",
          "request.auth.principal",
          "request.auth.audiences",
          "request.auth.presenter",
          "connection.sni");
  private static final Set<String> ADDRESSES = Set.of("source.ip", "remote.ip", "destination.ip");
  private static final List<String> MAPS =
      List.of("request.headers", "request.auth.claims", "experimental.envoy.filters.");

  private Conditions() {}

  static void check(Node when, int minor, Refusals refusals) {
    Node key = when.at("key");
    if (key.text().isEmpty()) {
      refusals.add(key, "a condition needs a key", "write it, for example source.ip");
      return;
    }
    if (!when.at("values").any() && !when.at("notValues").any()) {
      refusals.add(when, "a condition needs values or notValues", "write one of them");
      return;
    }
    int before = refusals.size();
    key(key, minor, refusals);
    if (refusals.size() > before) {
      return;
    }
    for (String field : List.of("values", "notValues")) {
      Node values = when.at(field);
      for (Node value : values.each()) {
        if (value.text().isEmpty()) {
          refusals.add(value, "the value of a condition is empty", "write it");
        } else {
          values(key.text(), refusals).accept(value);
        }
      }
      if (key.text().equals("source.serviceAccount")) {
        ServiceAccounts.check(values, refusals);
      }
    }
  }

  private static Consumer<Node> values(String key, Refusals refusals) {
    if (MAPS.stream().anyMatch(key::startsWith)) {
      return value -> {};
    }
    if (ADDRESSES.contains(key)) {
      return value -> AuthorizationPolicies.address(value, refusals);
    }
    return switch (key) {
      case "destination.port" -> value -> AuthorizationPolicies.port(value, refusals);
      case "source.trustDomain" -> value -> AuthorizationPolicies.wildcard(value, refusals);
      default -> value -> {};
    };
  }

  private static void key(Node key, int minor, Refusals refusals) {
    String text = key.text();
    if (MAPS.stream().anyMatch(text::startsWith)) {
      int open = text.indexOf('[');
      if (!text.endsWith("]") || open <= 0 || open >= text.length() - 2) {
        refusals.value(
            key,
            "names no entry",
            "write it in brackets, for example " + "request.headers[x-user]");
      }
      return;
    }
    boolean known =
        TEXTS.contains(text)
            || ADDRESSES.contains(text)
            || text.equals("destination.port")
            || text.equals("source.serviceAccount")
            || (minor >= 30 && text.equals("source.trustDomain"));
    if (!known) {
      refusals.value(key, "is no attribute that Istio knows here", fix(text));
    }
  }

  private static String fix(String key) {
    if (key.equals("destination.namespace")) {
      return "put the policy into that namespace";
    }
    return key.startsWith("destination.labels")
        ? "use the selector of the policy"
        : "use one of the attributes of Istio's authorization policy conditions";
  }
}
