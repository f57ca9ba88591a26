package io.meshkeel.facts.joined;

import io.meshkeel.facts.DestinationRuleView;
import io.meshkeel.facts.GatewayView;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.ServiceEntryView;
import io.meshkeel.facts.Shelf;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.facts.service.HostRegistry;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hosts that nothing answers to: {@code GetDestinationCluster} in {@code
 * pilot/pkg/networking/core/route/route.go} of istio/istio, release 1.31, names a cluster by the
 * destination's exact host, which is there only for a service of exactly that name. Told as {@code
 * unknownDestinations} of a VirtualService and {@code unknownHost} of a DestinationRule: {@code
 * {path, host, fqdn, hint, meant?}}, {@code meant} being the one service that can have been meant;
 * and as {@code shadowed} of a ServiceEntry: {@code {path, host, service}}.
 */
final class DestinationHosts extends KeptIndex {
  private final JoinedMesh mesh;
  private final HostRegistry registry;
  private final Optional<String> unknown;
  private final Shelf<String, GatewayView> gateways = shelf();

  DestinationHosts(JoinedMesh mesh) {
    this.mesh = mesh;
    this.registry = mesh.state().hosts();
    this.unknown = mesh.unknown(ObservedKinds.SERVICE);
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      gateways.put(gateway, gateway.id(), gateway);
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    switch (object) {
      case VirtualServiceView service -> {
        if (unknown.isPresent()) {
          slice.unjudged("M103", unknown.get());
          slice.unjudged("M107", unknown.get());
          return;
        }
        List<Object> missing = new ArrayList<>();
        for (VirtualServiceView.Destination destination : service.destinations()) {
          if (destination.reached()) {
            add(missing, destination.host());
            hidden(service, destination).ifPresent(missing::add);
          }
        }
        slice.put("unknownDestinations", List.copyOf(missing));
      }
      case DestinationRuleView rule -> {
        if (unknown.isPresent()) {
          slice.unjudged("M203", unknown.get());
          return;
        }
        List<Object> missing = new ArrayList<>();
        if (Hosts.isWildcard(rule.host().fqdn())
            ? registry.within(rule.host().fqdn()).isEmpty()
            : registry.covering(rule.host().fqdn()).isEmpty()) {
          add(missing, rule.host());
        }
        slice.put("unknownHost", List.copyOf(missing));
      }
      case ServiceEntryView entry -> shadowed(entry, slice);
      default -> {}
    }
  }

  /** Of one name, a Kubernetes Service counts before a ServiceEntry. */
  private void shadowed(ServiceEntryView entry, Slice slice) {
    if (unknown.isPresent()) {
      slice.unjudged("M601", unknown.get());
      return;
    }
    List<Object> told = new ArrayList<>();
    List<String> hosts = JsonTree.strings(entry.declaration().manifest().spec(), "hosts");
    for (int i = 0; i < hosts.size(); i++) {
      List<Object> path = List.of("spec", "hosts", i);
      String host = hosts.get(i);
      mesh.state()
          .services()
          .byHost(host)
          .ifPresent(service ->
              told.add(Map.of("path", path, "host", host, "service", service.key().toString())));
    }
    slice.put("shadowed", List.copyOf(told));
  }

  private void add(List<Object> missing, ObjectView.HostAt host) {
    if (registry.exactly(host.fqdn()).isEmpty()) {
      Map<String, Object> told = new HashMap<>();
      told.put("path", host.path());
      told.put("host", host.host());
      told.put("fqdn", host.fqdn());
      told.put("hint", hint(host.fqdn()));
      meant(host).ifPresent(meant -> told.put("meant", meant));
      missing.add(Map.copyOf(told));
    }
  }

  /** A service's full name without its end, or a bare name that one service alone has. */
  private Optional<String> meant(ObjectView.HostAt host) {
    return switch (Hosts.form(host.host())) {
      case PARTIAL ->
          Hosts.meantService(host.host(), mesh.spec().clusterDomain())
              .filter(name -> !registry.exactly(name).isEmpty());
      case BARE -> {
        List<MeshService> namesakes =
            mesh.state().services().all().stream()
                .filter(service -> service.key().name().equals(host.host()))
                .limit(2)
                .toList();
        yield namesakes.size() == 1 ? Optional.of(namesakes.getFirst().host()) : Optional.empty();
      }
      case FULL -> Optional.empty();
    };
  }

  /**
   * A host that something has, but not for the proxies that take the route: {@code
   * initServiceRegistry} in {@code pilot/pkg/model/push_context.go} keeps services by who sees
   * them.
   */
  private Optional<Object> hidden(
      VirtualServiceView service, VirtualServiceView.Destination destination) {
    ObjectView.HostAt host = destination.host();
    List<HostRegistry.Registered> known = registry.exactly(host.fqdn());
    if (known.isEmpty() || known.stream().anyMatch(one -> one.scopes().everywhere())) {
      return Optional.empty();
    }
    Set<String> clients = clients(service, destination);
    if (clients.isEmpty()
        || clients.stream().anyMatch(client -> registry.knows(host.fqdn(), client))) {
      return Optional.empty();
    }
    HostRegistry.Registered first = known.getFirst();
    String owner =
        first
            .by()
            .map(key -> "ServiceEntry " + key.namespace() + "/" + key.name())
            .orElse("the Service of namespace " + first.namespace());
    return Optional.of(
        Map.of(
            "path", host.path(),
            "host", host.host(),
            "fqdn", host.fqdn(),
            "hint",
                " for the proxies that take the route: "
                    + owner
                    + " isn't exported to namespace "
                    + String.join(", ", clients)));
  }

  /** The namespaces of all proxies that take a route; empty if they aren't known. */
  private Set<String> clients(
      VirtualServiceView service, VirtualServiceView.Destination destination) {
    Set<String> clients = new TreeSet<>();
    if (service.delegate() || (destination.mesh() && service.scopes().everywhere())) {
      return Set.of();
    }
    if (destination.mesh()) {
      clients.addAll(service.scopes().namespaces());
    }
    for (String id : destination.gateways()) {
      List<Workload> taking =
          gateways
              .first(id)
              .map(gateway -> mesh.taking(gateway.declaration().manifest()))
              .orElse(List.of());
      if (taking.isEmpty()) {
        return Set.of();
      }
      taking.forEach(workload -> clients.add(workload.key().namespace()));
    }
    return clients;
  }

  /** What was probably meant: the full name of a service, or the same name elsewhere. */
  private String hint(String fqdn) {
    String domain = mesh.spec().clusterDomain();
    Optional<String> full =
        Hosts.meantService(fqdn, domain).filter(name -> !registry.exactly(name).isEmpty());
    if (full.isPresent()) {
      return "; meant is probably " + full.get();
    }
    int dot = fqdn.indexOf('.');
    String name = dot < 0 ? fqdn : fqdn.substring(0, dot);
    return Hosts.namespaceOf(fqdn, domain).stream()
        .flatMap(namespace -> mesh.state().services().all().stream())
        .filter(service -> service.key().name().equals(name))
        .findFirst()
        .map(service -> "; meant is probably " + service.host())
        .orElse("");
  }
}
