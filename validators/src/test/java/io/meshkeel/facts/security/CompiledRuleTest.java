package io.meshkeel.facts.security;

import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After {@code pilot/pkg/security/authz/model/model_test.go} of istio/istio. */
final class CompiledRuleTest {
  private static Optional<CompiledRule> compiled(
      String action, String rule, CompiledRule.Place place) {
    AuthorizationView policy =
        AuthorizationView.of(
                object(
                    """
                    apiVersion: security.istio.io/v1
                    kind: AuthorizationPolicy
                    metadata: {namespace: shop, name: p}
                    spec: {action: %s, rules: [{%s}]}
                    """
                        .formatted(action, rule)))
            .orElseThrow();
    return policy.rules().stream()
        .findFirst()
        .flatMap(found -> CompiledRule.of(policy, found, place));
  }

  private static final CompiledRule.Place HTTP = new CompiledRule.Place(8080, true, true);
  private static final CompiledRule.Place TCP = new CompiledRule.Place(8080, false, true);
  private static final CompiledRule.Place PLAIN = new CompiledRule.Place(8080, true, false);

  @ParameterizedTest(name = "{0}: ALLOW {1}, DENY {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "to: [{operation: {ports: ['8080']}}] | always | always",
        "to: [{operation: {ports: ['80']}}] | never | never",
        "to: [{operation: {ports: ['80', '8080']}}] | always | always",
        "to: [{operation: {notPorts: ['80']}}] | always | always",
        "to: [{operation: {notPorts: ['80', '8080']}}] | never | never",
        "to: [{operation: {ports: [x]}}] | never | always",
        "to: [{operation: {ports: ['70000']}}] | never | always",
        "to: [{operation: {ports: ['8080', x]}}] | never | always",
        "to: [{operation: {ports: ['80', x]}}] | never | never",
        "to: [{operation: {ports: ['80']}}, {operation: {ports: ['8080']}}] | always | always",
        "to: [{operation: {ports: ['8080']}}], when: [{key: destination.port, values: ['80']}] | never | never",
        "to: [{}] | always | always",
        "to: [{operation: {}}] | always | always",
        "from: [{}] | always | always",
        "when: [{key: destination.port, values: []}] | always | always",
        "when: [{key: 'request.headers', values: [a]}] | never | always",
        "when: [{key: 'request.headers[x]', values: [a]}] | some | some",
        "when: [{key: 'request.auth.claims[a', values: [b]}] | never | always",
        "when: [{key: 'experimental.envoy.filters.a[b]', values: [c]}] | some | some",
        "when: [{key: source.nothing, values: [a]}] | never | never",
      })
  void whatThePortDecidesIsDecided(String rule, String allow, String deny) {
    assertThat(word(compiled("ALLOW", rule, HTTP))).isEqualTo(allow);
    assertThat(word(compiled("DENY", rule, HTTP))).isEqualTo(deny);
    assertThat(word(compiled("AUDIT", rule, HTTP))).isEqualTo(deny);
  }

  private static String word(Optional<CompiledRule> rule) {
    return rule.map(left -> left.always() ? "always" : "some").orElse("never");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "from: [{source: {principals: [a]}}] | never",
        "from: [{source: {notPrincipals: [a]}}] | always",
        "from: [{source: {principals: [a], notPrincipals: [b]}}] | never",
        "from: [{source: {namespaces: [a]}}, {source: {ipBlocks: [1.1.1.1]}}] | some",
        "from: [{source: {trustDomains: [a]}}] | never",
        "from: [{source: {serviceAccounts: [a]}}] | never",
        "when: [{key: source.principal, notValues: [a]}] | always",
        "when: [{key: source.namespace, values: [a]}] | never",
        "from: [{source: {requestPrincipals: ['*']}}] | some",
      })
  void withoutMtlsNoIdentityMatches(String rule, String word) {
    assertThat(word(compiled("ALLOW", rule, PLAIN))).isEqualTo(word);
    assertThat(word(compiled("DENY", rule, PLAIN))).isEqualTo(word);
  }

  @Test
  void onBytesADenyLosesWhatOnlyHttpHas() {
    CompiledRule left =
        compiled(
                "DENY",
                "from: [{source: {namespaces: [a], requestPrincipals: [b]}}],"
                    + " to: [{operation: {methods: [GET]}}],"
                    + " when: [{key: connection.sni, values: [c]}]",
                TCP)
            .orElseThrow();

    assertThat(left.callers()).singleElement().satisfies(caller -> assertThat(caller).hasSize(1));
    assertThat(left.callers().getFirst().getFirst().key().attribute())
        .isEqualTo(Attribute.SOURCE_NAMESPACE);
    assertThat(left.targets().getFirst())
        .extracting(condition -> condition.key().attribute())
        .containsExactly(Attribute.SNI);
  }

  @Test
  void oneHttpFieldInOneItemTakesTheWholeRuleOfAnAllow() {
    String rule = "to: [{operation: {ports: ['8080']}}, {operation: {paths: [/a]}}]";
    assertThat(compiled("ALLOW", rule, TCP)).isEmpty();
    assertThat(compiled("ALLOW", rule, HTTP)).isPresent();
    assertThat(compiled("DENY", rule, TCP).orElseThrow().always()).isTrue();
  }

  @Test
  void whenJoinsEveryItem() {
    CompiledRule left =
        compiled(
                "ALLOW",
                "from: [{source: {namespaces: [a]}}, {source: {namespaces: [b]}}],"
                    + " when: [{key: source.ip, values: [1.1.1.1]}]",
                HTTP)
            .orElseThrow();
    assertThat(left.callers()).hasSize(2).allSatisfy(caller -> assertThat(caller).hasSize(2));
    assertThat(left.targets()).isEqualTo(List.of(List.of()));
  }
}
