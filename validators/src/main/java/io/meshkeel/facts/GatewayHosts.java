package io.meshkeel.facts;

import io.meshkeel.facts.VirtualServiceView.GatewayReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gateways that serve none of the hosts of a VirtualService that is bound to them. Told as {@code
 * unserved} of a VirtualService: {@code {path, gateway, hosts, served}}.
 */
final class GatewayHosts extends KeptIndex {
  private final Shelf<String, ServedHosts> gateways = shelf();

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
      slice.put("unserved", List.copyOf(unserved));
    }
  }
}
