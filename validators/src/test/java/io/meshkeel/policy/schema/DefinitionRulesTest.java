package io.meshkeel.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.policy.cel.CelRule;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The CEL rules of the definitions that ship. */
class DefinitionRulesTest {
  private static List<SchemaViolation> check(String apiVersion, String kind, String spec) {
    return SchemaCheck.of("1.31").check(SchemaCheckTest.object(apiVersion, kind, spec));
  }

  @ParameterizedTest
  @CsvSource({"istio-1.29, 34", "istio-1.30, 37", "istio-1.31, 37", "gateway-1.6, 82"})
  void everyRuleOfEveryReleaseCompiles(String name, int least) {
    Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    SchemaCatalog catalog = SchemaCatalog.load(name);
    int rules = 0;
    for (String group : catalog.groups()) {
      for (String kind : catalog.kinds(group)) {
        GroupKind key = new GroupKind(group, kind);
        for (String version : catalog.versions(key)) {
          rules += compile(catalog.schema(key, group + "/" + version), seen);
        }
      }
    }
    assertThat(rules).isGreaterThanOrEqualTo(least);
  }

  private static int compile(@Nullable Schema schema, Set<Schema> seen) {
    if (schema == null || !schema.hasRules || !seen.add(schema)) {
      return 0;
    }
    schema.rules.forEach(CelRule::compile);
    int below = compile(schema.items, seen) + compile(schema.additional, seen);
    return schema.rules.size()
        + below
        + schema.properties.values().stream().mapToInt(each -> compile(each, seen)).sum();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "networking.istio.io/v1 | VirtualService | spec: {hosts: [a], http: [{timeout: 1us, route: [{destination: {host: a}}]}]} | spec.http[0].timeout | duration",
        "networking.istio.io/v1 | ServiceEntry | spec: {hosts: [\"*\"], ports: [{name: a, number: 1}]} | spec.hosts[0] | wildcard",
        "networking.istio.io/v1 | ServiceEntry | spec: {hosts: [a.b], resolution: DNS, addresses: [10.0.0.0/8]} | spec | CIDR",
        "networking.istio.io/v1 | ServiceEntry | spec: {hosts: [a.b], resolution: STATIC, endpoints: [{labels: {a: b}}]} | spec.endpoints[0] | Address",
        "networking.istio.io/v1 | Gateway | spec: {servers: [{hosts: [a.b], port: {name: a, number: 443, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: a, credentialNames: [b]}}]} | spec.servers[0].tls | credentialName",
        "security.istio.io/v1 | PeerAuthentication | spec: {portLevelMtls: {\"80\": {mode: STRICT}}} | spec | selector",
        "security.istio.io/v1 | PeerAuthentication | spec: {selector: {matchLabels: {a: b}}, portLevelMtls: {\"70000\": {mode: STRICT}}} | spec.portLevelMtls | 65535",
        "security.istio.io/v1 | PeerAuthentication | spec: {selector: {matchLabels: {a: \"*\"}}} | spec.selector.matchLabels.a | wildcard",
        "security.istio.io/v1 | RequestAuthentication | spec: {jwtRules: [{issuer: a, jwksUri: ftp://a}]} | spec.jwtRules[0].jwksUri | http",
        "extensions.istio.io/v1alpha1 | WasmPlugin | spec: {url: ftp://a} | spec.url | oci",
        "security.istio.io/v1 | AuthorizationPolicy | spec: {targetRefs: [{kind: Service, name: a, namespace: b}]} | spec.targetRefs[0].namespace | cross namespace",
        "gateway.networking.k8s.io/v1 | HTTPRoute | spec: {rules: [{filters: [{type: RequestMirror}]}]} | spec.rules[0].filters[0] | requestMirror",
        "gateway.networking.k8s.io/v1 | HTTPRoute | spec: {parentRefs: [{name: a}, {name: a}]} | spec.parentRefs | sectionName",
        "gateway.networking.k8s.io/v1 | HTTPRoute | spec: {parentRefs: [{name: a, namespace: x, sectionName: a}, {name: a, namespace: x}]} | spec.parentRefs | sectionName",
        "gateway.networking.k8s.io/v1 | HTTPRoute | spec: {rules: [{backendRefs: [{name: a}]}]} | spec.rules[0].backendRefs[0] | port",
        "gateway.networking.k8s.io/v1 | TLSRoute | spec: {hostnames: [10.0.0.1], rules: [{backendRefs: [{name: a, port: 1}]}]} | spec.hostnames | IP",
        "gateway.networking.k8s.io/v1 | Gateway | spec: {gatewayClassName: istio, listeners: [{name: a, port: 80, protocol: HTTP, tls: {mode: Terminate, certificateRefs: [{name: a}]}}]} | spec.listeners | tls"
      })
  void aBrokenRuleIsToldAtItsPlace(
      String apiVersion, String kind, String spec, String path, String said) {
    List<SchemaViolation> found = check(apiVersion, kind, spec);
    assertThat(found).isNotEmpty();
    SchemaViolation violation = found.getFirst();
    assertThat(violation.error()).isEqualTo(SchemaError.RULE);
    assertThat(violation.path()).hasToString(path);
    assertThat(violation.message()).contains(said);
    assertThat(violation.remediation()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "networking.istio.io/v1 | VirtualService | spec: {hosts: [a], http: [{timeout: .5s, route: [{destination: {host: a}}]}]}",
        "gateway.networking.k8s.io/v1 | HTTPRoute | spec: {parentRefs: [{name: a, namespace: x, sectionName: a}, {name: a, namespace: y}]}",
        "gateway.networking.k8s.io/v1 | HTTPRoute | spec: {parentRefs: [{name: a, sectionName: a}, {name: a, sectionName: b}], rules: [{backendRefs: [{name: a, port: 80}]}]}"
      })
  void whatKeepsTheRulesIsTaken(String apiVersion, String kind, String spec) {
    assertThat(check(apiVersion, kind, spec)).isEmpty();
  }

  @Test
  void whereTheStructureIsBrokenRulesAreNotAsked() {
    assertThat(
            check(
                "networking.istio.io/v1",
                "ServiceEntry",
                "spec: {hosts: [\"*\"], ports: [{name: a, number: x}]}"))
        .extracting(SchemaViolation::error)
        .containsOnly(SchemaError.TYPE);
  }

  /** What docs/reference/schema-errors.md says of S011. */
  @Test
  void onlyGatewayClassesHaveARuleAboutAChange() {
    Set<String> kinds = new TreeSet<>();
    for (String name : List.of("istio-1.29", "istio-1.30", "istio-1.31", "gateway-1.6")) {
      SchemaCatalog catalog = SchemaCatalog.load(name);
      for (String group : catalog.groups()) {
        for (String kind : catalog.kinds(group)) {
          GroupKind key = new GroupKind(group, kind);
          for (String version : catalog.versions(key)) {
            Schema schema = catalog.schema(key, group + "/" + version);
            if (schema != null && schema.hasTransitionRules) {
              kinds.add(key.toString());
            }
          }
        }
      }
    }
    assertThat(kinds).containsExactly("GatewayClass.gateway.networking.k8s.io");
  }

  @Test
  void aRuleAboutAChangeNeedsTheObjectBefore() {
    Manifest before = controller("istio.io/gateway-controller");
    Manifest after = controller("example.com/other");
    SchemaCheck check = SchemaCheck.of("1.31");
    assertThat(check.check(after)).isEmpty();
    assertThat(check.check(before, Optional.of(before))).isEmpty();
    assertThat(check.check(after, Optional.of(before)))
        .extracting(SchemaViolation::path)
        .containsExactly(JsonPath.of("spec", "controllerName"));
  }

  private static Manifest controller(String name) {
    return SchemaCheckTest.object(
        "gateway.networking.k8s.io/v1", "GatewayClass", "spec: {controllerName: " + name + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"namespace", "in", "a-b", "a.b", "a/b", "a__b"})
  void aReservedNameIsEscaped(String name) {
    assertThat(RuleValues.escaped(name))
        .startsWith(name.equals("namespace") || name.equals("in") ? "__" : "a__");
    assertThat(RuleValues.escaped("name")).isEqualTo("name");
  }

  @Test
  void thePathOfARuleIsRead() {
    assertThat(RuleValues.steps("")).isEmpty();
    assertThat(RuleValues.steps(".a.b")).containsExactly("a", "b");
    assertThat(RuleValues.steps(".a['b.c'].d")).containsExactly("a", "b.c", "d");
  }

  @Test
  void anObjectIsShownToRulesAsKubernetesDoes() {
    Schema schema =
        new SchemaCompiler(Map.of())
            .compile(
                Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of(
                        "namespace", Map.of("type", "string"),
                        "ratio", Map.of("type", "number"),
                        "whole", Map.of("type", "integer"))));
    assertThat(
            RuleValues.of(
                Map.of("namespace", "a", "ratio", 1L, "whole", 1L, "unknown", true), schema))
        .isEqualTo(Map.of("__namespace__", "a", "ratio", 1.0, "whole", 1L));
  }
}
