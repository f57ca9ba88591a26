package io.meshkeel.policy.admission;

import io.meshkeel.policy.text.GoRegex;
import java.util.List;
import java.util.Set;

/** {@code ValidateEnvoyFilter}. */
final class EnvoyFilters {
  private static final Set<String> LISTENER =
      Set.of("LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER");
  private static final Set<String> ROUTE =
      Set.of("ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE");
  private static final Set<String> CONNECTION_MANAGER =
      Set.of("envoy.filters.network.http_connection_manager", "envoy.http_connection_manager");
  private static final List<String> OBJECTS =
      List.of("listener", "routeConfiguration", "cluster", "waypoint");
  private static final int MAX_VERSION = 1_024;

  private EnvoyFilters() {}

  static void check(Subject subject, Refusals refusals) {
    Selectors.labels(subject.spec().at("workloadSelector", "labels"), refusals);
    subject.spec().at("configPatches").each().forEach(each -> patch(each, refusals));
  }

  private static void patch(Node patch, Refusals refusals) {
    Node match = patch.at("match");
    if (match.text("context").equals("WAYPOINT")) {
      return;
    }
    String applyTo = patch.text("applyTo");
    if (applyTo.isEmpty() || applyTo.equals("INVALID")) {
      refusals.add(patch.at("applyTo"), "a patch says what it applies to", "write applyTo");
      return;
    }
    Node change = patch.at("patch");
    String operation = change.text("operation");
    if (!change.is() || operation.isEmpty() || operation.equals("INVALID")) {
      refusals.add(change.at("operation"), "a patch needs an operation", "write patch.operation");
      return;
    }
    if (!operation.equals("REMOVE") && !change.has("value")) {
      refusals.add(
          change.at("value"), "operation " + operation + " needs a value", "write patch.value");
      return;
    }
    Node version = match.at("proxy", "proxyVersion");
    if (version.text().length() <= MAX_VERSION && !GoRegex.compiles(version.text())) {
      refusals.value(version, "is no regular expression", "write one in the syntax of RE2");
      return;
    }
    if (OBJECTS.stream().noneMatch(match::has) || fits(applyTo, match, refusals)) {
      EnvoyValues.check(applyTo, change.at("value"), refusals);
    }
  }

  /** Whether istiod goes on to the value. */
  private static boolean fits(String applyTo, Node match, Refusals refusals) {
    String wanted =
        LISTENER.contains(applyTo)
            ? "listener"
            : ROUTE.contains(applyTo)
                ? "routeConfiguration"
                : applyTo.equals("CLUSTER") ? "cluster" : "";
    if (!wanted.isEmpty() && !match.has(wanted)) {
      refusals.add(
          match, "a patch of " + applyTo + " matches by " + wanted, "write match." + wanted);
      return !wanted.equals("listener");
    }
    return !wanted.equals("listener")
        || filter(applyTo, match.at("listener", "filterChain", "filter"), refusals);
  }

  private static boolean filter(String applyTo, Node filter, Refusals refusals) {
    if (!filter.is()) {
      return true;
    }
    Node sub = filter.at("subFilter");
    if (filter.text("name").isEmpty()) {
      refusals.add(filter.at("name"), "a match of a filter needs its name", "write it");
    } else if (sub.is() && !applyTo.equals("HTTP_FILTER")) {
      refusals.add(sub, "only HTTP_FILTER matches by subFilter", "remove it");
    } else if (sub.is() && !CONNECTION_MANAGER.contains(filter.text("name"))) {
      refusals.value(
          filter.at("name"),
          "has no filters within it",
          "write envoy.filters.network.http_connection_manager");
    } else if (sub.is() && sub.text("name").isEmpty()) {
      refusals.add(sub.at("name"), "a match of a filter needs its name", "write it");
    } else {
      return true;
    }
    return false;
  }
}
