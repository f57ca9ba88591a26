package io.meshkeel.facts;

import io.meshkeel.facts.VirtualServiceView.GatewayReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gateways that serve none of the hosts of a VirtualService that is bound to them: {@code
 * pickMatchingGatewayHosts} in {@code pilot/pkg/networking/core/gateway.go} of istio/istio, release
 * 1.31. Told as {@code unserved} of a VirtualService: {@code {path, gateway, hosts, served}}.
 */
final class GatewayHosts implements FactIndex {
  private final Map<String, Set<String>> hosts = new HashMap<>();

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      Set<String> served = new LinkedHashSet<>();
      gateway.listeners().forEach(listener -> served.add(listener.place().host()));
      hosts.put(gateway.id(), served);
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service && !service.delegate()) {
      List<Object> unserved = new ArrayList<>();
      for (GatewayReference reference : service.gateways()) {
        Set<String> served = hosts.get(reference.name());
        // The list of the whole VirtualService; routes narrow it.
        if (served != null && reference.path().size() == 3 && !servesAny(served, service)) {
          unserved.add(
              Map.of(
                  "path", reference.path(),
                  "gateway", reference.name(),
                  "hosts", service.hosts().stream().map(ObjectView.HostAt::host).toList(),
                  "served", served.stream().sorted().limit(MeshFacts.MAX_RELATED).toList()));
        }
      }
      slice.put("unserved", List.copyOf(unserved));
    }
  }

  private static boolean servesAny(Set<String> served, VirtualServiceView service) {
    return service.hosts().stream()
        .anyMatch(host ->
            served.stream().anyMatch(gateway -> serves(gateway, host.fqdn(), service.namespace())));
  }

  /**
   * @param gateway {@code host} or {@code namespace/host}
   * @param namespace of the VirtualService
   */
  static boolean serves(String gateway, String host, String namespace) {
    int slash = gateway.indexOf('/');
    return slash < 0
        ? Hosts.meet(gateway, host)
        : gateway.substring(0, slash).equals(namespace)
            && Hosts.meet(gateway.substring(slash + 1), host);
  }
}
