package io.meshkeel.facts;

import io.meshkeel.facts.VirtualServiceView.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Gateway-bound routes to a service whose subsets only the mesh's own routes choose: what those say
 * doesn't hold for requests from outside. Told as {@code unrouted} of a VirtualService: {@code
 * {path, host, others}}.
 */
final class UnroutedSubsets extends KeptIndex {
  private final Shelf<String, String> choosing = shelf();

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service && service.mesh()) {
      for (Destination destination : service.destinations()) {
        String fqdn = destination.host().fqdn();
        if (destination.mesh()
            && !destination.subset().isEmpty()
            && service.hosts().stream().anyMatch(host -> host.fqdn().equals(fqdn))) {
          choosing.put(service, fqdn, service.id());
        }
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service) {
      List<Object> unrouted = new ArrayList<>();
      for (Destination destination : service.destinations()) {
        List<String> others = others(service, destination);
        if (!others.isEmpty()) {
          unrouted.add(
              Map.of(
                  "path", destination.host().path(),
                  "host", destination.host().host(),
                  "others", others));
        }
      }
      slice.put("unrouted", List.copyOf(unrouted));
    }
  }

  private List<String> others(VirtualServiceView service, Destination destination) {
    if (destination.gateways().isEmpty() || !destination.subset().isEmpty()) {
      return List.of();
    }
    return new TreeSet<>(choosing.get(destination.host().fqdn()))
        .stream().filter(id -> !id.equals(service.id())).limit(MeshFacts.MAX_RELATED).toList();
  }
}
