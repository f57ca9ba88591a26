package io.meshkeel.facts;

import io.meshkeel.facts.VirtualServiceView.GatewayReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gateways that serve none of the hosts of a VirtualService that is bound to them, and hosts that
 * none of its gateways serves. Told as {@code unserved} of a VirtualService: {@code {path, gateway,
 * hosts, served}}.
 */
final class GatewayHosts extends KeptIndex {
  private final Shelf<String, ServedHosts> gateways = shelf();
  private final String domain;

  /**
   * @param domain the cluster domain
   */
  GatewayHosts(String domain) {
    this.domain = domain;
  }

  /**
   * Hosts that none of the gateways serves while each gateway serves another of them. Sidecars take
   * hosts that no gateway has, and the name of a service is written for them.
   */
  private List<Object> alone(VirtualServiceView service, boolean told) {
    List<ServedHosts> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (GatewayReference reference : service.gateways()) {
      Optional<ServedHosts> served = gateways.first(reference.name());
      if (served.isEmpty()) {
        return List.of();
      }
      if (reference.path().size() == 3) {
        all.add(served.get());
        names.add(reference.name());
      }
    }
    List<Object> alone = new ArrayList<>();
    if (!told && !all.isEmpty() && !service.mesh()) {
      for (ObjectView.HostAt host : service.hosts()) {
        if (Hosts.namespaceOf(host.fqdn(), domain).isEmpty()
            && all.stream().noneMatch(one -> one.serve(host.fqdn(), service.namespace()))) {
          alone.add(
              Map.of(
                  "path", host.path(),
                  "gateway", String.join(", ", names),
                  "hosts", List.of(host.host()),
                  "served",
                      all.stream()
                          .flatMap(one -> one.first().stream())
                          .distinct()
                          .sorted()
                          .limit(MeshFacts.MAX_RELATED)
                          .toList()));
        }
      }
    }
    return alone;
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      gateways.put(gateway, gateway.id(), new ServedHosts(gateway));
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service && !service.delegate()) {
      List<Object> unserved = new ArrayList<>();
      for (GatewayReference reference : service.gateways()) {
        Optional<ServedHosts> served = gateways.first(reference.name());
        // The list of the whole VirtualService; routes narrow it.
        if (served.isPresent()
            && reference.path().size() == 3
            && service.hosts().stream()
                .noneMatch(host -> served.get().serve(host.fqdn(), service.namespace()))) {
          unserved.add(
              Map.of(
                  "path", reference.path(),
                  "gateway", reference.name(),
                  "hosts", service.hosts().stream().map(ObjectView.HostAt::host).toList(),
                  "served", served.get().first()));
        }
      }
      unserved.addAll(alone(service, !unserved.isEmpty()));
      slice.put("unserved", List.copyOf(unserved));
    }
  }
}
