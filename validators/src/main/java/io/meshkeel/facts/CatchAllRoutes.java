package io.meshkeel.facts;

import io.meshkeel.facts.VirtualServiceView.GatewayReference;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * VirtualServices of one host at one gateway that all take every request: istiod joins their routes
 * in an order that nobody declares. Told as {@code catchAlls} of a VirtualService: {@code {path,
 * host, gateway, others}}, the path being that of the route that takes all.
 */
final class CatchAllRoutes extends KeptIndex {
  private static final Set<Object> TAKES_ALL =
      Set.of(Map.of(), Map.of("uri", Map.of("prefix", "/")), Map.of("uri", Map.of("regex", ".*")));

  private final Shelf<Place, VirtualServiceView> places = shelf();

  private record Place(String gateway, String host) {}

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service && catchesAll(service)) {
      for (ObjectView.HostAt host : service.hosts()) {
        for (String gateway : gateways(service)) {
          places.put(service, new Place(gateway, host.fqdn()), service);
        }
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service && catchesAll(service)) {
      List<Object> path = catchAll(service).orElseThrow();
      List<Object> told = new ArrayList<>();
      for (ObjectView.HostAt host : service.hosts()) {
        for (String gateway : gateways(service)) {
          List<VirtualServiceView> met =
              places.get(new Place(gateway, host.fqdn())).stream()
                  .filter(other -> other.scopes().meets(service.scopes()))
                  .toList();
          List<String> others = HostUsers.firstIds(met, service);
          if (!others.isEmpty()) {
            told.add(
                Map.of("path", path, "host", host.host(), "gateway", gateway, "others", others));
          }
        }
      }
      slice.put("catchAlls", List.copyOf(told));
    }
  }

  /** Those of the whole VirtualService, each once. */
  private static Set<String> gateways(VirtualServiceView service) {
    Set<String> names = new LinkedHashSet<>();
    for (GatewayReference reference : service.gateways()) {
      if (reference.path().size() == 3) {
        names.add(reference.name());
      }
    }
    return names;
  }

  private static boolean catchesAll(VirtualServiceView service) {
    return catchAll(service).isPresent();
  }

  /** The first: {@code IsCatchAllRoute} in {@code pilot/pkg/networking/core/route/route.go}. */
  private static Optional<List<Object>> catchAll(VirtualServiceView service) {
    if (service.gateways().isEmpty()) {
      return Optional.empty();
    }
    List<Map<String, Object>> routes =
        JsonTree.maps(service.declaration().manifest().spec(), "http");
    for (int i = 0; i < routes.size(); i++) {
      List<Map<String, Object>> matches = JsonTree.maps(routes.get(i), "match");
      if (!routes.get(i).containsKey("delegate")
          && (matches.isEmpty() || matches.stream().anyMatch(CatchAllRoutes::takesAll))) {
        return Optional.of(List.of("spec", "http", i));
      }
    }
    return Optional.empty();
  }

  private static boolean takesAll(Map<String, Object> match) {
    Map<String, Object> asked = new HashMap<>(match);
    asked.keySet().removeAll(Set.of("name", "statPrefix"));
    // An empty field asks for nothing.
    asked.values().removeIf(value -> value.equals(Map.of()) || value.equals(List.of()));
    return TAKES_ALL.contains(asked);
  }
}
