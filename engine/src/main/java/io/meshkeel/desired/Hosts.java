package io.meshkeel.desired;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ResourceKey;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Host names as Istio reads them. */
final class Hosts {
  private Hosts() {}

  /** A name without a dot is a service of the own namespace; any other is meant as written. */
  static String full(String host, String namespace, String clusterDomain) {
    return host.contains(".") || host.equals("*")
        ? host
        : host + "." + namespace + ".svc." + clusterDomain;
  }

  /** The hosts that a DestinationRule or ServiceEntry is about. */
  static Set<String> about(ResourceKey key, Map<String, Object> spec, String clusterDomain) {
    if (!key.group().equals("networking.istio.io")) {
      return Set.of();
    }
    String namespace = key.namespace();
    return switch (key.kind()) {
      case "DestinationRule" -> {
        String host = JsonTree.string(spec, "host", "");
        yield host.isEmpty() ? Set.of() : Set.of(full(host, namespace, clusterDomain));
      }
      case "ServiceEntry" ->
          JsonTree.strings(spec, "hosts").stream()
              .map(host -> full(host, namespace, clusterDomain))
              .collect(Collectors.toSet());
      default -> Set.of();
    };
  }
}
