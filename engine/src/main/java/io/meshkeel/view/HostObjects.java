package io.meshkeel.view;

import io.meshkeel.facts.Hosts;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which objects say something about a host, and about which hosts. Not thread-safe. */
final class HostObjects {
  private static final String ISTIO = "networking.istio.io";
  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  /** The kinds that speak of hosts. */
  static final Set<GroupKind> KINDS =
      Set.of(
          new GroupKind(ISTIO, "VirtualService"),
          new GroupKind(ISTIO, "DestinationRule"),
          new GroupKind(ISTIO, "ServiceEntry"),
          new GroupKind(GATEWAY_API, "HTTPRoute"),
          new GroupKind(GATEWAY_API, "GRPCRoute"));

  private final String domain;
  private final TreeMap<String, TreeMap<ResourceKey, Manifest>> byHost = new TreeMap<>();
  private final Map<ResourceKey, Set<String>> byObject = new HashMap<>();

  HostObjects(String domain) {
    this.domain = domain;
  }

  /** Takes in an object; returns the hosts that it spoke of before or speaks of now. */
  Set<String> put(Manifest object) {
    if (!KINDS.contains(object.key().groupKind())) {
      return Set.of();
    }
    Set<String> touched = new HashSet<>(remove(object.key()));
    Set<String> hosts = hosts(object, domain);
    for (String host : hosts) {
      byHost.computeIfAbsent(host, h -> new TreeMap<>()).put(object.key(), object);
    }
    byObject.put(object.key(), hosts);
    touched.addAll(hosts);
    return touched;
  }

  /** Takes an object away; returns the hosts that it spoke of. */
  Set<String> remove(ResourceKey key) {
    Set<String> hosts = byObject.remove(key);
    if (hosts == null) {
      return Set.of();
    }
    for (String host : hosts) {
      TreeMap<ResourceKey, Manifest> objects = byHost.get(host);
      if (objects != null) {
        objects.remove(key);
        if (objects.isEmpty()) {
          byHost.remove(host);
        }
      }
    }
    return hosts;
  }

  /** The hosts that an object speaks of. */
  Set<String> of(ResourceKey key) {
    return byObject.getOrDefault(key, Set.of());
  }

  Set<String> hosts() {
    return Collections.unmodifiableSet(byHost.keySet());
  }

  /** The objects that speak of a host, by key. */
  List<Manifest> at(String host) {
    TreeMap<ResourceKey, Manifest> objects = byHost.get(host);
    return objects == null ? List.of() : List.copyOf(objects.values());
  }

  private static Set<String> hosts(Manifest object, String domain) {
    List<String> names =
        switch (object.key().kind()) {
          case "VirtualService", "ServiceEntry" -> JsonTree.strings(object.spec(), "hosts");
          case "DestinationRule" -> List.of(JsonTree.string(object.spec(), "host", "-"));
          default -> routed(object, domain);
        };
    Set<String> hosts = new TreeSet<>();
    names.forEach(name -> hosts.add(Hosts.fqdn(name, object.key().namespace(), domain)));
    return hosts;
  }

  /** Of a route of the Gateway API: its host names, and the Services that it is attached to. */
  private static List<String> routed(Manifest object, String domain) {
    List<String> hosts = new ArrayList<>();
    boolean ofGateway = false;
    for (Map<String, Object> parent : JsonTree.maps(object.spec(), "parentRefs")) {
      if (JsonTree.string(parent, "kind", "Gateway").equals("Service")) {
        hosts.add(
            Hosts.serviceName(
                JsonTree.string(parent, "name", "-"),
                JsonTree.string(parent, "namespace", object.key().namespace()),
                domain));
      } else {
        ofGateway = true;
      }
    }
    if (ofGateway || hosts.isEmpty()) {
      List<String> names = JsonTree.strings(object.spec(), "hostnames");
      hosts.addAll(names.isEmpty() ? List.of("*") : names);
    }
    return hosts;
  }
}
