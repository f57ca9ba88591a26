package io.meshkeel.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.policy.admission.Admission;
import io.meshkeel.policy.admission.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * What istioctl and Meshkeel say of the values of patches: each field of some real ones replaced by
 * values of every type.
 */
class EnvoyFilterAgreementIT {
  private static final int MINOR = 31;

  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry(
              "CLUSTER",
              """
              name: x
              connectTimeout: 1.5s
              lb_policy: ROUND_ROBIN
              type: EDS
              per_connection_buffer_limit_bytes: 5
              circuit_breakers: {thresholds: [{priority: HIGH, max_connections: 5, track_remaining: true}]}
              common_lb_config: {healthy_panic_threshold: {value: 5.5}}
              upstream_connection_options: {tcp_keepalive: {keepalive_time: 5}}
              metadata: {filter_metadata: {a: {b: c}}}
              unheard: {of: 5}
              typed_extension_protocol_options:
                x:
                  "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                  explicit_http_config: {http2_protocol_options: {max_concurrent_streams: 5}}
              """),
          Map.entry(
              "HTTP_FILTER",
              """
              name: envoy.filters.http.local_ratelimit
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit
                stat_prefix: x
                token_bucket: {max_tokens: 5, tokens_per_fill: 5, fill_interval: 60s}
                filter_enabled: {runtime_key: x, default_value: {numerator: 100, denominator: HUNDRED}}
                response_headers_to_add: [{append: false, header: {key: a, value: b, raw_value: AA==}}]
              """),
          Map.entry(
              "NETWORK_FILTER",
              """
              name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                xff_num_trusted_hops: 1
                use_remote_address: true
                tracing: {random_sampling: {value: 5}}
                access_log:
                  - name: x
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
                      path: /dev/stdout
                      log_format: {json_format: {a: b}}
              """),
          Map.entry(
              "HTTP_ROUTE",
              """
              match: {prefix: /, headers: [{name: a, string_match: {exact: b}, invert_match: true}]}
              route: {cluster: x, timeout: 5s, retry_policy: {num_retries: 5, retriable_status_codes: [503]}}
              typed_per_filter_config:
                x:
                  "@type": type.googleapis.com/envoy.extensions.filters.http.buffer.v3.BufferPerRoute
                  disabled: true
              """),
          Map.entry(
              "VIRTUAL_HOST",
              """
              domains: [a]
              rate_limits: [{stage: 1, actions: [{request_headers: {header_name: a, descriptor_key: b}}]}]
              """),
          Map.entry(
              "LISTENER",
              """
              socket_options: [{level: 1, name: 2, int_value: 3, state: STATE_LISTENING, description: a}]
              listener_filters_timeout: 0s
              """),
          Map.entry(
              "FILTER_CHAIN",
              """
              filter_chain_match: {prefix_ranges: [{address_prefix: 10.0.0.0, prefix_len: 8}], server_names: [a]}
              """),
          Map.entry("ROUTE_CONFIGURATION", "response_headers_to_remove: [a]\n"),
          Map.entry(
              "LISTENER_FILTER",
              """
              name: a
              typed_config:
                "@type": type.googleapis.com/google.protobuf.Duration
                value: 1s
              """),
          Map.entry(
              "EXTENSION_CONFIG",
              """
              name: a
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
                config: {configuration: {"@type": type.googleapis.com/google.protobuf.StringValue, value: a}, fail_open: true}
              """),
          Map.entry(
              "BOOTSTRAP",
              """
              stats_flush_interval: 5s
              stats_config: {stats_tags: [{tag_name: a, regex: b}], use_all_default_tags: true}
              node: {metadata: {a: 5}}
              """));

  private static final List<Object> REPLACEMENTS =
      List.of(
          5,
          -1,
          1.5,
          5_000_000_000L,
          "x!",
          "5",
          "1e3",
          "1s",
          "-.5s",
          "AA",
          true,
          List.of(),
          List.of("x"),
          List.of(5),
          List.of(Map.of()),
          Map.of(),
          Map.of("a", "b"),
          Map.of("@type", "type.googleapis.com/envoy.extensions.filters.http.lua.v3.LuaPerRouter"));

  @Test
  void eachTypeOfEachFieldIsTakenByBothOrByNone() throws Exception {
    List<Manifest> objects = objects();
    Map<String, String> refused = IstioctlValidate.refused(objects);
    List<String> unlike = new ArrayList<>();
    for (Manifest object : objects) {
      String said = refused.get("EnvoyFilter/" + object.key().name());
      List<Refusal> ours = Admission.check(object, MINOR);
      if ((said == null) != ours.isEmpty()) {
        unlike.add(object.content().get("spec") + "\n  istioctl: " + said + "\n  here: " + ours);
      }
    }
    assertThat(unlike).isEmpty();
    assertThat(objects).hasSizeGreaterThan(1_000);
    assertThat(refused.size()).isBetween(objects.size() / 10, objects.size() * 9 / 10);
  }

  private static List<Manifest> objects() {
    List<Manifest> objects = new ArrayList<>();
    new TreeMap<>(VALUES)
        .forEach((applyTo, text) -> {
          Object base = new Yaml().load(text);
          List<Object> variants = new ArrayList<>(List.of(base));
          variants(base, variants::add);
          for (Object variant : variants) {
            objects.add(
                Manifest.of(
                    JsonTree.freeze(
                        Map.of(
                            "apiVersion",
                            "networking.istio.io/v1alpha3",
                            "kind",
                            "EnvoyFilter",
                            "metadata",
                            Map.of(
                                "namespace",
                                AdmissionCorpus.NAMESPACE,
                                "name",
                                "f-" + objects.size()),
                            "spec",
                            Map.of(
                                "configPatches",
                                List.of(
                                    Map.of(
                                        "applyTo",
                                        applyTo,
                                        "patch",
                                        Map.of("operation", "MERGE", "value", variant))))))));
          }
        });
    return objects;
  }

  /** The tree with each of its places replaced by each of the others, one at a time. */
  private static void variants(Object tree, Consumer<Object> take) {
    switch (tree) {
      case Map<?, ?> map ->
          map.forEach((key, value) -> {
            Consumer<Object> with =
                other -> {
                  Map<Object, Object> copy = new LinkedHashMap<>(map);
                  copy.put(key, other);
                  take.accept(copy);
                };
            REPLACEMENTS.forEach(with);
            variants(value, with);
            Map<Object, Object> less = new HashMap<>(map);
            less.remove(key);
            take.accept(less);
          });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          int at = i;
          Consumer<Object> with =
              other -> {
                List<Object> copy = new ArrayList<>(list);
                copy.set(at, other);
                take.accept(copy);
              };
          REPLACEMENTS.forEach(with);
          variants(list.get(i), with);
        }
      }
      default -> {}
    }
  }
}
