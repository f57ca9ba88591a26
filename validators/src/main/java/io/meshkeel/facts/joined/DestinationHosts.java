package io.meshkeel.facts.joined;

import io.meshkeel.facts.DestinationRuleView;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.ServiceEntryView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.facts.service.HostRegistry;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  DestinationHosts(JoinedMesh mesh) {
    this.mesh = mesh;
    this.registry = mesh.state().hosts();
    this.unknown = mesh.unknown(ObservedKinds.SERVICE);
  }

  @Override
  public void add(ObjectView object) {}

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
        if (!Hosts.isWildcard(rule.host().fqdn())
            && registry.covering(rule.host().fqdn()).isEmpty()) {
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
