package io.meshkeel.policy.admission;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * Where a refusal is told, and where releases differ: {@code pkg/config/validation} of istio/istio
 * at {@code release-1.29}, {@code release-1.30} and {@code release-1.31}. That verdicts are
 * istiod's is shown on thousands of objects by {@code AdmissionAgreementIT}.
 */
class AdmissionTest {
  private static List<Refusal> check(String kind, String object, int minor) {
    Map<String, Object> content =
        new HashMap<>(new Yaml(new SafeConstructor(new LoaderOptions())).load(object));
    Map<String, Object> metadata = new HashMap<>(Map.of("name", "x", "namespace", "shop"));
    if (content.get("metadata") instanceof Map<?, ?> more) {
      more.forEach((name, value) -> metadata.put((String) name, value));
    }
    content.put("apiVersion", "networking.istio.io/v1");
    content.put("kind", kind);
    content.put("metadata", metadata);
    return Admission.check(Manifest.of(content), minor);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Gateway | spec: {servers: [{hosts: [short], port: {name: a, number: 80, protocol: HTTP}}]} | spec.servers[0].hosts[0] | short name",
        "Gateway | spec: {servers: [{hosts: ['*'], port: {name: a, number: 443, protocol: HTTPS}}]} | spec.servers[0].tls | needs tls",
        "Gateway | spec: {servers: [{hosts: ['*'], port: {name: a, number: 80, protocol: HTTP}}, {hosts: ['*'], port: {name: a, number: 81, protocol: HTTP}}]} | spec.servers[1].port.name | two ports",
        "Gateway | spec: {servers: [{hosts: ['*'], port: {name: a, number: 443, protocol: HTTPS}, tls: {mode: SIMPLE}}]} | spec.servers[0].tls.serverCertificate | credentialName",
        "VirtualService | spec: {hosts: [a.b, '*.b'], http: [{route: [{destination: {host: a}}]}]} | spec.hosts[1] | the same",
        "VirtualService | spec: {hosts: ['*'], http: [{route: [{destination: {host: a}}]}]} | spec.hosts[0] | within the mesh",
        "VirtualService | spec: {hosts: [a], http: [{redirect: {uri: /a}, route: [{destination: {host: a}}]}]} | spec.http[0].route | beside redirect",
        "VirtualService | spec: {hosts: [a], http: [{match: [{uri: {regex: '('}}], route: [{destination: {host: a}}]}]} | spec.http[0].match[0].uri.regex | regular expression",
        "VirtualService | spec: {hosts: [a], http: [{route: [{destination: {host: a}}, {destination: {host: b}}]}]} | spec.http[0].route | weights",
        "VirtualService | spec: {hosts: [a.b], tls: [{match: [{sniHosts: [c.d]}], route: [{destination: {host: a}}]}]} | spec.tls[0].match[0].sniHosts[0] | none of the hosts",
        "VirtualService | spec: {hosts: [a], http: [{retries: {attempts: 1, retryOn: '5xx, reset'}, route: [{destination: {host: a}}]}]} | spec.http[0].retries.retryOn | ' reset'",
        "VirtualService | spec: {gateways: [g], http: [{route: [{destination: {host: a}}]}]} | spec.gateways | delegate",
        "DestinationRule | spec: {host: a, subsets: [{name: v1}, {name: v1}]} | spec.subsets[1].name | two subsets",
        "DestinationRule | spec: {host: a, trafficPolicy: {}} | spec.trafficPolicy | at least one",
        "DestinationRule | spec: {host: a, exportTo: ['.', shop]} | spec.exportTo[1] | twice",
        "DestinationRule | spec: {host: a, trafficPolicy: {loadBalancer: {localityLbSetting: {distribute: [{from: a/*, to: {b/*: 90}}]}}}} | spec.trafficPolicy.loadBalancer.localityLbSetting.distribute[0].to | 90, not 100",
        "ServiceEntry | spec: {hosts: [a.b], resolution: STATIC, ports: [{name: http, number: 80}], endpoints: [{address: 10.0.0.1, ports: {tcp: 1}}]} | spec.endpoints[0].ports.tcp | no port 'tcp'",
        "ServiceEntry | spec: {hosts: ['*.a.b'], resolution: DNS, ports: [{name: http, number: 80}]} | spec.hosts[0] | can't be resolved",
        "Sidecar | spec: {egress: [{hosts: [reviews]}]} | spec.egress[0].hosts[0] | no namespace",
        "Sidecar | spec: {egress: [{hosts: ['./*']}, {hosts: ['./*']}]} | spec.egress[0] | last one",
        "AuthorizationPolicy | spec: {action: DENY} | spec.rules | does nothing",
        "AuthorizationPolicy | spec: {rules: [{to: [{operation: {ports: ['x']}}]}]} | spec.rules[0].to[0].operation.ports[0] | no port",
        "AuthorizationPolicy | spec: {rules: [{when: [{key: source.name, values: [a]}]}]} | spec.rules[0].when[0].key | no attribute",
        "RequestAuthentication | spec: {jwtRules: [{issuer: a, jwks: '{}'}]} | spec.jwtRules[0].jwks | kty",
        "WorkloadGroup | spec: {template: {}, probe: {}} | spec.probe | httpGet",
        "Telemetry | spec: {accessLogging: [{filter: {expression: 'a &&'}}]} | spec.accessLogging[0].filter.expression | CEL",
        "WasmPlugin | spec: {url: a, vmConfig: {env: [{name: A}, {name: A}]}} | spec.vmConfig.env[1].name | two variables",
        "EnvoyFilter | spec: {configPatches: [{applyTo: CLUSTER, match: {listener: {}}, patch: {operation: REMOVE}}]} | spec.configPatches[0].match | by cluster",
        "EnvoyFilter | spec: {configPatches: [{applyTo: HTTP_FILTER, patch: {operation: INSERT_FIRST, value: {name: a, typed_config: {\"@type\": type.googleapis.com/envoy.config.filter.http.lua.v2.Lua}}}}]} | spec.configPatches[0].patch.value.typed_config[\"@type\"] | former interface",
        "EnvoyFilter | spec: {configPatches: [{applyTo: HTTP_FILTER, patch: {operation: INSERT_FIRST, value: {name: a, typedConfig: {\"@type\": type.googleapis.com/envoy.extensions.filters.http.luaa.v3.Lua}}}}]} | spec.configPatches[0].patch.value.typedConfig[\"@type\"] | doesn't know",
        "EnvoyFilter | spec: {configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {connect_timeout: 5}}}]} | spec.configPatches[0].patch.value.connect_timeout | is not seconds as a text such as 1.5s",
        "EnvoyFilter | spec: {configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {lbPolicy: FAIR}}}]} | spec.configPatches[0].patch.value.lbPolicy | is not one of CLUSTER_PROVIDED, ",
        "EnvoyFilter | spec: {configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {circuit_breakers: {thresholds: [{max_connections: -1}]}}}}]} | spec.configPatches[0].patch.value.circuit_breakers.thresholds[0].max_connections | 32 bits, 0 at least",
        "EnvoyFilter | spec: {configPatches: [{applyTo: HTTP_ROUTE, patch: {operation: MERGE, value: {match: {prefix: /, path: /a}}}}]} | spec.configPatches[0].patch.value.match.prefix | exclude each other",
        "EnvoyFilter | spec: {configPatches: [{applyTo: VIRTUAL_HOST, patch: {operation: MERGE, value: {domains: a}}}]} | spec.configPatches[0].patch.value.domains | is not a list",
        "EnvoyFilter | spec: {configPatches: [{applyTo: HTTP_FILTER, patch: {operation: INSERT_FIRST, value: {name: a, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua, source_codes: {a: {inline_string: 5}}}}}}]} | spec.configPatches[0].patch.value.typed_config.source_codes.a.inline_string | is not a text",
        "EnvoyFilter | spec: {configPatches: [{applyTo: HTTP_FILTER, patch: {operation: INSERT_FIRST, value: {name: a, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Luaa}}}}]} | spec.configPatches[0].patch.value.typed_config[\"@type\"] | doesn't know",
        "EnvoyFilter | spec: {configPatches: [{applyTo: HTTP_FILTER, patch: {operation: INSERT_FIRST, value: {name: a, typed_config: {inlineCode: x}}}}]} | spec.configPatches[0].patch.value.typed_config | needs its type",
        "EnvoyFilter | spec: {configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {typed_extension_protocol_options: {x: {\"@type\": my.company.X}}}}}]} | spec.configPatches[0].patch.value.typed_extension_protocol_options.x[\"@type\"] | doesn't know",
        "PeerAuthentication | {spec: {}, metadata: {annotations: {istio.io/dry-run: 'true'}}} | metadata.annotations[\"istio.io/dry-run\"] | run dry"
      })
  void aRefusalIsToldWithItsPlaceAndARemedy(String kind, String object, String path, String said) {
    List<Refusal> found = check(kind, object, 31);
    assertThat(found).isNotEmpty();
    assertThat(found.getFirst().path()).hasToString(path);
    assertThat(found.getFirst().message() + ". " + found.getFirst().remediation()).contains(said);
    assertThat(found).allSatisfy(refusal -> assertThat(refusal.remediation()).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Sidecar | spec: {egress: [{hosts: [~shop/a.b]}]} | no | no | yes",
        "Sidecar | spec: {egress: [{hosts: [~/a.b]}]} | yes | yes | yes",
        "DestinationRule | spec: {host: a, trafficPolicy: {connectionPool: {http: {http2KeepAlive: {interval: 1s}}}}} | yes | yes | no",
        "DestinationRule | spec: {host: a, trafficPolicy: {loadBalancer: {warmup: {duration: 1s, aggression: 0.5}}}} | no | no | yes",
        "DestinationRule | spec: {host: a, trafficPolicy: {loadBalancer: {localityLbSetting: {}, zoneAwareLbSetting: {}}}} | yes | yes | no",
        "VirtualService | spec: {hosts: [a], http: [{redirect: {prefixRewrite: /a}}]} | no | no | yes",
        "VirtualService | spec: {hosts: [a], http: [{match: [{uri: {exact: /}}], redirect: {prefixRewrite: /a, scheme: https}}]} | yes | yes | no",
        "AuthorizationPolicy | spec: {rules: [{from: [{source: {trustDomains: [a/b]}}]}]} | no | no | no",
        "AuthorizationPolicy | spec: {rules: [{from: [{source: {trustDomains: [a]}}]}]} | no | yes | yes",
        "AuthorizationPolicy | spec: {rules: [{when: [{key: source.trustDomain, values: [a]}]}]} | no | yes | yes",
        "ServiceEntry | spec: {hosts: ['*.a'], resolution: DYNAMIC_DNS, location: MESH_INTERNAL, ports: [{name: a, number: 1, protocol: HTTP}]} | no | yes | yes",
        "ServiceEntry | {spec: {hosts: ['*.a'], resolution: DYNAMIC_DNS, location: MESH_INTERNAL, ports: [{name: a, number: 1, protocol: HTTP}]}, metadata: {labels: {istio.io/use-waypoint: w}}} | no | no | no",
        "ServiceEntry | spec: {hosts: ['*.a'], resolution: DYNAMIC_DNS, ports: [{name: a, number: 1, protocol: GRPC}]} | no | yes | yes"
      })
  void whereReleasesDifferThatOfTheMeshCounts(
      String kind, String object, String in29, String in30, String in31) {
    assertThat(List.of(29, 30, 31))
        .extracting(minor -> check(kind, object, minor).isEmpty() ? "yes" : "no")
        .containsExactly(in29, in30, in31);
  }

  @Test
  void whatIstiodItselfMakesOfTheGatewayApiIsHeldToLess() {
    String marked =
        "metadata: {name: a.b, annotations: {internal.istio.io/gateway-semantics: gateway}}";
    String spec =
        "spec: {servers: [{hosts: [~/a.b], port: {name: a, number: 80, protocol: HTTP}}]}";
    assertThat(check("Gateway", "{" + marked + ", " + spec + "}", 31)).isEmpty();
    assertThat(check("Gateway", "{metadata: {name: a.b}, " + spec + "}", 31)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a, typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua}}",
        "{name: a, typed_config: {'@type': type.googleapis.com/istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig}}",
        "{name: a, typed_config: {'@type': type.googleapis.com/udpa.type.v1.TypedStruct, type_url: x, value: {typed_config: {'@type': nothing}}}}",
        "{name: a, config: {typed_config: {}}}",
        "{name: a, unheard: {of: 5}}",
        "{name: a, disabled: null}",
        "{name: a, typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua, source_codes: {a: {inline_bytes: AA==}}, clear_route_cache: true}}"
      })
  void typesThatIstiodKnowsAreTaken(String value) {
    String patch = "{applyTo: HTTP_FILTER, patch: {operation: INSERT_FIRST, value: " + value + "}}";
    assertThat(check("EnvoyFilter", "spec: {configPatches: [" + patch + "]}", 31)).isEmpty();
  }

  @Test
  void aKindThatTheWebhookNeverSeesIsTaken() {
    assertThat(check("HTTPRoute", "spec: {hostnames: ['']}", 31)).isEmpty();
  }

  @Test
  void aLongValueIsShortened() {
    assertThat(check("DestinationRule", "spec: {host: '" + "-".repeat(9_000) + "'}", 31))
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.message()).hasSizeLessThan(300));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo | true",
        "%HOSTNAME% | true",
        "100%% | true",
        "a %A% b %B(c)% | true",
        "%A([\"b\", \"c\"])% | true",
        "%A(x\\)b)% | true",
        "abc%123 | false",
        "%START_TIME%% | false",
        "%A(b% | false",
        "%A([b])% | false",
        "%A([\"b\" \"c\"])% | false",
        "%A(b) c% | false",
        "%A(b\\ | false"
      })
  void theVariablesOfAHeaderAreClosed(String value, boolean right) {
    assertThat(HeaderFormat.isRight(value)).isEqualTo(right);
  }
}
