package io.meshkeel.facts;

import io.meshkeel.facts.VirtualServiceView.GatewayReference;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Routes by claims of a token at gateways that check no token: {@code ToRoutingClaim} in {@code
 * pkg/jwt/routingclaim.go} of istio/istio, release 1.31, and the policies of a proxy in {@code
 * pilot/pkg/model/authentication.go}. Which labels and namespace the gateway's pods have is known
 * as far as the Gateway's selector tells. Told as {@code claims} of a VirtualService: {@code {path,
 * claim, gateway, certain}}; not certain where a RequestAuthentication may reach the pods. Where
 * one is written for them they are told as {@code checkedClaims}, of the same shape.
 */
final class ClaimRoutes extends KeptIndex {
  private static final String ALL = "";
  private static final String PREFIX = "@request.auth.claims";

  private final String rootNamespace;
  private final Shelf<String, GatewayView> gateways = shelf();
  private final Shelf<String, RequestAuthenticationView> checks = shelf();

  private enum Reach {
    NONE,
    MAYBE,
    CERTAIN
  }

  ClaimRoutes(Mesh.Spec mesh) {
    this.rootNamespace = mesh.rootNamespace();
  }

  @Override
  public void add(ObjectView object) {
    switch (object) {
      case GatewayView gateway -> gateways.put(gateway, gateway.id(), gateway);
      case RequestAuthenticationView check when check.checksTokens() ->
          checks.put(check, ALL, check);
      default -> {}
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof VirtualServiceView service && !service.gateways().isEmpty()) {
      List<Object> claims = new ArrayList<>();
      List<Object> checked = new ArrayList<>();
      Map<String, Object> spec = service.declaration().manifest().spec();
      List<Map<String, Object>> routes = JsonTree.maps(spec, "http");
      for (int r = 0; r < routes.size(); r++) {
        List<Map<String, Object>> matches = JsonTree.maps(routes.get(r), "match");
        for (int m = 0; m < matches.size(); m++) {
          for (String field : List.of("headers", "withoutHeaders")) {
            for (String header : new TreeSet<>(JsonTree.map(matches.get(m), field).keySet())) {
              if (header.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                List<Object> path = List.of("spec", "http", r, "match", m, field, header);
                add(claims, checked, service, path, header);
              }
            }
          }
        }
      }
      slice.put("claims", List.copyOf(claims));
      slice.put("checkedClaims", List.copyOf(checked));
    }
  }

  private void add(
      List<Object> claims,
      List<Object> checked,
      VirtualServiceView service,
      List<Object> path,
      String header) {
    for (GatewayReference reference : service.gateways()) {
      GatewayView gateway = gateways.first(reference.name()).orElse(null);
      if (gateway == null || reference.path().size() != 3) {
        continue;
      }
      Reach best = Reach.NONE;
      for (RequestAuthenticationView check : checks.get(ALL)) {
        Reach reach = reach(check, gateway);
        best = reach.compareTo(best) > 0 ? reach : best;
      }
      (best == Reach.CERTAIN ? checked : claims)
          .add(
              Map.of(
                  "path",
                  path,
                  "claim",
                  header,
                  "gateway",
                  gateway.id(),
                  "certain",
                  best == Reach.NONE));
    }
  }

  private Reach reach(RequestAuthenticationView check, GatewayView gateway) {
    if (check.targeted()) {
      return Reach.MAYBE;
    }
    Map<String, Object> pods = gateway.selector();
    for (Map.Entry<String, Object> label : check.selector().entrySet()) {
      Object value = pods.get(label.getKey());
      if (value != null && !value.equals(label.getValue())) {
        return Reach.NONE;
      }
    }
    boolean root = check.namespace().equals(rootNamespace);
    boolean selects = pods.entrySet().containsAll(check.selector().entrySet());
    boolean near = root || check.namespace().equals(gateway.namespace());
    // A selector that the Gateway has too was written for its pods, wherever they run. Labels that
    // the Gateway doesn't name are taken for those of its pods only in the root namespace.
    return root || (selects && (near || !check.selector().isEmpty())) ? Reach.CERTAIN : Reach.MAYBE;
  }
}
