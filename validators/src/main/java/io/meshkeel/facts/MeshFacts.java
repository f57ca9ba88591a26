package io.meshkeel.facts;

import io.meshkeel.model.Mesh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The objects of one mesh, joined: an index built once for a revision, then asked for the slice of
 * each object. Building is linear in the number of objects. Not thread-safe.
 *
 * <p>A slice is JSON ({@code Map}, {@code List}, {@code String}, {@code Boolean}, {@code Integer}),
 * immutable, and equal to another exactly if a rule would be told the same. Its fields are left out
 * where there is nothing to tell:
 *
 * <ul>
 *   <li>VirtualService: {@code hosts} (shared with others), {@code gateways}, {@code destinations}
 *       (those with a subset), {@code shortHosts}
 *   <li>DestinationRule: {@code shortHosts}
 *   <li>Gateway: {@code listeners} (those that meet another's)
 *   <li>PeerAuthentication: {@code others} (for the whole of its namespace, as this one)
 * </ul>
 */
public final class MeshFacts {
  /** Most related objects that a slice names: beyond that, more names help nobody. */
  public static final int MAX_RELATED = 20;

  private final Mesh.Spec mesh;
  private final Map<String, HostUsers> hostUsers = new HashMap<>();
  private final Map<GatewayView.Place, List<Met>> listeners = new HashMap<>();
  private final Map<String, List<PeerAuthenticationView>> wholeNamespace = new HashMap<>();
  private final Set<String> gateways = new HashSet<>();
  private final Set<String> namespaces = new HashSet<>();
  private final Set<String> services = new HashSet<>();
  private final SubsetLookup subsets;

  private record Met(GatewayView gateway, GatewayView.Listener listener) {}

  private MeshFacts(Mesh.Spec mesh) {
    this.mesh = mesh;
    this.subsets = new SubsetLookup(mesh);
  }

  /**
   * Joins objects.
   *
   * @param mesh names of the root namespace and the cluster domain
   * @param objects the objects of the mesh, in any order; what can't be read of one is left out
   */
  public static MeshFacts of(Mesh.Spec mesh, Iterable<? extends ObjectView> objects) {
    MeshFacts facts = new MeshFacts(mesh);
    objects.forEach(facts::add);
    return facts;
  }

  private void add(ObjectView object) {
    if (!object.namespace().isEmpty()) {
      namespaces.add(object.namespace());
    }
    switch (object) {
      case VirtualServiceView service -> addVirtualService(service);
      case DestinationRuleView rule -> {
        subsets.add(rule);
        services.add(rule.host().fqdn());
      }
      case ServiceEntryView entry -> {
        subsets.add(entry);
        services.addAll(entry.hosts());
      }
      case GatewayView gateway -> {
        gateways.add(gateway.id());
        for (GatewayView.Listener listener : gateway.listeners()) {
          listeners
              .computeIfAbsent(listener.place(), p -> new ArrayList<>(1))
              .add(new Met(gateway, listener));
        }
      }
      case PeerAuthenticationView policy -> {
        if (policy.wholeNamespace()) {
          wholeNamespace.computeIfAbsent(policy.namespace(), n -> new ArrayList<>(1)).add(policy);
        }
      }
      case ObjectView.Plain plain -> {}
    }
  }

  private void addVirtualService(VirtualServiceView service) {
    for (ObjectView.HostAt host : service.hosts()) {
      services.add(host.fqdn());
      if (service.mesh()) {
        hostUsers.computeIfAbsent(host.fqdn(), h -> new HostUsers()).add(service);
      }
    }
    for (VirtualServiceView.Destination destination : service.destinations()) {
      services.add(destination.host().fqdn());
    }
  }

  /** What a rule needs to know beside the object itself; empty if nothing. */
  public Map<String, Object> slice(ObjectView object) {
    return switch (object) {
      case VirtualServiceView service -> slice(service);
      case DestinationRuleView rule -> nonEmpty("shortHosts", shortHosts(List.of(rule.host())));
      case GatewayView gateway -> nonEmpty("listeners", meetings(gateway));
      case PeerAuthenticationView policy ->
          policy.wholeNamespace()
              ? nonEmpty(
                  "others",
                  HostUsers.firstIds(
                      wholeNamespace.getOrDefault(policy.namespace(), List.of()), policy))
              : Map.of();
      case ServiceEntryView entry -> Map.of();
      case ObjectView.Plain plain -> Map.of();
    };
  }

  private static Map<String, Object> nonEmpty(String name, List<?> list) {
    return list.isEmpty() ? Map.of() : Map.of(name, list);
  }

  private Map<String, Object> slice(VirtualServiceView service) {
    Map<String, Object> slice = new HashMap<>(4);
    slice.putAll(nonEmpty("hosts", sharedHosts(service)));
    slice.putAll(nonEmpty("gateways", references(service)));
    slice.putAll(nonEmpty("destinations", routedSubsets(service)));
    List<ObjectView.HostAt> hosts = new ArrayList<>();
    if (service.mesh()) {
      hosts.addAll(service.hosts());
    }
    service.destinations().forEach(destination -> hosts.add(destination.host()));
    slice.putAll(nonEmpty("shortHosts", shortHosts(hosts)));
    return Map.copyOf(slice);
  }

  private List<Object> sharedHosts(VirtualServiceView service) {
    if (!service.mesh()) {
      return List.of();
    }
    List<Object> shared = new ArrayList<>();
    for (ObjectView.HostAt host : service.hosts()) {
      HostUsers users = hostUsers.get(host.fqdn());
      List<String> others = users == null ? List.of() : users.others(service);
      if (!others.isEmpty()) {
        shared.add(
            Map.of(
                "path", host.path(), "host", host.host(), "fqdn", host.fqdn(), "others", others));
      }
    }
    return List.copyOf(shared);
  }

  private List<Object> references(VirtualServiceView service) {
    List<Object> references = new ArrayList<>(service.gateways().size());
    for (VirtualServiceView.GatewayReference reference : service.gateways()) {
      references.add(
          Map.of(
              "path", reference.path(),
              "reference", reference.reference(),
              "name", reference.name(),
              "internal", GatewayNames.isInternal(reference.reference()),
              "declared", gateways.contains(reference.name())));
    }
    return List.copyOf(references);
  }

  private List<Object> routedSubsets(VirtualServiceView service) {
    List<Object> routed = new ArrayList<>();
    for (VirtualServiceView.Destination destination : service.destinations()) {
      if (!destination.subset().isEmpty()) {
        routed.add(
            Map.of(
                "path", sibling(destination.host().path(), "subset"),
                "host", destination.host().host(),
                "fqdn", destination.host().fqdn(),
                "subset", destination.subset(),
                "lookups", lookups(service, destination)));
      }
    }
    return List.copyOf(routed);
  }

  private static List<Object> sibling(List<Object> path, String name) {
    List<Object> other = new ArrayList<>(path);
    other.set(other.size() - 1, name);
    return List.copyOf(other);
  }

  /**
   * What each sort of proxy that takes the route finds. {@code certain} tells proxies that are
   * meant to take it from those of namespaces about which nothing is said.
   */
  private List<Object> lookups(
      VirtualServiceView service, VirtualServiceView.Destination destination) {
    String fqdn = destination.host().fqdn();
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
            .limit(MAX_RELATED)
            .forEach(client -> add(certain, client, fqdn));
      }
    }
    if (!service.delegate()) {
      destination.gateways().stream()
          .sorted()
          .limit(MAX_RELATED)
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

  private List<Object> shortHosts(List<ObjectView.HostAt> hosts) {
    List<Object> found = new ArrayList<>();
    for (ObjectView.HostAt host : hosts) {
      switch (Hosts.form(host.host())) {
        case BARE ->
            found.add(
                Map.of(
                    "path", host.path(),
                    "host", host.host(),
                    "form", "bare",
                    "service", host.fqdn()));
        case PARTIAL -> {
          Optional<String> service = Hosts.meantService(host.host(), mesh.clusterDomain());
          if (service.isPresent()) {
            found.add(
                Map.of(
                    "path", host.path(),
                    "host", host.host(),
                    "form", "partial",
                    "service", service.get(),
                    "known", isKnown(service.get())));
          }
        }
        case FULL -> {}
      }
    }
    return List.copyOf(found);
  }

  /** A service that something in the mesh declares or names in full, or whose namespace does. */
  private boolean isKnown(String service) {
    return services.contains(service)
        || Hosts.namespaceOf(service, mesh.clusterDomain()).map(namespaces::contains).orElse(false);
  }

  private List<Object> meetings(GatewayView gateway) {
    List<Object> meetings = new ArrayList<>();
    for (GatewayView.Listener listener : gateway.listeners()) {
      Map<String, Boolean> others = new TreeMap<>();
      for (Met met : listeners.getOrDefault(listener.place(), List.of())) {
        if (met.gateway().declaration() != gateway.declaration()
            && gateway.sharesProxyWith(met.gateway())) {
          others.merge(
              met.gateway().id(),
              GatewayView.oneIsDropped(listener, met.listener()),
              Boolean::logicalOr);
        }
      }
      if (!others.isEmpty()) {
        meetings.add(
            Map.of(
                "path", listener.path(),
                "host", listener.host(),
                "port", listener.port(),
                "others", named(others)));
      }
    }
    return List.copyOf(meetings);
  }

  private static List<Object> named(Map<String, Boolean> others) {
    return others.entrySet().stream()
        .sorted(
            Map.Entry.<String, Boolean>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MAX_RELATED)
        .<Object>map(other -> Map.of("gateway", other.getKey(), "dropped", other.getValue()))
        .toList();
  }
}
