package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.workload.LabelSelector;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What objects of the Gateway API refer to: {@code pilot/pkg/config/kube/gateway/conversion.go} of
 * istio/istio, release 1.31, and the rules of ReferenceGrant. Told of a route, a Gateway of the
 * Gateway API or a policy: {@code brokenReferences} {@code {path, what, certain}}.
 */
final class AttachedRoutes extends KeptIndex {
  private static final String GROUP = "gateway.networking.k8s.io";
  private static final GroupKind GATEWAY = new GroupKind(GROUP, "Gateway");
  private static final GroupKind SERVICE_ENTRY =
      new GroupKind("networking.istio.io", "ServiceEntry");
  private static final Set<String> ROUTES =
      Set.of("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute");
  private static final Set<String> POLICIES =
      Set.of("AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin");

  private final JoinedMesh mesh;
  private final RouteBackends backends;
  private final Optional<String> unknownServices;
  private final ReferenceGrants grants;

  AttachedRoutes(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknownServices = mesh.unknown(ObservedKinds.SERVICE);
    this.grants = new ReferenceGrants(mesh);
    this.backends = new RouteBackends(mesh, grants);
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest manifest = object.declaration().manifest();
    List<Object> told = new ArrayList<>();
    if (manifest.key().group().equals(GROUP) && ROUTES.contains(manifest.key().kind())) {
      parents(manifest, told, slice);
      backends.tell(manifest, told, slice);
    } else if (manifest.key().groupKind().equals(GATEWAY)) {
      certificates(manifest, told);
    } else if (POLICIES.contains(manifest.key().kind())) {
      selected(manifest, told);
    }
    slice.put("brokenReferences", List.copyOf(told));
  }

  static Map<String, Object> fact(List<Object> path, String what, boolean certain) {
    return Map.of("path", path, "what", what, "certain", certain);
  }

  private Optional<Manifest> configured(GroupKind kind, String namespace, String name) {
    return mesh.configured(new ResourceKey(kind.group(), kind.kind(), namespace, name));
  }

  private void parents(Manifest route, List<Object> told, Slice slice) {
    List<Map<String, Object>> parents = JsonTree.maps(route.spec(), "parentRefs");
    for (int i = 0; i < parents.size(); i++) {
      Map<String, Object> parent = parents.get(i);
      List<Object> path = List.of("spec", "parentRefs", i);
      String group = JsonTree.string(parent, "group", GROUP);
      String kind = JsonTree.string(parent, "kind", "Gateway");
      String namespace = JsonTree.string(parent, "namespace", route.key().namespace());
      String name = JsonTree.string(parent, "name", "");
      switch (group + "/" + kind) {
        case GROUP + "/Gateway" -> {
          if (!mesh.rendersGateway(namespace, name)) {
            gateway(route, parent, path, namespace, name).ifPresent(told::add);
          }
        }
        case "/Service" -> service(parent, path, namespace, name, slice).ifPresent(told::add);
        case "networking.istio.io/ServiceEntry" -> {
          if (configured(SERVICE_ENTRY, namespace, name).isEmpty()) {
            told.add(
                fact(
                    PolicyFields.path(path, "name"),
                    "there is no ServiceEntry " + namespace + "/" + name,
                    true));
          }
        }
        default -> {}
      }
    }
  }

  private Optional<Map<String, Object>> gateway(
      Manifest route,
      Map<String, Object> parent,
      List<Object> path,
      String namespace,
      String name) {
    Optional<Manifest> gateway = configured(GATEWAY, namespace, name);
    return gateway.isEmpty()
        ? Optional.of(
            fact(
                PolicyFields.path(path, "name"),
                "there is no Gateway " + namespace + "/" + name,
                true))
        : attached(route, gateway.get(), parent, path);
  }

  /** A route of a mesh without a gateway is attached to the Service whose requests it takes. */
  private Optional<Map<String, Object>> service(
      Map<String, Object> parent, List<Object> path, String namespace, String name, Slice slice) {
    if (unknownServices.isPresent()) {
      slice.unjudged("M307", unknownServices.get());
      return Optional.empty();
    }
    if (mesh.state().services().get(new ServiceKey(namespace, name)).isEmpty()) {
      return Optional.of(
          fact(
              PolicyFields.path(path, "name"),
              "no cluster has a Service " + namespace + "/" + name,
              true));
    }
    return parent.get("port") instanceof Long port && backends.lacks(namespace, name, port)
        ? Optional.of(
            fact(
                PolicyFields.path(path, "port"),
                "Service " + namespace + "/" + name + " has no port " + port,
                true))
        : Optional.empty();
  }

  private Optional<Map<String, Object>> attached(
      Manifest route, Manifest gateway, Map<String, Object> parent, List<Object> path) {
    String section = JsonTree.string(parent, "sectionName", "");
    List<Map<String, Object>> listeners =
        JsonTree.maps(gateway.spec(), "listeners").stream()
            .filter(one -> section.isEmpty() || section.equals(one.get("name")))
            .filter(
                one -> !(parent.get("port") instanceof Long port) || port.equals(one.get("port")))
            .toList();
    String id = gateway.key().namespace() + "/" + gateway.key().name();
    if (listeners.isEmpty()) {
      return Optional.of(
          fact(
              PolicyFields.path(path, section.isEmpty() ? "port" : "sectionName"),
              "Gateway " + id + " has no such listener",
              true));
    }
    return listeners.stream().allMatch(one -> isClosed(one, route, gateway))
        ? Optional.of(
            fact(
                path,
                "no listener of Gateway "
                    + id
                    + " lets routes of namespace "
                    + route.key().namespace()
                    + " attach (allowedRoutes)",
                true))
        : Optional.empty();
  }

  private boolean isClosed(Map<String, Object> listener, Manifest route, Manifest gateway) {
    Map<String, Object> namespaces =
        JsonTree.map(JsonTree.map(listener, "allowedRoutes"), "namespaces");
    return switch (JsonTree.string(namespaces, "from", "Same")) {
      case "Same" -> !route.key().namespace().equals(gateway.key().namespace());
      case "Selector" ->
          namespaceOf(route)
              .map(
                  labels -> !LabelSelector.of(JsonTree.map(namespaces, "selector")).matches(labels))
              .orElse(false);
      case "None" -> true;
      default -> false;
    };
  }

  /** The labels of an object's namespace, where istiod reads them; empty if they aren't known. */
  private Optional<Map<String, String>> namespaceOf(Manifest object) {
    String name = object.key().namespace();
    return configured(new GroupKind("", "Namespace"), "", name)
        .map(namespace -> {
          Map<String, String> labels = new HashMap<>(Labels.of(namespace.labels()));
          labels.put("kubernetes.io/metadata.name", name);
          return labels;
        });
  }

  private void certificates(Manifest gateway, List<Object> told) {
    List<Map<String, Object>> listeners = JsonTree.maps(gateway.spec(), "listeners");
    for (int i = 0; i < listeners.size(); i++) {
      List<Map<String, Object>> certificates =
          JsonTree.maps(JsonTree.map(listeners.get(i), "tls"), "certificateRefs");
      for (int c = 0; c < certificates.size(); c++) {
        String namespace =
            JsonTree.string(certificates.get(c), "namespace", gateway.key().namespace());
        String name = JsonTree.string(certificates.get(c), "name", "");
        if (!grants.let(gateway, namespace, "", "Secret", name)) {
          told.add(
              fact(
                  List.of("spec", "listeners", i, "tls", "certificateRefs", c, "namespace"),
                  "no ReferenceGrant of namespace "
                      + namespace
                      + " lets a Gateway of namespace "
                      + gateway.key().namespace()
                      + " show Secret "
                      + name,
                  true));
        }
      }
    }
  }

  /**
   * A waypoint takes policies by {@code targetRefs} alone ({@code ShouldAttachPolicy} in {@code
   * pilot/pkg/model/policyattachment.go}); other gateways of the Gateway API still take selectors,
   * as long as istiod's setting says so.
   */
  private void selected(Manifest policy, List<Object> told) {
    Map<String, String> selector =
        Labels.of(JsonTree.map(JsonTree.map(policy.spec(), "selector"), "matchLabels"));
    if (selector.isEmpty()) {
      return;
    }
    String namespace = policy.key().namespace();
    boolean everywhere = namespace.equals(mesh.spec().rootNamespace());
    for (Workload workload : mesh.workloads().ofGateways()) {
      if ((everywhere || workload.key().namespace().equals(namespace))
          && workload.selectedBy(selector)) {
        told.add(
            fact(
                List.of("spec", "selector"),
                "it selects pods of Gateway "
                    + workload.key().namespace()
                    + "/"
                    + workload.labels().getOrDefault(PodShape.GATEWAY_NAME, "")
                    + ", which wants targetRefs",
                workload.role() == Proxy.Role.WAYPOINT));
        return;
      }
    }
  }
}
