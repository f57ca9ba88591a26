package io.meshkeel.facts.security;

import static io.meshkeel.facts.ClusterObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.service.ServedPort;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthorizationsTest {
  private static final Map<String, String> WEB = Map.of("app", "web");

  private final List<Manifest> objects = new ArrayList<>();

  private static Manifest policy(String id, String metadata, String spec) {
    String[] names = id.split("/");
    return object(
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {namespace: %s, name: %s%s}
        spec: {%s}
        """
            .formatted(names[0], names[1], metadata.isEmpty() ? "" : ", " + metadata, spec));
  }

  private AuthorizationsTest add(String id, String spec) {
    objects.add(policy(id, "", spec));
    return this;
  }

  private Access http() {
    return access(8080, true, MtlsMode.PERMISSIVE);
  }

  private Access tcp() {
    return access(8080, false, MtlsMode.PERMISSIVE);
  }

  private Access access(long port, boolean http, MtlsMode mode) {
    return Authorizations.of(MeshSpecs.revision("default"), objects)
        .access("shop", WEB, Proxy.Role.SIDECAR, port, http, mode);
  }

  private static List<String> names(List<ResourceKey> keys) {
    return keys.stream().map(key -> key.namespace() + "/" + key.name()).toList();
  }

  @Test
  void withoutPoliciesAnyCallerMay() {
    assertThat(http().verdict()).isEqualTo(Access.Verdict.ANYONE);
    assertThat(http().words()).isEqualTo("any caller");
    assertThat(http().defaultDeny()).isFalse();
  }

  @Test
  void anAllowWithoutRulesAllowsNothing() {
    add("shop/deny-all", "");

    assertThat(http().verdict()).isEqualTo(Access.Verdict.NOBODY);
    assertThat(http().words()).isEqualTo("nobody");
    assertThat(http().defaultDeny()).isTrue();
    assertThat(names(http().allow())).containsExactly("shop/deny-all");
  }

  @Test
  void anEmptyRuleAllowsEverybody() {
    add("shop/a", "rules: [{}]").add("shop/b", "");
    assertThat(http().verdict()).isEqualTo(Access.Verdict.ANYONE);
    assertThat(http().words()).isEqualTo("any caller");
  }

  @Test
  void aDenyWithoutRulesDeniesNothingAndWithAnEmptyOneEverything() {
    add("shop/a", "action: DENY");
    assertThat(http().verdict()).isEqualTo(Access.Verdict.ANYONE);

    add("shop/b", "action: DENY, rules: [{}]").add("shop/c", "rules: [{}]");
    assertThat(http().words()).isEqualTo("nobody");
    assertThat(tcp().words()).isEqualTo("nobody");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "from: [{source: {principals: [cluster.local/ns/shop/sa/cart]}}] | service account shop/cart",
        "from: [{source: {principals: [\"*/ns/shop/sa/cart\"]}}] | service account shop/cart of any trust domain",
        "from: [{source: {principals: [old.td/ns/shop/sa/cart]}}] | service account shop/cart of trust domain old.td",
        "from: [{source: {principals: [cluster.local/ns/shop/*]}}] | namespace shop",
        "from: [{source: {principals: [\"*\"]}}] | a caller with mTLS",
        "from: [{source: {principals: [\"*/cart\"]}}] | principal */cart",
        "from: [{source: {serviceAccounts: [cart, ops/admin]}}] | service account shop/cart or service account ops/admin",
        "from: [{source: {namespaces: [ops]}}, {source: {namespaces: [dev]}}] | namespace ops or namespace dev",
        "from: [{source: {notNamespaces: [ops]}}] | any caller but not namespace ops",
        "from: [{source: {namespaces: [ops], notPrincipals: [cluster.local/ns/ops/sa/x]}}] | namespace ops but not service account ops/x",
        "from: [{source: {namespaces: [ops], serviceAccounts: [ops/a]}}] | namespace ops that is service account ops/a",
        "from: [{source: {ipBlocks: [10.0.0.0/8]}}] | any caller with address 10.0.0.0/8",
        "from: [{source: {remoteIpBlocks: [1.2.3.4]}}] | any caller with client address 1.2.3.4",
        "from: [{source: {trustDomains: [td1]}}] | trust domain td1",
        "from: [{source: {requestPrincipals: [\"*\"]}}] | any caller with a valid token",
        "from: [{source: {notRequestPrincipals: [\"*\"]}}] | any caller without a valid token",
        "from: [{source: {requestPrincipals: [iss/sub]}}] | any caller with the token of iss/sub",
        "to: [{operation: {methods: [GET, HEAD], paths: [/api/*]}}] | any caller to GET, HEAD path /api/*",
        "to: [{operation: {hosts: [a.example]}}, {operation: {paths: [/x]}}] | any caller to host a.example or path /x",
        "to: [{operation: {notPaths: [/admin]}}] | any caller to all but path /admin",
        "to: [{operation: {methods: [GET], notPaths: [/admin]}}] | any caller to GET but not path /admin",
        "to: [{operation: {paths: [/a, /b, /c, /d, /e]}}] | any caller to path /a, /b, /c, 2 more",
        "when: [{key: 'request.headers[x-a]', values: [v]}] | any caller with header x-a=v",
        "when: [{key: 'request.auth.claims[a][b]', values: [v]}] | any caller with claim a.b=v",
        "when: [{key: request.auth.audiences, values: [api]}] | any caller with a token for api",
        "when: [{key: source.namespace, values: [ops]}] | namespace ops",
        "when: [{key: connection.sni, values: [a.b]}] | any caller to server name a.b",
        "when: [{key: destination.ip, values: [10.1.1.1]}] | any caller to address 10.1.1.1",
        "from: [{source: {namespaces: [a]}}], to: [{operation: {methods: [GET]}}], when: [{key: source.ip, values: [1.1.1.1]}] | namespace a with address 1.1.1.1 to GET",
      })
  void tellsInWordsWhoMayCall(String rule, String words) {
    add("shop/a", "rules: [{" + rule + "}]");
    assertThat(http().words()).isEqualTo(words);
    assertThat(http().verdict()).isEqualTo(Access.Verdict.SOME);
  }

  @Test
  void namesAllGrantsAndExceptions() {
    add("shop/a", "rules: [{from: [{source: {namespaces: [ops]}}]}]")
        .add("shop/b", "rules: [{from: [{source: {namespaces: [dev]}}]}]")
        .add("shop/c", "action: DENY, rules: [{to: [{operation: {methods: [DELETE]}}]}]");

    assertThat(http().words())
        .isEqualTo("namespace ops; namespace dev, except any caller to DELETE");
    assertThat(names(http().deny())).containsExactly("shop/c");
  }

  @ParameterizedTest(name = "port {0}: {1}")
  @CsvSource({"8080, namespace ops", "9090, nobody", "7070, namespace dev"})
  void aRuleCountsOnItsPortsOnly(long port, String words) {
    add(
        "shop/a",
        "rules: [{from: [{source: {namespaces: [ops]}}], to: [{operation: {ports: ['8080']}}]},"
            + " {from: [{source: {namespaces: [dev]}}],"
            + " when: [{key: destination.port, values: ['7070']}]}]");
    assertThat(access(port, true, MtlsMode.STRICT).words()).isEqualTo(words);
  }

  @Test
  void aRuleLeavesItsNotPortsOut() {
    add("shop/a", "rules: [{to: [{operation: {notPorts: ['8080']}}]}]");
    assertThat(access(8080, true, MtlsMode.STRICT).verdict()).isEqualTo(Access.Verdict.NOBODY);
    assertThat(access(8081, true, MtlsMode.STRICT).verdict()).isEqualTo(Access.Verdict.ANYONE);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "to: [{operation: {methods: [GET]}}]",
        "to: [{operation: {paths: [/a]}}]",
        "to: [{operation: {notPaths: [/a]}}]",
        "to: [{operation: {hosts: [a]}}]",
        "from: [{source: {requestPrincipals: ['*']}}]",
        "from: [{source: {notRequestPrincipals: ['*']}}]",
        "when: [{key: 'request.headers[a]', values: [b]}]",
        "when: [{key: 'request.auth.claims[a]', values: [b]}]",
        "when: [{key: request.auth.audiences, notValues: [b]}]",
        "when: [{key: request.auth.presenter, values: [b]}]",
        "to: [{operation: {ports: ['8080']}}, {operation: {methods: [GET]}}]",
      })
  void onATcpPortWhatOnlyHttpHasNeverAllowsAndDeniesAll(String rule) {
    add("shop/a", "rules: [{" + rule + "}]");
    assertThat(tcp().verdict()).as("ALLOW").isEqualTo(Access.Verdict.NOBODY);

    objects.clear();
    add("shop/a", "action: DENY, rules: [{" + rule + "}]");
    assertThat(tcp().verdict()).as("DENY").isEqualTo(Access.Verdict.NOBODY);
  }

  @Test
  void onATcpPortADenyKeepsWhatIsNotHttp() {
    add(
        "shop/a",
        "action: DENY, rules: [{from: [{source: {namespaces: [ops], requestPrincipals: ['*']}}],"
            + " to: [{operation: {ports: ['8080'], methods: [GET]}}]}]");
    assertThat(tcp().words()).isEqualTo("any caller, except namespace ops");
    assertThat(access(9090, false, MtlsMode.STRICT).words()).isEqualTo("any caller");
  }

  private String words(Protocol protocol) {
    return Authorizations.of(MeshSpecs.revision("default"), objects)
        .access(
            "shop",
            WEB,
            Proxy.Role.SIDECAR,
            new ServedPort(8080, protocol, List.of()),
            MtlsMode.STRICT)
        .words();
  }

  @Test
  void aSniffedPortIsToldForBothKindsOfTraffic() {
    assertThat(words(Protocol.UNKNOWN)).isEqualTo("any caller");
    add("shop/a", "rules: [{from: [{source: {namespaces: [ops]}}]}]");
    assertThat(words(Protocol.UNKNOWN)).isEqualTo("namespace ops");
    add("shop/b", "rules: [{to: [{operation: {methods: [GET]}}]}]");

    assertThat(words(Protocol.UNKNOWN))
        .isEqualTo("namespace ops; any caller to GET; if it is no HTTP: namespace ops");
    assertThat(words(Protocol.HTTP2)).isEqualTo("namespace ops; any caller to GET");
    assertThat(words(Protocol.MYSQL)).isEqualTo("namespace ops");
  }

  @Test
  void aSniffedPortThatOnlyHttpPassesIsNoOpenOne() {
    add("shop/a", "action: DENY, rules: [{to: [{operation: {methods: [DELETE]}}]}]");
    assertThat(words(Protocol.UNKNOWN))
        .isEqualTo("any caller, except any caller to DELETE; if it is no HTTP: nobody");
    assertThat(
            Authorizations.of(MeshSpecs.revision("default"), objects)
                .access(
                    "shop",
                    WEB,
                    Proxy.Role.SIDECAR,
                    new ServedPort(8080, Protocol.UNKNOWN, List.of()),
                    MtlsMode.STRICT)
                .verdict())
        .isEqualTo(Access.Verdict.SOME);
  }

  @Test
  void aSniffedPortIsToldInBoundedWords() {
    String many =
        IntStream.range(0, 60)
            .mapToObj(i -> "{from: [{source: {namespaces: [%s-%d]}}]}".formatted("n".repeat(50), i))
            .collect(Collectors.joining(", "));
    add("shop/a", "rules: [{to: [{operation: {methods: [GET]}}]}, " + many + "]");

    assertThat(words(Protocol.UNKNOWN))
        .hasSizeLessThanOrEqualTo(AccessWords.MAX_LENGTH)
        .isNotEmpty();
  }

  @Test
  void withoutMtlsNobodyHasAnIdentity() {
    add("shop/a", "rules: [{from: [{source: {principals: ['*']}}]}]");
    assertThat(access(8080, true, MtlsMode.DISABLE).words()).isEqualTo("nobody");

    objects.clear();
    add("shop/a", "rules: [{from: [{source: {notNamespaces: [ops]}}]}]");
    assertThat(access(8080, true, MtlsMode.DISABLE).words()).isEqualTo("any caller");

    objects.clear();
    add("shop/a", "action: DENY, rules: [{from: [{source: {namespaces: [ops]}}]}]");
    assertThat(access(8080, true, MtlsMode.DISABLE).words()).isEqualTo("any caller");
  }

  @ParameterizedTest
  @CsvSource({"true, false", "t, false", "1, false", "false, true", "yes, true", "'', true"})
  void aDryRunChangesNothing(String value, boolean counts) {
    objects.add(policy("shop/a", "annotations: {istio.io/dry-run: '" + value + "'}", ""));

    assertThat(http().defaultDeny()).isEqualTo(counts);
    assertThat(http().dryRun()).hasSize(counts ? 0 : 1);
    assertThat(http().allow()).hasSize(counts ? 1 : 0);
  }

  @Test
  void anAuditDeniesNothing() {
    add("shop/a", "action: AUDIT, rules: [{}]");
    assertThat(http().verdict()).isEqualTo(Access.Verdict.ANYONE);
    assertThat(names(http().audit())).containsExactly("shop/a");
  }

  @Test
  void aProviderIsAsked() {
    add("shop/a", "action: CUSTOM, provider: {name: opa}, rules: [{}]");
    assertThat(http().words()).isEqualTo("any caller, if provider opa agrees");
    assertThat(http().verdict()).isEqualTo(Access.Verdict.SOME);

    objects.clear();
    add(
        "shop/a",
        "action: CUSTOM, provider: {name: opa}, rules: [{to: [{operation: {paths: [/x]}}]}]");
    assertThat(http().words()).isEqualTo("any caller, where provider opa is asked about some");
    assertThat(names(http().custom())).containsExactly("shop/a");
  }

  @Test
  void twoProvidersOnOneWorkloadDeny() {
    add("shop/a", "action: CUSTOM, provider: {name: opa}, rules: [{}]")
        .add("shop/b", "action: CUSTOM, provider: {name: oauth}, rules: [{}]");
    assertThat(http().verdict()).isEqualTo(Access.Verdict.NOBODY);
  }

  @Test
  void aRuleWithAnUnknownKeyIsLeftOut() {
    add("shop/a", "rules: [{when: [{key: request.nothing, values: [a]}]}]");
    assertThat(http().verdict()).isEqualTo(Access.Verdict.NOBODY);

    objects.clear();
    add("shop/a", "action: DENY, rules: [{when: [{key: path, values: [a]}]}]");
    assertThat(http().verdict()).isEqualTo(Access.Verdict.ANYONE);
  }

  @Test
  void policiesOfTheRootNamespaceCountEverywhereAndOthersAtHome() {
    add("istio-system/all", "action: DENY, rules: [{from: [{source: {namespaces: [x]}}]}]")
        .add("web/other", "")
        .add("shop/other", "selector: {matchLabels: {app: db}}")
        .add("istio-system/db", "selector: {matchLabels: {app: db}}");

    assertThat(
            names(
                Authorizations.of(MeshSpecs.revision("default"), objects)
                    .reaching("shop", WEB, Proxy.Role.SIDECAR)))
        .containsExactly("istio-system/all");
    assertThat(
            names(
                Authorizations.of(MeshSpecs.revision("default"), objects)
                    .reaching("shop", Map.of("app", "db"), Proxy.Role.SIDECAR)))
        .containsExactly("istio-system/all", "istio-system/db", "shop/other");
  }

  @Test
  void theRulesOfAServiceAccountWithoutNamespaceAreThoseOfThePolicys() {
    add("istio-system/a", "rules: [{from: [{source: {serviceAccounts: [ops]}}]}]");
    assertThat(http().words()).isEqualTo("service account istio-system/ops");
  }

  /** After {@code pilot/pkg/model/policyattachment_test.go}. */
  @ParameterizedTest(name = "{0} on {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}] | edge | GATEWAY | true",
        "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: other}] | edge | GATEWAY | false",
        "targetRefs: [{group: x, kind: Gateway, name: edge}] | edge | GATEWAY | false",
        "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge, namespace: web}] | edge | GATEWAY | false",
        "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}] | | SIDECAR | false",
        "targetRef: {group: gateway.networking.k8s.io, kind: Gateway, name: edge} | edge | GATEWAY | true",
        "targetRefs: [{kind: Service, name: web}] | | SIDECAR | false",
        "targetRefs: [{kind: Service, name: web}] | edge | GATEWAY | false",
        "selector: {matchLabels: {app: web}} | edge | GATEWAY | true",
        "selector: {matchLabels: {app: web}} | edge | WAYPOINT | false",
        "selector: {matchLabels: {app: db}} | edge | GATEWAY | false",
        "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}] | edge | WAYPOINT | true",
        "targetRefs: [{group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint}] | edge | WAYPOINT | false",
      })
  void isAttachedAsIstioAttachesIt(String spec, String gateway, Proxy.Role role, boolean attached) {
    add("shop/a", spec);
    Map<String, String> labels =
        gateway == null
            ? WEB
            : Map.of("app", "web", "gateway.networking.k8s.io/gateway-name", gateway);

    assertThat(
            Authorizations.of(MeshSpecs.revision("default"), objects)
                .reaching("shop", labels, role))
        .hasSize(attached ? 1 : 0);
  }

  @Test
  void theRootNamespaceReachesAllWaypointsByTheirClass() {
    add(
        "istio-system/a",
        "targetRefs: [{group: gateway.networking.k8s.io, kind: GatewayClass,"
            + " name: istio-waypoint}]");
    Map<String, String> labels = Map.of("gateway.networking.k8s.io/gateway-name", "w");
    Authorizations policies = Authorizations.of(MeshSpecs.revision("default"), objects);

    assertThat(policies.reaching("shop", labels, Proxy.Role.WAYPOINT)).hasSize(1);
    assertThat(policies.reaching("shop", labels, Proxy.Role.GATEWAY)).isEmpty();
  }

  @Test
  void theWordsStayShortHoweverManyRulesThereAre() {
    String many =
        IntStream.range(0, 200)
            .mapToObj(i ->
                "{from: [{source: {principals: [cluster.local/ns/namespace-%d/sa/%s]}}]}"
                    .formatted(i, "a".repeat(63)))
            .collect(Collectors.joining(", "));
    add("shop/a", "rules: [" + many + "]").add("shop/b", "action: DENY, rules: [" + many + "]");

    String words = http().words();
    assertThat(words).hasSizeLessThanOrEqualTo(AccessWords.MAX_LENGTH);
    assertThat(words).contains(" more").contains(", except ");
  }

  @Test
  void aLongRuleIsNamedInsteadOfTold() {
    String paths =
        IntStream.range(0, 5)
            .mapToObj(i -> "{operation: {paths: [/%s]}}".formatted("p".repeat(50)))
            .collect(Collectors.joining(", "));
    add("shop/a", "rules: [{to: [" + paths + "]}]");
    assertThat(http().words()).isEqualTo("whom rule 0 of shop/a describes");
  }

  @Test
  void aChangeTellsHowFarItReaches() {
    Authorizations policies = new Authorizations(MeshSpecs.revision("default"));
    Manifest everywhere = policy("istio-system/a", "", "");

    assertThat(policies.put(everywhere)).isEqualTo(Scopes.EVERYWHERE);
    assertThat(policies.reaching("shop", WEB, Proxy.Role.SIDECAR)).hasSize(1);
    assertThat(policies.remove(everywhere.key())).isEqualTo(Scopes.EVERYWHERE);
    assertThat(policies.reaching("shop", WEB, Proxy.Role.SIDECAR)).isEmpty();
    Manifest targeted = policy("shop/b", "", "targetRefs: [{group: g, kind: Gateway, name: x}]");
    assertThat(policies.put(targeted)).isEqualTo(new Scopes(false, Set.of("shop")));
    assertThat(policies.remove(targeted.key())).isEqualTo(new Scopes(false, Set.of("shop")));
    assertThat(policies.put(object("{apiVersion: v1, kind: Pod, metadata: {name: a}}")))
        .isEqualTo(new Scopes(false, Set.of()));
  }
}
