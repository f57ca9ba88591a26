package io.meshkeel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A proxy where traffic comes into the mesh, leaves it, or goes from one network to another.
 *
 * @param declaration the document
 * @param clusters where it runs
 * @param type what it is for
 * @param namespace where its objects are
 * @param engine who makes its proxies
 * @param replicas how many proxies; empty: left to Kubernetes or to {@code autoscaling}
 * @param autoscaling empty: no autoscaler
 * @param service how it is reached
 * @param resources of each proxy
 * @param affinity of its pods, as Kubernetes has it; empty: none
 * @param revision the revision of istiod that injects; empty: that of the mesh
 */
public record MeshGateway(
    Declaration declaration,
    ClusterChoice clusters,
    Type type,
    String namespace,
    Engine engine,
    Optional<Integer> replicas,
    Optional<Autoscaling> autoscaling,
    Service service,
    ProxyResources resources,
    Map<String, Object> affinity,
    Optional<String> revision)
    implements OwnDeclaration {
  public MeshGateway {
    affinity = Map.copyOf(affinity);
  }

  /**
   * Whether it says something of its Deployment or Service that a Gateway of the Gateway API has no
   * field for.
   */
  public boolean needsInjection() {
    return type == Type.EAST_WEST
        || replicas.isPresent()
        || autoscaling.isPresent()
        || !resources.equals(ProxyResources.NONE)
        || !affinity.isEmpty()
        || service.loadBalancerClass().isPresent()
        || service.externalTrafficPolicy().isPresent();
  }

  /** {@code spec.type}. */
  public enum Type {
    INGRESS("Ingress"),
    EGRESS("Egress"),
    /** Between networks: other clusters of the mesh come in here. */
    EAST_WEST("EastWest");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }

  /** {@code spec.engine}. */
  public enum Engine {
    /** {@link #GATEWAY_API} where it is possible, else {@link #INJECTION}. */
    AUTO("Auto"),
    /** istiod makes them from a Gateway of class {@code istio}; in its own cluster only. */
    GATEWAY_API("GatewayApi"),
    /** A Deployment of our own, whose pods istiod's webhook completes. */
    INJECTION("Injection");

    private final String word;

    Engine(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }

  /**
   * {@code spec.autoscaling}.
   *
   * @param min least number of proxies, at least 1
   * @param max most proxies
   * @param cpu wanted use of the CPU that a proxy asks for, in percent
   */
  public record Autoscaling(int min, int max, int cpu) {}

  /**
   * {@code spec.service}.
   *
   * @param type of the Service; empty: {@code LoadBalancer}, for an egress {@code ClusterIP}
   * @param ports empty: those that the type of gateway usually has
   * @param annotations of the Service
   * @param loadBalancerClass which load balancer makes the address
   * @param externalTrafficPolicy {@code Cluster} or {@code Local}
   */
  public record Service(
      Optional<String> type,
      List<Port> ports,
      Map<String, String> annotations,
      Optional<String> loadBalancerClass,
      Optional<String> externalTrafficPolicy) {
    public Service {
      ports = List.copyOf(ports);
      annotations = Map.copyOf(annotations);
    }
  }

  /**
   * One port of the Service.
   *
   * @param name unique in the Service
   * @param port its number
   * @param targetPort the proxy's own port
   * @param protocol {@code HTTP}, {@code HTTPS}, {@code TLS} or {@code TCP}
   */
  public record Port(String name, int port, int targetPort, String protocol) {}
}
