package io.meshkeel.view;

import static io.meshkeel.view.TestScene.service;
import static io.meshkeel.view.TestScene.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityTest {
  private static final String STRICT =
      """
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {namespace: istio-system, name: default}
      spec: {mtls: {mode: STRICT}}
      """;
  private static final String ALLOW =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {namespace: shop, name: web}
      spec:
        selector: {matchLabels: {app: web}}
        rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/front]}}]}]
      """;
  private static final String TOKENS =
      """
      apiVersion: security.istio.io/v1
      kind: RequestAuthentication
      metadata: {namespace: shop, name: sign-in}
      spec: {selector: {matchLabels: {app: web}}, jwtRules: [{issuer: me}]}
      """;

  private static SecurityRow only(TestScene scene) {
    List<SecurityRow> rows = Security.rows(scene.scene());
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void withoutAnyPolicyAPortTakesBothAndAnyoneMayCall() {
    SecurityRow row = only(TestScene.ofMesh().hold("east", workload("shop", "web", true)));
    assertThat(row.port()).isEqualTo(8080);
    assertThat(row.protocol()).isEmpty();
    assertThat(row.mtls()).isEqualTo("PERMISSIVE");
    assertThat(row.mtlsBy()).isEmpty();
    assertThat(row.access()).isEqualTo("ANYONE");
  }

  @Test
  void theObjectsThatDecideAreNamed() {
    SecurityRow row =
        only(
            TestScene.ofMesh()
                .hold("east", workload("shop", "web", true))
                .hold("east", service("shop", "web", "{port: 80, name: http, targetPort: web}"))
                .hold("east", STRICT + "---\n" + ALLOW + "---\n" + TOKENS));
    assertThat(row.mtls()).isEqualTo("STRICT");
    assertThat(row.mtlsBy()).isEqualTo("PeerAuthentication istio-system/default");
    assertThat(row.protocol()).isEqualTo("HTTP");
    assertThat(row.access()).isEqualTo("SOME");
    assertThat(row.who()).contains("shop/front");
    assertThat(row.policies()).containsExactly("shop/web");
    assertThat(row.tokens()).containsExactly("shop/sign-in");
  }

  @Test
  void inADataPlaneTheControlPlanesPoliciesCountAndItsOwnDoNot() {
    SecurityRow row =
        only(
            TestScene.ofMesh()
                .hold("west", workload("shop", "web", true))
                .hold("west", ALLOW)
                .hold("east", STRICT));
    assertThat(row.cluster()).isEqualTo("west");
    assertThat(row.mtls()).isEqualTo("STRICT");
    assertThat(row.access()).isEqualTo("ANYONE");
  }

  @Test
  void policiesThatAreOnlyDeclaredCountWhereNothingWasLookedAt() {
    SecurityRow row =
        only(
            TestScene.ofMesh()
                .declare("strict.yaml", STRICT)
                .hold("west", workload("shop", "web", true)));
    assertThat(row.mtls()).isEqualTo("STRICT");
  }

  @Test
  void withoutAProxyNothingIsEnforced() {
    SecurityRow row =
        only(TestScene.ofMesh().hold("east", workload("shop", "web", false) + STRICT));
    assertThat(row.mtls()).isEqualTo("NONE");
    assertThat(row.mtlsBy()).isEmpty();
    assertThat(row.who()).isEqualTo("anyone: no proxy enforces anything");
  }

  @Test
  void aPortThatAPolicyNamesHasALineOfItsOwn() {
    List<SecurityRow> rows =
        Security.rows(
            TestScene.ofMesh()
                .hold("east", workload("shop", "web", true))
                .hold(
                    "east",
                    """
                    apiVersion: security.istio.io/v1
                    kind: PeerAuthentication
                    metadata: {namespace: shop, name: web}
                    spec:
                      selector: {matchLabels: {app: web}}
                      mtls: {mode: STRICT}
                      portLevelMtls: {"9090": {mode: DISABLE}}
                    """)
                .scene());
    assertThat(rows)
        .extracting(row -> row.port() + " " + row.mtls())
        .containsExactly("8080 STRICT", "9090 DISABLE");
  }
}
