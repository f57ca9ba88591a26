package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Destinations without a port whose service has several: {@code GetDestinationCluster} in {@code
 * pilot/pkg/networking/core/route/route.go} of istio/istio, release 1.31, takes the listener's port
 * then, be it one of the service's or not. Only services that a ServiceEntry declares are known.
 * Told as {@code portless} of a VirtualService: {@code {path, host, ports, wrong, atGateway}},
 * where {@code wrong} are the listeners' ports that the service lacks.
 */
final class EntryPorts implements FactIndex {
  private final Map<String, TreeSet<Long>> ports = new HashMap<>();
  private final Map<String, List<GatewayView.Listener>> listeners = new HashMap<>();

  @Override
  public void add(ObjectView object) {
    switch (object) {
      case ServiceEntryView entry -> {
        for (String host : entry.hosts()) {
          TreeSet<Long> known = ports.computeIfAbsent(host, h -> new TreeSet<>());
          entry.ports().forEach(port -> known.add(port.number()));
        }
      }
      case GatewayView gateway -> listeners.put(gateway.id(), gateway.listeners());
      default -> {}
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service && !service.delegate()) {
      List<Object> portless = new ArrayList<>();
      for (VirtualServiceView.Destination destination : service.destinations()) {
        TreeSet<Long> known = ports.get(destination.host().fqdn());
        if (known != null && known.size() > 1 && !destination.port()) {
          add(portless, destination, known, atGateways(service, destination), true);
          add(portless, destination, known, inMesh(service, destination), false);
        }
      }
      slice.put("portless", List.copyOf(portless));
    }
  }

  private static void add(
      List<Object> portless,
      VirtualServiceView.Destination destination,
      Set<Long> known,
      Set<Long> taken,
      boolean atGateway) {
    Set<Long> wrong = new TreeSet<>(taken);
    wrong.removeAll(known);
    if (!wrong.isEmpty()) {
      portless.add(
          Map.of(
              "path", destination.host().path(),
              "host", destination.host().host(),
              "ports", List.copyOf(known),
              "wrong", List.copyOf(wrong),
              "atGateway", atGateway));
    }
  }

  /** The ports on which gateways take the route. */
  private Set<Long> atGateways(
      VirtualServiceView service, VirtualServiceView.Destination destination) {
    Set<Long> taken = new HashSet<>();
    for (String gateway : destination.gateways()) {
      for (GatewayView.Listener listener : listeners.getOrDefault(gateway, List.of())) {
        if (service.hosts().stream()
            .anyMatch(host ->
                ServedHosts.serves(listener.place().host(), host.fqdn(), service.namespace()))) {
          taken.add(listener.port());
        }
      }
    }
    return taken;
  }

  /** The ports on which sidecars take the route, as far as ServiceEntries tell. */
  private Set<Long> inMesh(VirtualServiceView service, VirtualServiceView.Destination destination) {
    Set<Long> taken = new HashSet<>();
    if (service.mesh() && destination.mesh()) {
      service
          .hosts()
          .forEach(host -> taken.addAll(ports.getOrDefault(host.fqdn(), new TreeSet<>())));
    }
    return taken;
  }
}
