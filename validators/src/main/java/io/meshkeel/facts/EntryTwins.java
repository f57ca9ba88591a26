package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ServiceEntries that give one port of one host two protocols. Told as {@code protocols} of a
 * ServiceEntry: {@code {path, host, port, protocol, others}}.
 */
final class EntryTwins extends KeptIndex {
  private final Shelf<String, ServiceEntryView> entries = shelf();

  @Override
  public void add(ObjectView object) {
    if (object instanceof ServiceEntryView entry) {
      for (String host : entry.hosts()) {
        entries.put(entry, host, entry);
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof ServiceEntryView entry) {
      List<Object> protocols = new ArrayList<>();
      for (String host : entry.hosts()) {
        List<ServiceEntryView> named = entries.get(host);
        if (named.size() > 1) {
          entry.ports().forEach(port -> add(protocols, entry, host, port, named));
        }
      }
      slice.put("protocols", List.copyOf(protocols));
    }
  }

  private static void add(
      List<Object> protocols,
      ServiceEntryView entry,
      String host,
      ServiceEntryView.Port port,
      List<ServiceEntryView> named) {
    List<ServiceEntryView> differing =
        named.stream()
            .filter(other -> other.scopes().meets(entry.scopes()))
            .filter(other -> other.ports().stream().anyMatch(its -> differs(port, its)))
            .toList();
    List<String> others = HostUsers.firstIds(differing, entry);
    if (!others.isEmpty()) {
      protocols.add(
          Map.of(
              "path", List.of("spec", "ports", port.index(), "protocol"),
              "host", host,
              "port", port.number(),
              "protocol", port.protocol(),
              "others", others));
    }
  }

  private static boolean differs(ServiceEntryView.Port one, ServiceEntryView.Port other) {
    return one.number() == other.number()
        && !oneName(one.protocol()).equals(oneName(other.protocol()));
  }

  /** Istio does the same with both: {@code IsTLS} in {@code pkg/config/protocol/instance.go}. */
  private static String oneName(String protocol) {
    return protocol.equals("HTTPS") ? "TLS" : protocol;
  }
}
