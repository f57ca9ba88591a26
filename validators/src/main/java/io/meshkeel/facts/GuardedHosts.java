package io.meshkeel.facts;

import io.meshkeel.facts.GatewayView.Listener;
import io.meshkeel.facts.VirtualServiceView.GatewayReference;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Wildcard hosts with plain TLS that cover a host which asks for a client certificate, on one proxy
 * and port: who connects for another host of the wildcard can send requests for the guarded one. A
 * VirtualService at the wildcard's Gateway that answers 421 for it closes the gap. Told as {@code
 * wide} of a Gateway: {@code {path, host, guarded}}, each of those being {@code {host, gateway}}.
 */
final class GuardedHosts extends KeptIndex {
  private static final long MISDIRECTED = 421;

  /** Hosts that ask for a client certificate, by every ending that a wildcard could name. */
  private final Shelf<Ending, Guarded> guarded = shelf();

  private final Shelf<Answered, Boolean> answered = shelf();
  private final ClusterContents clusters;

  private record Ending(long port, String text) {}

  private record Guarded(GatewayView gateway, String host) {}

  private record Answered(String gateway, String host) {}

  GuardedHosts(ClusterContents clusters) {
    this.clusters = clusters;
  }

  @Override
  public void add(ObjectView object) {
    switch (object) {
      case GatewayView gateway -> {
        for (Listener listener : gateway.listeners()) {
          if (listener.mode().equals("MUTUAL")) {
            addGuarded(gateway, listener);
          }
        }
      }
      case VirtualServiceView service when answersMisdirected(service) -> {
        for (GatewayReference gateway : service.gateways()) {
          service
              .hosts()
              .forEach(
                  host -> answered.put(service, new Answered(gateway.name(), host.fqdn()), true));
        }
      }
      default -> {}
    }
  }

  private void addGuarded(GatewayView gateway, Listener listener) {
    String host = name(listener);
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      guarded.put(
          gateway, new Ending(listener.port(), host.substring(dot)), new Guarded(gateway, host));
    }
    guarded.put(gateway, new Ending(listener.port(), ""), new Guarded(gateway, host));
  }

  private static String name(Listener listener) {
    String host = listener.place().host();
    return host.substring(host.indexOf('/') + 1);
  }

  private static boolean answersMisdirected(VirtualServiceView service) {
    for (Map<String, Object> route :
        JsonTree.maps(service.declaration().manifest().spec(), "http")) {
      Map<String, Object> abort = JsonTree.map(JsonTree.map(route, "fault"), "abort");
      Map<String, Object> direct = JsonTree.map(route, "directResponse");
      if (Long.valueOf(MISDIRECTED).equals(abort.get("httpStatus"))
          || Long.valueOf(MISDIRECTED).equals(direct.get("status"))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof GatewayView gateway) {
      List<Object> wide = new ArrayList<>();
      for (Listener listener : gateway.listeners()) {
        String host = name(listener);
        if (listener.mode().equals("SIMPLE") && Hosts.isWildcard(host)) {
          List<Object> open = open(gateway, listener.port(), host);
          if (!open.isEmpty()) {
            wide.add(Map.of("path", listener.path(), "host", listener.host(), "guarded", open));
          }
        }
      }
      slice.put("wide", List.copyOf(wide));
    }
  }

  private List<Object> open(GatewayView gateway, long port, String wildcard) {
    Map<String, String> open = new TreeMap<>();
    for (Guarded one : guarded.get(new Ending(port, wildcard.substring(1)))) {
      if (!one.host().equals(wildcard)
          && gateway.meets(one.gateway())
          && clusters.share(gateway, one.gateway())
          && !answered.has(new Answered(gateway.id(), one.host()))) {
        open.merge(one.host(), one.gateway().id(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    }
    return open.entrySet().stream()
        .limit(MeshFacts.MAX_RELATED)
        .<Object>map(one -> Map.of("host", one.getKey(), "gateway", one.getValue()))
        .toList();
  }
}
