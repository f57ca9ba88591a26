package io.meshkeel.facts.joined;

import io.meshkeel.facts.GatewayView;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Shelf;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether the pods of a Gateway check tokens: the RequestAuthentications of the pods' own namespace
 * and of the root namespace that select them ({@code getConfigsForWorkload} in {@code
 * pilot/pkg/model/authentication.go} of istio/istio, release 1.31), whatever the namespace of the
 * Gateway. Told of a VirtualService as {@code gatewayChecks}: {@code {gateway, checked}}, for
 * Gateways whose pods were found and are all alike.
 */
final class GatewayTokens extends KeptIndex {
  private final JoinedMesh mesh;
  private final boolean known;
  private final Shelf<String, GatewayView> gateways = shelf();

  GatewayTokens(JoinedMesh mesh) {
    this.mesh = mesh;
    this.known = mesh.unknownWorkloads().isEmpty();
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof GatewayView gateway) {
      gateways.put(gateway, gateway.id(), gateway);
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (!known || !(object instanceof VirtualServiceView service) || service.gateways().isEmpty()) {
      return;
    }
    if (!service.declaration().manifest().spec().toString().contains("@request.auth.claims")) {
      return;
    }
    List<Object> told = new ArrayList<>();
    for (var reference : service.gateways()) {
      gateways.first(reference.name()).ifPresent(gateway -> tell(gateway, told));
    }
    slice.put("gatewayChecks", List.copyOf(told));
  }

  private boolean checks(ResourceKey check) {
    return mesh.configured(check)
        .filter(found -> !JsonTree.maps(found.spec(), "jwtRules").isEmpty())
        .isPresent();
  }

  private void tell(GatewayView gateway, List<Object> told) {
    List<Workload> taking = mesh.taking(gateway.declaration().manifest());
    long checking =
        taking.stream()
            .filter(workload ->
                mesh
                    .state()
                    .requestAuthentications()
                    .of(workload.key().namespace(), workload.proxyLabels(), workload.role())
                    .policies()
                    .stream()
                    .anyMatch(this::checks))
            .count();
    if (!taking.isEmpty() && (checking == 0 || checking == taking.size())) {
      told.add(Map.of("gateway", gateway.id(), "checked", checking > 0));
    }
  }
}
