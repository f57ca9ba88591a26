package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Shelf;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RequestAuthentications that let requests without a token pass: nothing asks for one. A gateway at
 * which routes are chosen by claims is left alone. Told as {@code optionalTokens} of a
 * RequestAuthentication: {@code {path, workloads}}.
 */
final class TokenChecks extends KeptIndex {
  private final JoinedMesh mesh;
  private final Optional<String> unknown;

  /** VirtualServices of gateways that choose routes by claims. */
  private final Shelf<String, Boolean> claims = shelf();

  TokenChecks(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknown = mesh.unknownWorkloads();
  }

  /** An external authorizer may ask for a token; an audit lets everything pass. */
  private boolean asks(ResourceKey policy) {
    return mesh.configured(policy).filter(this::asks).isPresent();
  }

  private boolean asks(Manifest policy) {
    String action = JsonTree.string(policy.spec(), "action", "ALLOW");
    if (action.equals("AUDIT") || mesh.state().authorizations().isDryRun(policy.key())) {
      return false;
    }
    if (action.equals("CUSTOM")) {
      return true;
    }
    Map<String, Object> spec = policy.spec();
    boolean deny = action.equals("DENY");
    for (int rule = 0; rule < PolicyFields.rules(spec); rule++) {
      if (PolicyFields.token(spec, rule).stream().anyMatch(field -> demands(field, deny))) {
        return true;
      }
    }
    // Nobody passes, with a token or without.
    return !deny && PolicyFields.rules(spec) == 0;
  }

  /** Allowing who has a token demands one, and so does denying who has none. */
  private static boolean demands(PolicyFields.Field field, boolean deny) {
    return switch (field.name()) {
      case "requestPrincipals" -> !deny;
      case "notRequestPrincipals" -> deny;
      default -> deny == field.values().isEmpty();
    };
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service
        && !service.gateways().isEmpty()
        && service.declaration().manifest().spec().toString().contains("@request.auth.claims")) {
      claims.put(service, "", true);
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest check = object.declaration().manifest();
    if (!check.key().kind().equals("RequestAuthentication")
        || JsonTree.maps(check.spec(), "jwtRules").isEmpty()) {
      return;
    }
    if (unknown.isPresent()) {
      slice.unjudged("M411", unknown.get());
      return;
    }
    List<String> open = new ArrayList<>();
    for (Workload workload : mesh.reach().ofAuthentication(check.key())) {
      if (mesh.proxyUnknown(workload)) {
        slice.unjudged("M411", JoinedMesh.PROXY_UNKNOWN);
      }
      boolean byClaims = workload.role() == Proxy.Role.GATEWAY && claims.has("");
      if (!byClaims
          && mesh.hasProxy(workload)
          && mesh.reach().policiesOf(workload).stream().noneMatch(this::asks)) {
        open.add(workload.key().toString());
      }
    }
    if (!open.isEmpty()) {
      slice.put(
          "optionalTokens",
          List.of(
              Map.of("path", List.of("spec", "jwtRules"), "workloads", PolicyCallers.first(open))));
    }
  }
}
