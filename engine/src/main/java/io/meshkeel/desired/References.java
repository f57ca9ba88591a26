package io.meshkeel.desired;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what an Istio or Gateway API object refers to, by the fields that the published APIs define
 * for it. Only for order: a reference that leads nowhere is no error here.
 */
public final class References {
  private static final String NETWORKING = "networking.istio.io";
  private static final String GATEWAY_API = "gateway.networking.k8s.io";
  private static final GroupKind DESTINATION_RULE = new GroupKind(NETWORKING, "DestinationRule");
  private static final GroupKind SERVICE_ENTRY = new GroupKind(NETWORKING, "ServiceEntry");

  private final String namespace;
  private final String clusterDomain;
  private final Set<Reference> found = new HashSet<>();

  private References(String namespace, String clusterDomain) {
    this.namespace = namespace;
    this.clusterDomain = clusterDomain;
  }

  /** The references of an object, its namespace not among them. */
  public static Set<Reference> of(Manifest manifest, String clusterDomain) {
    return of(manifest.key(), manifest.spec(), clusterDomain);
  }

  /** The references of an object with this key and {@code spec}. */
  public static Set<Reference> of(ResourceKey key, Map<String, Object> spec, String clusterDomain) {
    References references = new References(key.namespace(), clusterDomain);
    if (key.group().equals(NETWORKING)) {
      switch (key.kind()) {
        case "VirtualService" -> references.virtualService(spec);
        case "DestinationRule" -> references.host(SERVICE_ENTRY, JsonTree.string(spec, "host", ""));
        default -> references.targets(spec);
      }
    } else if (key.group().equals(GATEWAY_API)) {
      references.gatewayApi(key.kind(), spec);
    } else {
      references.targets(spec);
    }
    return Set.copyOf(references.found);
  }

  /** The full names of the hosts that an object is about (DestinationRule, ServiceEntry). */
  public static Set<String> hosts(ResourceKey key, Map<String, Object> spec, String clusterDomain) {
    return Hosts.about(key, spec, clusterDomain);
  }

  private void virtualService(Map<String, Object> spec) {
    for (String gateway : JsonTree.strings(spec, "gateways")) {
      if (!gateway.equals("mesh")) {
        int slash = gateway.indexOf('/');
        object(
            NETWORKING,
            "Gateway",
            slash < 0 ? namespace : gateway.substring(0, slash),
            gateway.substring(slash + 1));
      }
    }
    for (String protocol : List.of("http", "tls", "tcp")) {
      for (Map<String, Object> rule : JsonTree.maps(spec, protocol)) {
        for (Map<String, Object> route : JsonTree.maps(rule, "route")) {
          destination(JsonTree.map(route, "destination"));
        }
        destination(JsonTree.map(rule, "mirror"));
        for (Map<String, Object> mirror : JsonTree.maps(rule, "mirrors")) {
          destination(JsonTree.map(mirror, "destination"));
        }
        Map<String, Object> delegate = JsonTree.map(rule, "delegate");
        object(
            NETWORKING,
            "VirtualService",
            JsonTree.string(delegate, "namespace", namespace),
            JsonTree.string(delegate, "name", ""));
      }
    }
  }

  private void destination(Map<String, Object> destination) {
    String host = JsonTree.string(destination, "host", "");
    host(DESTINATION_RULE, host);
    host(SERVICE_ENTRY, host);
  }

  private void gatewayApi(String kind, Map<String, Object> spec) {
    if (kind.equals("Gateway")) {
      object(GATEWAY_API, "GatewayClass", "", JsonTree.string(spec, "gatewayClassName", ""));
      return;
    }
    for (Map<String, Object> parent : JsonTree.maps(spec, "parentRefs")) {
      localObject(parent, GATEWAY_API, "Gateway");
    }
    localObject(JsonTree.map(spec, "parentRef"), GATEWAY_API, "Gateway");
    targets(spec);
    for (Map<String, Object> rule : JsonTree.maps(spec, "rules")) {
      for (Map<String, Object> backend : JsonTree.maps(rule, "backendRefs")) {
        backend(backend);
      }
      for (Map<String, Object> filter : JsonTree.maps(rule, "filters")) {
        backend(JsonTree.map(JsonTree.map(filter, "requestMirror"), "backendRef"));
      }
    }
  }

  private void backend(Map<String, Object> backend) {
    String name = JsonTree.string(backend, "name", "");
    if (JsonTree.string(backend, "group", "").equals(NETWORKING)
        && JsonTree.string(backend, "kind", "Service").equals("Hostname")) {
      host(SERVICE_ENTRY, name);
      host(DESTINATION_RULE, name);
      return;
    }
    localObject(backend, "", "Service");
    if (JsonTree.string(backend, "kind", "Service").equals("Service") && !name.isEmpty()) {
      String at = JsonTree.string(backend, "namespace", namespace);
      found.add(new Reference.ToHost(DESTINATION_RULE, name + "." + at + ".svc." + clusterDomain));
    }
  }

  /** {@code targetRef} and {@code targetRefs} of policies. */
  private void targets(Map<String, Object> spec) {
    for (Map<String, Object> target : JsonTree.maps(spec, "targetRefs")) {
      localObject(target, "", "");
    }
    localObject(JsonTree.map(spec, "targetRef"), "", "");
  }

  private void localObject(Map<String, Object> reference, String group, String kind) {
    object(
        JsonTree.string(reference, "group", group),
        JsonTree.string(reference, "kind", kind),
        JsonTree.string(reference, "namespace", namespace),
        JsonTree.string(reference, "name", ""));
  }

  private void object(String group, String kind, String inNamespace, String name) {
    if (!name.isEmpty() && !kind.isEmpty()) {
      String at = kind.equals("GatewayClass") ? "" : inNamespace;
      found.add(new Reference.ToObject(new ResourceKey(group, kind, at, name)));
    }
  }

  private void host(GroupKind kind, String host) {
    if (!host.isEmpty()) {
      found.add(new Reference.ToHost(kind, Hosts.full(host, namespace, clusterDomain)));
    }
  }
}
