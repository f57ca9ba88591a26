package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What policies name by {@code targetRefs} and isn't there: {@code
 * pilot/pkg/model/policyattachment.go} of istio/istio, release 1.31, looks for it in the policy's
 * own namespace. Classes of gateways that istiod brings along are there. Told as {@code
 * missingTargets}: {@code {path, what}}.
 */
final class PolicyTargets extends KeptIndex {
  private static final GroupKind GATEWAY = new GroupKind("gateway.networking.k8s.io", "Gateway");
  private static final GroupKind ENTRY = new GroupKind("networking.istio.io", "ServiceEntry");
  private static final Set<String> KINDS =
      Set.of(
          "AuthorizationPolicy",
          "RequestAuthentication",
          "Telemetry",
          "WasmPlugin",
          "TrafficExtension",
          "EnvoyFilter");

  private final JoinedMesh mesh;
  private final Optional<String> unknownServices;

  PolicyTargets(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknownServices = mesh.unknown(ObservedKinds.SERVICE);
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest policy = object.declaration().manifest();
    if (!KINDS.contains(policy.key().kind()) || !policy.key().group().endsWith("istio.io")) {
      return;
    }
    List<Object> told = new ArrayList<>();
    List<Map<String, Object>> targets = JsonTree.maps(policy.spec(), "targetRefs");
    for (int i = 0; i < targets.size(); i++) {
      check(policy, targets.get(i), List.of("spec", "targetRefs", i, "name"), told, slice);
    }
    Map<String, Object> single = JsonTree.map(policy.spec(), "targetRef");
    if (!single.isEmpty()) {
      check(policy, single, List.of("spec", "targetRef", "name"), told, slice);
    }
    slice.put("missingTargets", List.copyOf(told));
  }

  private void check(
      Manifest policy,
      Map<String, Object> target,
      List<Object> path,
      List<Object> told,
      Slice slice) {
    String namespace = policy.key().namespace();
    String kind = JsonTree.string(target, "kind", "");
    String name = JsonTree.string(target, "name", "");
    boolean there =
        switch (JsonTree.string(target, "group", "") + "/" + kind) {
          case "gateway.networking.k8s.io/Gateway" ->
              mesh.rendersGateway(namespace, name) || isConfigured(GATEWAY, namespace, name);
          case "networking.istio.io/ServiceEntry" -> isConfigured(ENTRY, namespace, name);
          case "/Service", "core/Service" -> {
            unknownServices.ifPresent(reason -> slice.unjudged("M427", reason));
            yield unknownServices.isPresent()
                || mesh.state().services().get(new ServiceKey(namespace, name)).isPresent();
          }
          default -> true;
        };
    if (!there) {
      told.add(Map.of("path", path, "what", "there is no " + kind + " " + namespace + "/" + name));
    }
  }

  private boolean isConfigured(GroupKind kind, String namespace, String name) {
    return mesh.configured(new ResourceKey(kind.group(), kind.kind(), namespace, name)).isPresent();
  }
}
