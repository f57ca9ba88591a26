package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hosts that two Gateways of one proxy serve on the same port. Told as {@code listeners} of a
 * Gateway: {@code {path, host, port, others}}, each other being {@code {gateway, dropped,
 * refused}}: {@code mergeGateways} in {@code pilot/pkg/model/gateway.go} of istio/istio, release
 * 1.31.
 */
final class GatewayListeners extends KeptIndex {
  private final ClusterContents clusters;
  private final Shelf<GatewayView.Place, Met> listeners = shelf();
  private final Shelf<GatewayView.Place, Met> names = shelf();

  /** What becomes of two servers, the worst last. */
  private enum Effect {
    /** istiod makes one of them. */
    MERGED,
    /** istiod leaves out the later one. */
    DROPPED,
    /** Both become one listener with one server name twice, which Envoy refuses as a whole. */
    REFUSED
  }

  private record Met(GatewayView gateway, GatewayView.Listener listener) {}

  GatewayListeners(ClusterContents clusters) {
    this.clusters = clusters;
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      for (GatewayView.Listener listener : gateway.listeners()) {
        Met met = new Met(gateway, listener);
        listeners.put(gateway, listener.place(), met);
        if (listener.traffic() == GatewayView.Traffic.TLS) {
          names.put(gateway, listener.place().ofAnyNamespace(), met);
        }
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof GatewayView gateway) {
      slice.put("listeners", meetings(gateway));
    }
  }

  private List<Object> meetings(GatewayView gateway) {
    List<Object> meetings = new ArrayList<>();
    for (GatewayView.Listener listener : gateway.listeners()) {
      Map<String, Effect> others = new TreeMap<>();
      for (Met met : listeners.get(listener.place())) {
        if (isAnother(met, gateway)) {
          Effect effect =
              GatewayView.oneIsDropped(listener, met.listener()) ? Effect.DROPPED : Effect.MERGED;
          others.merge(met.gateway().id(), effect, GatewayListeners::worse);
        }
      }
      if (listener.traffic() == GatewayView.Traffic.TLS) {
        for (Met met : names.get(listener.place().ofAnyNamespace())) {
          if (!met.listener().place().equals(listener.place()) && isAnother(met, gateway)) {
            others.merge(met.gateway().id(), Effect.REFUSED, GatewayListeners::worse);
          }
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

  @SuppressWarnings("ReferenceEquality") // a declaration is the instance that was read
  private boolean isAnother(Met met, GatewayView gateway) {
    return met.gateway().declaration() != gateway.declaration()
        && gateway.meets(met.gateway())
        && clusters.share(gateway, met.gateway());
  }

  private static Effect worse(Effect one, Effect other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static List<Object> named(Map<String, Effect> others) {
    return others.entrySet().stream()
        .sorted(
            Map.Entry.<String, Effect>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MeshFacts.MAX_RELATED)
        .<Object>map(other ->
            Map.of(
                "gateway", other.getKey(),
                "dropped", other.getValue() == Effect.DROPPED,
                "refused", other.getValue() == Effect.REFUSED))
        .toList();
  }
}
