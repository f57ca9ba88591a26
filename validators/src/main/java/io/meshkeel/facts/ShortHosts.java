package io.meshkeel.facts;

import io.meshkeel.model.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts that aren't written in full, and what they were probably meant for. Told as {@code
 * shortHosts} of a VirtualService or DestinationRule: {@code {path, host, form, service, known}}.
 */
final class ShortHosts extends KeptIndex {
  private final Mesh.Spec mesh;
  private final ClusterContents clusters;
  private final Shelf<String, Boolean> namespaces = shelf();
  private final Shelf<String, Boolean> services = shelf();

  ShortHosts(Mesh.Spec mesh, ClusterContents clusters) {
    this.mesh = mesh;
    this.clusters = clusters;
  }

  @Override
  public void add(ObjectView object) {
    if (!object.namespace().isEmpty()) {
      namespaces.put(object, object.namespace(), true);
    }
    switch (object) {
      case VirtualServiceView service -> {
        service.hosts().forEach(host -> services.put(service, host.fqdn(), true));
        service
            .destinations()
            .forEach(destination -> services.put(service, destination.host().fqdn(), true));
      }
      case DestinationRuleView rule -> services.put(rule, rule.host().fqdn(), true);
      case ServiceEntryView entry -> entry.hosts().forEach(host -> services.put(entry, host, true));
      default -> {}
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof DestinationRuleView rule) {
      slice.put("shortHosts", shortHosts(List.of(rule.host())));
    } else if (object instanceof VirtualServiceView service) {
      List<ObjectView.HostAt> hosts = new ArrayList<>();
      if (service.mesh()) {
        hosts.addAll(service.hosts());
      }
      service.destinations().forEach(destination -> hosts.add(destination.host()));
      slice.put("shortHosts", shortHosts(hosts));
    }
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

  /**
   * A service that a cluster holds, or that something in the mesh declares or names in full, or
   * whose namespace does.
   */
  private boolean isKnown(String service) {
    return services.has(service)
        || clusters.ports(service).isPresent()
        || Hosts.namespaceOf(service, mesh.clusterDomain()).map(namespaces::has).orElse(false);
  }
}
