package io.meshkeel.facts.security;

import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RequestAuthenticationsTest {
  private static final Map<String, String> WEB = Map.of("app", "web");

  private static Manifest policy(String id, String spec) {
    String[] names = id.split("/");
    return object(
        """
        apiVersion: security.istio.io/v1
        kind: RequestAuthentication
        metadata: {namespace: %s, name: %s}
        spec: {%s}
        """
            .formatted(names[0], names[1], spec));
  }

  private static RequestAuthentications.Tokens web(Manifest... policies) {
    return RequestAuthentications.of(MeshSpecs.revision("default"), List.of(policies))
        .of("shop", WEB, Proxy.Role.SIDECAR);
  }

  @Test
  void allThatReachAWorkloadCountTogether() {
    RequestAuthentications.Tokens tokens =
        web(
            policy("istio-system/all", "jwtRules: [{issuer: b.example}]"),
            policy(
                "shop/web",
                "selector: {matchLabels: {app: web}},"
                    + " jwtRules: [{issuer: a.example}, {issuer: b.example}]"),
            policy("shop/db", "selector: {matchLabels: {app: db}}, jwtRules: [{issuer: c}]"),
            policy("web/all", "jwtRules: [{issuer: d}]"),
            policy(
                "shop/gateway",
                "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}],"
                    + " jwtRules: [{issuer: e}]"));

    assertThat(tokens.issuers()).containsExactly("a.example", "b.example");
    assertThat(tokens.policies())
        .extracting(ResourceKey::toString)
        .containsExactly(
            "RequestAuthentication istio-system/all", "RequestAuthentication shop/web");
  }

  @Test
  void withoutPoliciesNoTokenIsLookedAt() {
    assertThat(web().issuers()).isEmpty();
    assertThat(web(policy("shop/empty", "")).policies()).hasSize(1);
  }

  @Test
  void theGatewayApiReachesItsPodsByTargets() {
    RequestAuthentications policies =
        RequestAuthentications.of(
            MeshSpecs.revision("default"),
            List.of(
                policy(
                    "shop/a",
                    "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}],"
                        + " jwtRules: [{issuer: e}]")));

    assertThat(
            policies
                .of(
                    "shop",
                    Map.of("gateway.networking.k8s.io/gateway-name", "edge"),
                    Proxy.Role.GATEWAY)
                .issuers())
        .containsExactly("e");
  }

  @Test
  void aChangeTellsHowFarItReaches() {
    RequestAuthentications policies = new RequestAuthentications(MeshSpecs.revision("default"));
    Manifest own = policy("shop/a", "jwtRules: [{issuer: a}]");

    assertThat(policies.put(own)).isEqualTo(new Scopes(false, Set.of("shop")));
    assertThat(policies.remove(own.key())).isEqualTo(new Scopes(false, Set.of("shop")));
    assertThat(policies.of("shop", WEB, Proxy.Role.SIDECAR).policies()).isEmpty();
    assertThat(policies.put(policy("istio-system/a", ""))).isEqualTo(Scopes.EVERYWHERE);
  }
}
