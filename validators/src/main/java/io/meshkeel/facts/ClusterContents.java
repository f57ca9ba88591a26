package io.meshkeel.facts;

import io.meshkeel.facts.service.ServicePort;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What clusters hold, as far as it decides what a declared object means: the pods of gateways and
 * the Services. Any thread may ask; who is told anew when something changes is told of it, too.
 */
public final class ClusterContents {
  /** Of clusters about which nothing is known. */
  public static final ClusterContents NONE =
      new ClusterContents(List.of(), false, host -> Optional.empty());

  private final Mark pods = new Mark();
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private List<GatewayPods> gateways;
  private boolean ownNamespace;
  private Function<String, Optional<List<ServicePort>>> services;

  /** What was taken over last; of the same nothing is asked again. */
  private @Nullable ClusterContents last;

  /** What was answered, and how often another thing was. */
  private static final class Asked {
    private final Mark mark = new Mark();
    private Optional<List<ServicePort>> answer;

    Asked(Optional<List<ServicePort>> answer) {
      this.answer = answer;
    }
  }

  /**
   * Pods of a gateway.
   *
   * @param namespace in which they run
   * @param labels by which Gateways select them
   */
  public record GatewayPods(String namespace, Map<String, String> labels) {
    public GatewayPods {
      labels = Map.copyOf(labels);
    }
  }

  private ClusterContents(
      List<GatewayPods> gateways,
      boolean ownNamespace,
      Function<String, Optional<List<ServicePort>>> services) {
    this.gateways = gateways;
    this.ownNamespace = ownNamespace;
    this.services = services;
  }

  /**
   * @param gateways of all clusters
   * @param ownNamespace whether istiod gives a Gateway only to pods of its own namespace ({@code
   *     PILOT_SCOPE_GATEWAY_TO_NAMESPACE})
   * @param services the ports of the Kubernetes Service with a full name, of all clusters; empty if
   *     there is no such Service
   */
  public static ClusterContents of(
      Collection<GatewayPods> gateways,
      boolean ownNamespace,
      Function<String, Optional<List<ServicePort>>> services) {
    return new ClusterContents(gateways.stream().distinct().toList(), ownNamespace, services);
  }

  /** Of clusters about which nothing is known, until {@link #become} says what they hold. */
  public static ClusterContents changing() {
    return new ClusterContents(List.of(), false, host -> Optional.empty());
  }

  /**
   * Takes over what other contents say; nobody may ask meanwhile.
   *
   * @param now the same instance as last time only if it says the same
   */
  @SuppressWarnings("ReferenceEquality") // What says something else is another instance.
  public void become(ClusterContents now) {
    if (now == last) {
      return;
    }
    last = now;
    if (ownNamespace != now.ownNamespace || !gateways.equals(now.gateways)) {
      gateways = now.gateways;
      ownNamespace = now.ownNamespace;
      pods.change();
    }
    services = now.services;
    asked.forEach((host, known) -> {
      Optional<List<ServicePort>> answer = services.apply(host);
      if (!answer.equals(known.answer)) {
        known.answer = answer;
        known.mark.change();
      }
    });
  }

  /**
   * The ports of a Kubernetes Service, in no order; empty if it isn't known.
   *
   * @param host its full name
   */
  public Optional<List<ServicePort>> ports(String host) {
    if (!Reads.counted()) {
      return services.apply(host);
    }
    Asked known = asked.computeIfAbsent(host, name -> new Asked(services.apply(name)));
    Reads.note(known.mark);
    return known.answer;
  }

  /** The namespaces of the pods that take a Gateway; empty if none is known. */
  Set<String> namespaces(GatewayView gateway) {
    Reads.note(pods);
    Set<String> namespaces = new TreeSet<>();
    for (GatewayPods pods : gateways) {
      if (take(pods, gateway)) {
        namespaces.add(pods.namespace());
      }
    }
    return namespaces;
  }

  /**
   * Whether a proxy takes both: some pods do, or, where no pods of either are known, one selector
   * asks for all that the other asks for.
   */
  boolean share(GatewayView one, GatewayView other) {
    Reads.note(pods);
    boolean unseen = true;
    for (GatewayPods pods : gateways) {
      boolean first = take(pods, one);
      boolean second = take(pods, other);
      if (first && second) {
        return true;
      }
      unseen &= !first && !second;
    }
    return (unseen || !ownNamespace) && one.sharesProxyWith(other);
  }

  /** {@code mergeGateways} in {@code pilot/pkg/model/push_context.go} of istio/istio. */
  private boolean take(GatewayPods pods, GatewayView gateway) {
    return (!ownNamespace || pods.namespace().equals(gateway.namespace()))
        && gateway.selector().entrySet().stream()
            .allMatch(asked -> Objects.equals(pods.labels().get(asked.getKey()), asked.getValue()));
  }
}
