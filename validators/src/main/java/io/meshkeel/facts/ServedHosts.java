package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hosts of a Gateway, so that asking whether one is served costs little however many there are:
 * {@code pickMatchingGatewayHosts} in {@code pilot/pkg/networking/core/gateway.go} of istio/istio,
 * release 1.31.
 */
final class ServedHosts {
  private final Set<String> all = new HashSet<>();
  private final List<String> wildcards = new ArrayList<>();

  ServedHosts(GatewayView gateway) {
    for (GatewayView.Listener listener : gateway.listeners()) {
      String host = listener.place().host();
      if (all.add(host) && Hosts.isWildcard(name(host))) {
        wildcards.add(host);
      }
    }
  }

  /** Whether a VirtualService of this namespace is taken for this host. */
  boolean serve(String host, String namespace) {
    return all.contains(host)
        || all.contains(namespace + "/" + host)
        || (Hosts.isWildcard(host) ? all : wildcards)
            .stream().anyMatch(served -> serves(served, host, namespace));
  }

  /** The first of them, in the order of their names. */
  List<String> first() {
    return new TreeSet<>(all).stream().limit(MeshFacts.MAX_RELATED).toList();
  }

  private static String name(String served) {
    return served.substring(served.indexOf('/') + 1);
  }

  /**
   * @param served {@code host} or {@code namespace/host}
   * @param namespace of the VirtualService
   */
  static boolean serves(String served, String host, String namespace) {
    int slash = served.indexOf('/');
    return (slash < 0 || served.substring(0, slash).equals(namespace))
        && Hosts.meet(name(served), host);
  }
}
