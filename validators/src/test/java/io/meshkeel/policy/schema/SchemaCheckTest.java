package io.meshkeel.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Objects against the schemas that ship. Most mistakes are of Istio's own tests of its schemas. */
class SchemaCheckTest {
  private static final SchemaCheck CHECK = SchemaCheck.of("1.31");

  static Manifest object(String apiVersion, String kind, String spec) {
    Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(spec);
    Map<String, Object> all = new HashMap<>(content);
    all.put("apiVersion", apiVersion);
    all.put("kind", kind);
    all.put("metadata", Map.of("name", "x", "namespace", "shop"));
    return Manifest.of(all);
  }

  private static List<SchemaViolation> check(String apiVersion, String kind, String spec) {
    return CHECK.check(object(apiVersion, kind, spec));
  }

  private static final String ROUTE =
      """
      spec:
        hosts: [reviews]
        http:
          - name: main
            match:
              - uri: {prefix: /a}
                port: 80
            route:
              - destination: {host: reviews, subset: v1, port: {number: 8080}}
                weight: 90
              - destination: {host: reviews}
                weight: 10
            timeout: 5s
            fault: {abort: {percentage: {value: 0.5}, httpStatus: 500}}
      """;

  @Test
  void anObjectThatFitsHasNoViolation() {
    assertThat(check("networking.istio.io/v1", "VirtualService", ROUTE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "weight: 90   | wieght: 90       | S003 | spec.http[0].route[0].wieght  | did you mean"
            + " 'weight'?",
        "weight: 90   | weight: \"90\"   | S004 | spec.http[0].route[0].weight  | without quotes",
        "weight: 90   | weight: 1.5      | S004 | spec.http[0].route[0].weight  | a whole number",
        "weight: 90   | weight: 9000000000 | S007 | spec.http[0].route[0].weight | int32",
        "hosts: [reviews] | hosts: reviews | S004 | spec.hosts                  | a list",
        "hosts: [reviews] | hosts: [true] | S004 | spec.hosts[0]               | put the value in"
            + " quotes",
        "hosts: [reviews] | hots: [reviews] | S003 | spec.hots                 | did you mean"
            + " 'hosts'?",
        "timeout: 5s  | timeout: 5       | S004 | spec.http[0].timeout          | put the value in"
            + " quotes",
        "port: 80     | port: -1         | S007 | spec.http[0].match[0].port    | at least 0",
        "uri: {prefix: /a} | uri: {prefix: /a, exact: /b} | S009 | spec.http[0].match[0].uri |"
            + " exact and prefix",
        "{host: reviews} | {hosts: reviews} | S003 | spec.http[0].route[1].destination.hosts | did"
            + " you mean 'host'?",
        "{host: reviews} | {subset: v1}   | S006 | spec.http[0].route[1].destination.host | 'host'"
            + " is missing",
        "value: 0.5   | value: half      | S004 | spec.http[0].fault.abort.percentage.value | a"
            + " number",
        "name: main   | name: {a: b}     | S004 | spec.http[0].name             | not a map",
      })
  void aMistakeInAVirtualServiceIsToldWithItsPlace(
      String right, String wrong, String id, String path, String said) {
    assertThat(ROUTE).contains(right);
    List<SchemaViolation> found =
        check("networking.istio.io/v1", "VirtualService", ROUTE.replace(right, wrong));
    assertThat(found).hasSize(1);
    SchemaViolation violation = found.getFirst();
    assertThat(violation.error().id()).isEqualTo(id);
    assertThat(violation.path()).hasToString(path);
    assertThat(violation.message() + ". " + violation.remediation()).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "security.istio.io/v1 | PeerAuthentication | spec: {mtls: {mode: BLAH}} | S005 |"
            + " spec.mtls.mode",
        "security.istio.io/v1 | PeerAuthentication | spec: {mtls: {mode: strict}} | S005 |"
            + " spec.mtls.mode",
        "security.istio.io/v1 | PeerAuthentication | spec: {selector: {matchLabels: {a: b}},"
            + " portLevelMtls: {}} | S007 | spec.portLevelMtls",
        "networking.istio.io/v1beta1 | ProxyConfig | spec: {concurrency: -1} | S007 |"
            + " spec.concurrency",
        "security.istio.io/v1 | RequestAuthentication | spec: {jwtRules: [{issuer: x, audiences:"
            + " [\"\"]}]} | S007 | spec.jwtRules[0].audiences[0]",
        "security.istio.io/v1 | RequestAuthentication | spec: {targetRef: {kind: Serv_ice, name:"
            + " x}} | S008 | spec.targetRef.kind",
        "networking.istio.io/v1 | ServiceEntry | spec: {ports: []} | S006 | spec.hosts",
        "networking.istio.io/v1 | ServiceEntry | spec: {hosts: [a], ports: [{name: a, number: 1},"
            + " {name: a, number: 2}]} | S010 | spec.ports[1]",
        "extensions.istio.io/v1alpha1 | WasmPlugin | spec: {url: a, sha256: foo} | S008 |"
            + " spec.sha256",
        "networking.istio.io/v1 | WorkloadEntry | {} | S006 | spec",
        "security.istio.io/v1 | AuthorizationPolicy | spec: {action: Allow} | S005 | spec.action",
        "security.istio.io/v1 | AuthorizationPolicy | spec: {rules: [{from: [{source: {principal:"
            + " [a]}}]}]} | S003 | spec.rules[0].from[0].source.principal",
        "networking.istio.io/v1 | DestinationRule | spec: {host: a, trafficPolicy: {loadBalancer:"
            + " {simple: RANDOM, consistentHash: {useSourceIp: true}}}} | S009 |"
            + " spec.trafficPolicy.loadBalancer",
        "telemetry.istio.io/v1 | Telemetry | spec: {metrics: [{providers: [{name: \"\"}]}]} | S007"
            + " | spec.metrics[0].providers[0].name",
        "gateway.networking.k8s.io/v1 | HTTPRoute | spec: {rules: [{matches: [{path: {type:"
            + " Prefix}}]}]} | S005 | spec.rules[0].matches[0].path.type",
        "gateway.networking.k8s.io/v1 | Gateway | spec: {gatewayClassName: istio} | S006 |"
            + " spec.listeners",
        "gateway.networking.k8s.io/v1 | Gateway | spec: {gatewayClassName: istio, listeners:"
            + " [{name: a, port: 70000, protocol: HTTP}]} | S007 | spec.listeners[0].port",
        "networking.istio.io/v1 | Sidecar | {spec: {}, extra: 1} | S003 | extra",
      })
  void aMistakeIsTold(String apiVersion, String kind, String spec, String id, String path) {
    List<SchemaViolation> found = check(apiVersion, kind, spec);
    assertThat(found).extracting(v -> v.error().id() + " " + v.path()).contains(id + " " + path);
    assertThat(found).allSatisfy(v -> assertThat(v.remediation()).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "security.istio.io/v1 | PeerAuthentication | spec: {mtls: {mode: STRICT}}",
        "security.istio.io/v1 | AuthorizationPolicy | spec: {}",
        "security.istio.io/v1 | AuthorizationPolicy | spec: {action: CUSTOM, provider: {name: x},"
            + " rules: [{}]}",
        "networking.istio.io/v1alpha3 | EnvoyFilter | spec: {configPatches: [{applyTo: CLUSTER,"
            + " patch: {operation: MERGE, value: {any: [thing, 1]}}}]}",
        "extensions.istio.io/v1alpha1 | WasmPlugin | spec: {url: a, pluginConfig: {any: {thing:"
            + " 1}}}",
        "networking.istio.io/v1 | WorkloadGroup | spec: {template: {}, metadata: {labels: {a: b}}}",
        "gateway.networking.k8s.io/v1 | HTTPRoute | spec: {rules: [{backendRefs: [{name: a, port:"
            + " 80}]}]}",
        "gateway.networking.k8s.io/v1 | GatewayClass | spec: {controllerName:"
            + " istio.io/gateway-controller}",
        "gateway.networking.k8s.io/v1alpha2 | TCPRoute | spec: {rules: [{backendRefs: [{name: a,"
            + " port: 80}]}]}",
        "gateway.networking.k8s.io/v1beta1 | ReferenceGrant | spec: {from: [{group: a, kind: B,"
            + " namespace: c}], to: [{group: \"\", kind: Secret}]}",
        "networking.istio.io/v1 | DestinationRule | spec: {host: a, trafficPolicy: {loadBalancer:"
            + " {consistentHash: {useSourceIp: true}}}}",
      })
  void whatIsRightIsTaken(String apiVersion, String kind, String spec) {
    assertThat(check(apiVersion, kind, spec)).isEmpty();
  }

  @Test
  void aKindThatIsNotThereIsToldWithTheClosestOne() {
    SchemaViolation violation =
        check("networking.istio.io/v1", "VirtualServise", "spec: {}").getFirst();
    assertThat(violation.error()).isEqualTo(SchemaError.KIND);
    assertThat(violation.message()).contains("Istio 1.31").contains("'VirtualService'");
    assertThat(violation.remediation()).contains("DestinationRule");
    assertThat(violation.path()).isEqualTo(JsonPath.of("kind"));
  }

  @ParameterizedTest
  @CsvSource({
    "networking.istio.io/v2, VirtualService, networking.istio.io/v1",
    "networking.istio.io/v1, EnvoyFilter, networking.istio.io/v1alpha3",
    "gateway.networking.k8s.io/v1alpha9, HTTPRoute, gateway.networking.k8s.io/v1"
  })
  void aVersionThatIsNotServedIsTold(String apiVersion, String kind, String better) {
    SchemaViolation violation = check(apiVersion, kind, "spec: {}").getFirst();
    assertThat(violation.error()).isEqualTo(SchemaError.VERSION);
    assertThat(violation.remediation()).isEqualTo("write " + better);
  }

  @Test
  void whatAVersionBroughtIsUnknownToTheOneBefore() {
    Manifest extension =
        object("extensions.istio.io/v1alpha1", "TrafficExtension", "spec: {lua: {inlineCode: x}}");
    assertThat(SchemaCheck.of("1.31").check(extension)).isEmpty();
    assertThat(SchemaCheck.of("1.29").check(extension))
        .extracting(SchemaViolation::error)
        .containsExactly(SchemaError.KIND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.28", "1.32", "", "1.31.1"})
  void aVersionThatIsNotKnownIsRefused(String version) {
    assertThatThrownBy(() -> SchemaCheck.of(version))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.29, 1.30, 1.31");
  }

  @Test
  void everyKindOfEveryVersionHasASchemaThatCompiles() {
    for (String name : List.of("istio-1.29", "istio-1.30", "istio-1.31", "gateway-1.6")) {
      SchemaCatalog catalog = SchemaCatalog.load(name);
      for (String group : catalog.groups()) {
        for (String kind : catalog.kinds(group)) {
          GroupKind key = new GroupKind(group, kind);
          assertThat(catalog.versions(key)).as(kind).isNotEmpty();
          for (String version : catalog.versions(key)) {
            assertThat(catalog.schema(key, group + "/" + version)).isNotNull();
          }
        }
      }
    }
  }

  @Test
  void allMistakesOfAnObjectAreToldUpToALimit() {
    StringBuilder spec = new StringBuilder("spec:\n  hosts: [a]\n");
    for (int i = 0; i < 100; i++) {
      spec.append("  wrong").append(i).append(": 1\n");
    }
    assertThat(check("networking.istio.io/v1", "VirtualService", spec.toString()))
        .hasSize(SchemaWalk.MAX_VIOLATIONS);
  }

  @Test
  void aVeryLongTextIsNotMatchedAgainstAPattern() {
    String spec = "spec: {targetRef: {group: " + "a".repeat(100_000) + "!, kind: A, name: x}}";
    assertThat(check("security.istio.io/v1", "RequestAuthentication", spec))
        .extracting(SchemaViolation::error)
        .containsExactly(SchemaError.BOUNDS);
  }

  @Test
  void messagesAreShortWhateverTheObjectHolds() {
    String spec = "spec: {mtls: {mode: " + "x".repeat(10_000) + ", " + "y".repeat(500) + ": 1}}";
    assertThat(check("security.istio.io/v1", "PeerAuthentication", spec))
        .hasSize(2)
        .allSatisfy(v -> assertThat(v.message()).hasSizeLessThan(300));
  }
}
