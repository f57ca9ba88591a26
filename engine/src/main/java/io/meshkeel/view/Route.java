package io.meshkeel.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One rule of a VirtualService or a route of the Gateway API.
 *
 * @param protocol {@code http}, {@code tls} or {@code tcp}
 * @param match what it takes, in words; empty for everything
 * @param to where it goes; empty if it answers by itself
 * @param action what it does instead of going somewhere, for example {@code redirect}; empty if
 *     nothing
 */
public record Route(String protocol, String match, List<Target> to, String action) {
  /**
   * A destination.
   *
   * @param host in full
   * @param subset empty if none is named
   * @param port 0 if none is named
   * @param weight its share of all weights of the route, in percent, rounded down
   */
  public record Target(String host, String subset, long port, long weight) {
    String text() {
      return host
          + (subset.isEmpty() ? "" : "/" + subset)
          + (port == 0 ? "" : ":" + port)
          + (weight == 100 ? "" : " " + weight + "%");
    }
  }

  public Route {
    to = List.copyOf(to);
  }

  /** For example {@code GET /api* → reviews.shop.svc.cluster.local/v1 80%, …/v2 20%}. */
  String text() {
    List<String> parts = new ArrayList<>();
    to.forEach(target -> parts.add(target.text()));
    if (!action.isEmpty()) {
      parts.add(action);
    }
    return (match.isEmpty() ? "" : match + " ") + "→ " + String.join(", ", parts);
  }

  Map<String, Object> json() {
    return Map.of(
        "protocol",
        protocol,
        "match",
        match,
        "action",
        action,
        "to",
        to.stream()
            .map(target ->
                Map.of(
                    "host", target.host(),
                    "subset", target.subset(),
                    "port", target.port(),
                    "weight", target.weight()))
            .toList());
  }
}
