package io.meshkeel.facts;

import io.meshkeel.model.Mesh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which subsets the proxies that take a route find. Told as {@code destinations} of a
 * VirtualService, those with a subset that some proxy doesn't find: {@code {path, host, fqdn,
 * subset, lookups}}, a lookup being {@code {proxies, certain, rules, subsets}}.
 */
final class RoutedSubsets implements FactIndex {
  private final SubsetLookup subsets;

  RoutedSubsets(Mesh.Spec mesh) {
    this.subsets = new SubsetLookup(mesh);
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof DestinationRuleView rule) {
      subsets.add(rule);
    } else if (object instanceof ServiceEntryView entry) {
      subsets.add(entry);
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service) {
      slice.put("destinations", routed(service));
    }
  }

  /** What a route to a host is taken by: the mesh's sidecars, or gateways. */
  private record Taken(String fqdn, boolean mesh, Set<String> gateways) {}

  private List<Object> routed(VirtualServiceView service) {
    List<Object> routed = new ArrayList<>();
    // A canary's destinations differ in nothing but the subset.
    Map<Taken, List<Object>> found = HashMap.newHashMap(2);
    for (VirtualServiceView.Destination destination : service.destinations()) {
      if (!destination.subset().isEmpty()) {
        Taken taken =
            new Taken(
                destination.host().fqdn(), destination.mesh(), Set.copyOf(destination.gateways()));
        List<Object> lookups = found.computeIfAbsent(taken, t -> lookups(service, t));
        if (lookups.stream().allMatch(lookup -> defines(lookup, destination.subset()))) {
          continue;
        }
        routed.add(
            Map.of(
                "path", Slice.sibling(destination.host().path(), "subset"),
                "host", destination.host().host(),
                "fqdn", destination.host().fqdn(),
                "subset", destination.subset(),
                "lookups", lookups));
      }
    }
    return List.copyOf(routed);
  }

  private static boolean defines(Object lookup, String subset) {
    return lookup instanceof Map<?, ?> found
        && found.get("subsets") instanceof List<?> subsets
        && subsets.contains(subset);
  }

  /**
   * What each sort of proxy that takes the route finds. {@code certain} tells proxies that are
   * meant to take it from those of namespaces about which nothing is said.
   */
  private List<Object> lookups(VirtualServiceView service, Taken destination) {
    String fqdn = destination.fqdn();
    Map<SubsetLookup.Found, List<String>> certain = new LinkedHashMap<>();
    Map<SubsetLookup.Found, List<String>> possible = new LinkedHashMap<>();
    if (service.delegate()) {
      certain
          .computeIfAbsent(subsets.forGateway(service.namespace(), fqdn), f -> new ArrayList<>())
          .add("the delegating VirtualService");
    } else if (destination.mesh()) {
      Scopes scopes = service.scopes();
      if (scopes.everywhere()) {
        add(certain, service.namespace(), fqdn);
        add(possible, SubsetLookup.ANY_OTHER, fqdn);
      } else {
        scopes.namespaces().stream()
            .sorted()
            .limit(MeshFacts.MAX_RELATED)
            .forEach(client -> add(certain, client, fqdn));
      }
    }
    if (!service.delegate()) {
      destination.gateways().stream()
          .sorted()
          .limit(MeshFacts.MAX_RELATED)
          .forEach(gateway ->
              certain
                  .computeIfAbsent(
                      subsets.forGateway(gateway.substring(0, gateway.indexOf('/')), fqdn),
                      f -> new ArrayList<>())
                  .add("gateway " + gateway));
    }
    possible.keySet().removeAll(certain.keySet());
    List<Object> lookups = new ArrayList<>(certain.size() + possible.size());
    certain.forEach((found, proxies) -> lookups.add(lookup(found, proxies, true)));
    possible.forEach((found, proxies) -> lookups.add(lookup(found, proxies, false)));
    return List.copyOf(lookups);
  }

  private void add(Map<SubsetLookup.Found, List<String>> groups, String client, String fqdn) {
    groups
        .computeIfAbsent(subsets.forClient(client, fqdn), f -> new ArrayList<>())
        .add(client.equals(SubsetLookup.ANY_OTHER) ? "other namespaces" : "namespace " + client);
  }

  private static Map<String, Object> lookup(
      SubsetLookup.Found found, List<String> proxies, boolean certain) {
    return Map.of(
        "proxies", List.copyOf(proxies),
        "certain", certain,
        "rules", found.rules(),
        "subsets", found.subsets());
  }
}
