package io.meshkeel.facts;

import io.meshkeel.facts.VirtualServiceView.Destination;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.service.ServicePort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Destinations without a port whose service has several: {@code GetDestinationCluster} in {@code
 * pilot/pkg/networking/core/route/route.go} of istio/istio, release 1.31, takes the listener's port
 * then, be it one of the service's or not. A Kubernetes Service counts before a ServiceEntry. Told
 * as {@code portless} of a VirtualService: {@code {path, host, ports, wrong, atGateway, by}}, where
 * {@code wrong} are the listeners' ports that the service lacks, and {@code by} are {@code {kind,
 * id}} of what has the ports.
 */
final class PortlessDestinations extends KeptIndex {
  private final ClusterContents clusters;
  private final Shelf<String, ServiceEntryView.Port> entries = shelf();
  private final Shelf<String, String> owners = shelf();
  private final Shelf<String, List<GatewayView.Listener>> listeners = shelf();

  PortlessDestinations(ClusterContents clusters) {
    this.clusters = clusters;
  }

  @Override
  public void add(ObjectView object) {
    switch (object) {
      case ServiceEntryView entry -> {
        for (String host : entry.hosts()) {
          entry.ports().forEach(port -> entries.put(entry, host, port));
          owners.put(entry, host, entry.id());
        }
      }
      case GatewayView gateway -> listeners.put(gateway, gateway.id(), gateway.listeners());
      default -> {}
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service && !service.delegate()) {
      List<Object> portless = new ArrayList<>();
      for (Destination destination : service.destinations()) {
        if (destination.port() || !destination.reached()) {
          continue;
        }
        Map<Long, Protocol> known = ports(destination.host().fqdn());
        if (known.size() > 1) {
          Set<Long> ports = known.keySet();
          List<Object> by = by(destination.host().fqdn());
          add(portless, destination, ports, atGateways(service, destination), true, by);
          add(portless, destination, ports, inMesh(service, destination), false, by);
        }
      }
      slice.put("portless", List.copyOf(portless));
    }
  }

  /** The ports of a host; none if nobody knows it. */
  private Map<Long, Protocol> ports(String host) {
    return clusters
        .ports(host)
        .map(PortlessDestinations::byNumber)
        .orElseGet(() -> declared(entries.get(host)));
  }

  /** Who has the ports. */
  private List<Object> by(String host) {
    if (clusters.ports(host).isPresent()) {
      String[] labels = host.split("\\.", 3);
      return List.of(Map.of("kind", "Service", "id", labels[1] + "/" + labels[0]));
    }
    return owners.get(host).stream()
        .distinct()
        .limit(MeshFacts.MAX_RELATED)
        .<Object>map(id -> Map.of("kind", "ServiceEntry.networking.istio.io", "id", id))
        .toList();
  }

  private static TreeMap<Long, Protocol> declared(List<ServiceEntryView.Port> ports) {
    TreeMap<Long, Protocol> known = new TreeMap<>();
    ports.forEach(port -> known.putIfAbsent(port.number(), Protocol.parse(port.protocol())));
    return known;
  }

  private static TreeMap<Long, Protocol> byNumber(List<ServicePort> ports) {
    TreeMap<Long, Protocol> known = new TreeMap<>();
    ports.forEach(port -> known.putIfAbsent(port.number(), port.protocol()));
    return known;
  }

  private static void add(
      List<Object> portless,
      Destination destination,
      Set<Long> known,
      Set<Long> taken,
      boolean atGateway,
      List<Object> by) {
    Set<Long> wrong = new TreeSet<>(taken);
    wrong.removeAll(known);
    if (!wrong.isEmpty()) {
      portless.add(
          Map.of(
              "path", destination.host().path(),
              "host", destination.host().host(),
              "ports", List.copyOf(new TreeSet<>(known)),
              "wrong", List.copyOf(wrong),
              "atGateway", atGateway,
              "by", by));
    }
  }

  /** Whether the route takes requests that come in on a port. */
  private static boolean takes(Destination destination, long port) {
    return destination.from().isEmpty() || destination.from().contains(port);
  }

  /** The ports on which gateways take the route. */
  private Set<Long> atGateways(VirtualServiceView service, Destination destination) {
    Set<Long> taken = new HashSet<>();
    for (String gateway : destination.gateways()) {
      for (GatewayView.Listener listener : listeners.first(gateway).orElse(List.of())) {
        if (takes(destination, listener.port())
            && carries(listener, destination.protocol())
            && service.hosts().stream()
                .anyMatch(host ->
                    ServedHosts.serves(
                        listener.place().host(), host.fqdn(), service.namespace()))) {
          taken.add(listener.port());
        }
      }
    }
    return taken;
  }

  /** A listener that only sends to HTTPS takes no route; one of another protocol not this one. */
  private static boolean carries(GatewayView.Listener listener, String protocol) {
    return !listener.redirects()
        && switch (protocol) {
          case "http" -> listener.http();
          case "tls" -> listener.traffic() == GatewayView.Traffic.TLS;
          default -> listener.traffic() != GatewayView.Traffic.HTTP;
        };
  }

  /** The ports on which sidecars take the route, as far as the services of its hosts tell. */
  private Set<Long> inMesh(VirtualServiceView service, Destination destination) {
    Set<Long> taken = new HashSet<>();
    if (service.mesh() && destination.mesh()) {
      for (ObjectView.HostAt host : service.hosts()) {
        ports(host.fqdn())
            .forEach((number, protocol) -> {
              if (takes(destination, number) && carries(protocol, destination.protocol())) {
                taken.add(number);
              }
            });
      }
    }
    return taken;
  }

  private static boolean carries(Protocol port, String protocol) {
    return switch (port.wire()) {
      case HTTP -> protocol.equals("http");
      case TCP -> !protocol.equals("http");
      case SNIFFED -> true;
      case UDP -> false;
    };
  }
}
