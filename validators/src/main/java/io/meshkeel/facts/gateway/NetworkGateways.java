package io.meshkeel.facts.gateway;

import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.service.Services;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The gateways between networks: {@code getGatewayDetails} in {@code
 * pilot/pkg/serviceregistry/kube/controller/network.go} of istio/istio, release 1.31. A Service
 * with the label {@code topology.istio.io/network} is the way into that network, if it listens on
 * port 15443 (or what the label {@code networking.istio.io/gatewayPort} says) and has an address.
 */
public final class NetworkGateways {
  /** The label that names a network: of a Service, of a pod, of the root namespace. */
  public static final String NETWORK = "topology.istio.io/network";

  private static final String PORT = "networking.istio.io/gatewayPort";
  private static final long DEFAULT_PORT = 15443;
  private static final long HBONE_PORT = 15008;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

  private NetworkGateways() {}

  /**
   * A way into a network.
   *
   * @param network the network
   * @param cluster that holds the Service
   * @param service the Service
   * @param port that others call
   * @param addresses by which it is reached; may be empty where nodes are the way
   * @param problem why istiod doesn't take it; empty if it does
   */
  public record Way(
      String network,
      ClusterName cluster,
      ServiceKey service,
      long port,
      List<String> addresses,
      Optional<String> problem) {
    public Way {
      addresses = List.copyOf(addresses);
    }

    /** Whether istiod takes it. */
    public boolean usable() {
      return problem.isEmpty();
    }
  }

  /** The ways into each network, by network. */
  public static Map<String, List<Way>> of(Services services) {
    Map<String, List<Way>> ways = new TreeMap<>();
    for (MeshService service : services.all()) {
      service
          .clusters()
          .forEach((cluster, held) -> {
            String network = held.labels().getOrDefault(NETWORK, "");
            if (!network.isEmpty()) {
              ways.computeIfAbsent(network, n -> new ArrayList<>())
                  .add(way(network, cluster, held));
            }
          });
    }
    ways.replaceAll((network, found) -> List.copyOf(found));
    return Map.copyOf(ways);
  }

  private static Way way(String network, ClusterName cluster, ClusterService service) {
    String said = service.labels().getOrDefault(PORT, "");
    long port = NUMBER.matcher(said).matches() ? Long.parseLong(said) : DEFAULT_PORT;
    boolean mtls = listens(service, port);
    Optional<String> problem = Optional.empty();
    if (!mtls && !listens(service, HBONE_PORT)) {
      problem = Optional.of("it doesn't listen on port " + port);
    } else if (service.addresses().isEmpty() && !service.throughNodes()) {
      problem =
          Optional.of(
              service.type().equals("LoadBalancer")
                  ? "its load balancer has no address yet"
                  : "it has no address outside of its cluster");
    }
    return new Way(
        network,
        cluster,
        service.key(),
        mtls || problem.isPresent() ? port : HBONE_PORT,
        service.addresses(),
        problem);
  }

  private static boolean listens(ClusterService service, long port) {
    return service.ports().stream().anyMatch(own -> own.number() == port);
  }

  /**
   * The network of a cluster: the label of its root namespace; empty if it has none.
   *
   * @param rootNamespace the Namespace as the cluster holds it
   */
  public static Optional<String> networkOf(Manifest rootNamespace) {
    return Optional.of(Labels.of(rootNamespace.labels()).getOrDefault(NETWORK, ""))
        .filter(network -> !network.isEmpty());
  }
}
