package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hosts that two Gateways of one proxy serve on the same port. Told as {@code listeners} of a
 * Gateway: {@code {path, host, port, others}}, each other being {@code {gateway, dropped}}.
 */
final class GatewayListeners extends KeptIndex {
  private final ClusterContents clusters;
  private final Shelf<GatewayView.Place, Met> listeners = shelf();

  private record Met(GatewayView gateway, GatewayView.Listener listener) {}

  GatewayListeners(ClusterContents clusters) {
    this.clusters = clusters;
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      for (GatewayView.Listener listener : gateway.listeners()) {
        listeners.put(gateway, listener.place(), new Met(gateway, listener));
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
      Map<String, Boolean> others = new TreeMap<>();
      for (Met met : listeners.get(listener.place())) {
        if (met.gateway().declaration() != gateway.declaration()
            && gateway.meets(met.gateway())
            && clusters.share(gateway, met.gateway())) {
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
        .limit(MeshFacts.MAX_RELATED)
        .<Object>map(other -> Map.of("gateway", other.getKey(), "dropped", other.getValue()))
        .toList();
  }
}
