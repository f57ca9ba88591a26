package io.meshkeel.facts;

import io.meshkeel.facts.VirtualServiceView.Destination;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.Mesh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which subsets the proxies that take a route find. Told as {@code destinations} of a
 * VirtualService, those with a subset that some proxy doesn't find: {@code {path, host, fqdn,
 * subset, lookups}}, a lookup being {@code {proxies, certain, rules, subsets}}.
 *
 * <p>A gateway's proxies look from the namespace of their pods, wherever the Gateway is. The routes
 * of a delegate are taken by the proxies of those that delegate to it ({@code
 * mergeVirtualServicesIfNeeded} in {@code pilot/pkg/model/virtualservice.go} of istio/istio,
 * release 1.31).
 */
final class RoutedSubsets extends KeptIndex {
  private final SubsetLookup subsets;
  private final String clusterDomain;
  private final ClusterContents clusters;
  private final Shelf<String, GatewayView> gateways = shelf();
  private final Shelf<String, VirtualServiceView> delegating = shelf();

  RoutedSubsets(Mesh.Spec mesh, ClusterContents clusters) {
    this.subsets = new SubsetLookup(mesh, this);
    this.clusterDomain = mesh.clusterDomain();
    this.clusters = clusters;
  }

  @Override
  public void add(ObjectView object) {
    switch (object) {
      case DestinationRuleView rule -> subsets.add(rule);
      case ServiceEntryView entry -> subsets.add(entry);
      case GatewayView gateway -> gateways.put(gateway, gateway.id(), gateway);
      case VirtualServiceView service ->
          service.delegates().forEach(delegate -> delegating.put(service, delegate, service));
      default -> {}
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
    for (Destination destination : service.destinations()) {
      if (!destination.subset().isEmpty() && destination.reached()) {
        Taken taken =
            new Taken(
                destination.host().fqdn(), destination.mesh(), Set.copyOf(destination.gateways()));
        List<Object> lookups = found.computeIfAbsent(taken, t -> new Lookups(t).of(service));
        if (lookups.stream().allMatch(lookup -> defines(lookup, destination.subset()))) {
          continue;
        }
        Map<String, Object> told = new HashMap<>();
        told.put("path", Slice.sibling(destination.host().path(), "subset"));
        told.put("host", destination.host().host());
        told.put("fqdn", destination.host().fqdn());
        told.put("subset", destination.subset());
        told.put("lookups", lookups);
        if (isOutside(service)) {
          told.put("outside", true);
        }
        meant(lookups, destination.subset()).ifPresent(meant -> told.put("meant", meant));
        routed.add(Map.copyOf(told));
      }
    }
    return List.copyOf(routed);
  }

  /** Whether no host that it routes is one of Kubernetes. */
  private boolean isOutside(VirtualServiceView service) {
    String suffix = ".svc." + clusterDomain;
    return !service.hosts().isEmpty()
        && service.hosts().stream()
            .noneMatch(host -> host.fqdn().endsWith(suffix) || !host.fqdn().contains("."));
  }

  private static boolean defines(Object lookup, String subset) {
    return defined(lookup).contains(subset);
  }

  private static List<String> defined(Object lookup) {
    return lookup instanceof Map<?, ?> found && found.get("subsets") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The one subset that the name is a slip of, for all proxies that find any. */
  private static Optional<String> meant(List<Object> lookups, String subset) {
    Set<Optional<String>> slips = new HashSet<>();
    for (Object lookup : lookups) {
      if (!defined(lookup).isEmpty()) {
        slips.add(ClosestName.slip(subset, defined(lookup)));
      }
    }
    return slips.size() == 1 ? slips.iterator().next() : Optional.empty();
  }

  /**
   * What each sort of proxy that takes a route finds. {@code certain} tells proxies that are meant
   * to take it from those of namespaces about which nothing is said.
   */
  private final class Lookups {
    private final Taken taken;
    private final Map<SubsetLookup.Found, Set<String>> certain = new LinkedHashMap<>();
    private final Map<SubsetLookup.Found, Set<String>> possible = new LinkedHashMap<>();

    Lookups(Taken taken) {
      this.taken = taken;
    }

    List<Object> of(VirtualServiceView service) {
      if (service.delegate()) {
        delegated(service);
      } else {
        if (taken.mesh()) {
          inMesh(service);
        }
        taken.gateways().stream().sorted().limit(MeshFacts.MAX_RELATED).forEach(this::atGateway);
      }
      possible.keySet().removeAll(certain.keySet());
      List<Object> lookups = new ArrayList<>(certain.size() + possible.size());
      certain.forEach((found, proxies) -> lookups.add(lookup(found, proxies, true)));
      possible.forEach((found, proxies) -> lookups.add(lookup(found, proxies, false)));
      return List.copyOf(lookups);
    }

    private void delegated(VirtualServiceView service) {
      List<VirtualServiceView> roots = delegating.get(service.id());
      for (VirtualServiceView root : roots) {
        if (root.mesh()) {
          inMesh(root);
        }
        root.gateways().stream()
            .filter(reference -> reference.path().size() == 3)
            .limit(MeshFacts.MAX_RELATED)
            .forEach(reference -> atGateway(reference.name()));
      }
      if (certain.isEmpty()) {
        add(
            certain,
            subsets.forGateway(service.namespace(), taken.fqdn()),
            "the delegating VirtualService");
      }
    }

    private void inMesh(VirtualServiceView service) {
      Scopes scopes = service.scopes();
      if (scopes.everywhere()) {
        client(certain, service.namespace());
        client(possible, SubsetLookup.ANY_OTHER);
      } else {
        scopes.namespaces().stream()
            .sorted()
            .limit(MeshFacts.MAX_RELATED)
            .forEach(client -> client(certain, client));
      }
    }

    private void client(Map<SubsetLookup.Found, Set<String>> groups, String client) {
      add(
          groups,
          subsets.forClient(client, taken.fqdn()),
          client.equals(SubsetLookup.ANY_OTHER) ? "other namespaces" : "namespace " + client);
    }

    private void atGateway(String id) {
      GatewayView gateway = gateways.first(id).orElse(null);
      // Whoever selects nothing takes every gateway, and most of them aren't meant.
      Set<String> homes =
          gateway == null || gateway.selector().isEmpty() ? Set.of() : clusters.namespaces(gateway);
      if (homes.isEmpty()) {
        add(
            certain,
            subsets.forGateway(id.substring(0, id.indexOf('/')), taken.fqdn()),
            "gateway " + id);
      }
      homes.stream()
          .limit(MeshFacts.MAX_RELATED)
          .forEach(home ->
              add(
                  certain,
                  subsets.forClient(home, taken.fqdn()),
                  "gateway " + id + " in namespace " + home));
    }

    private static void add(
        Map<SubsetLookup.Found, Set<String>> groups, SubsetLookup.Found found, String proxies) {
      groups.computeIfAbsent(found, f -> new LinkedHashSet<>()).add(proxies);
    }

    private static Map<String, Object> lookup(
        SubsetLookup.Found found, Set<String> proxies, boolean certain) {
      return Map.of(
          "proxies", List.copyOf(proxies),
          "certain", certain,
          "rules", found.rules(),
          "subsets", found.subsets());
    }
  }
}
