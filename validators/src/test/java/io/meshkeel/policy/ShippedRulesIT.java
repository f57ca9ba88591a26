package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.testbed.SharedServers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule through the whole judge, on a real OPA: from YAML to line and column. */
final class ShippedRulesIT {
  private static TestingOpa opa = start();

  private static TestingOpa start() {
    try {
      return TestingOpa.start(JudgeOptions.of(SharedServers.opaBinary()));
    } catch (PolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void openOnce() throws Exception {
    opa.gateway().session();
  }

  @AfterAll
  static void stop() {
    opa.close();
  }

  private static Verdict judge(String... files) {
    TestingRepository repository = new TestingRepository();
    for (int i = 0; i < files.length; i++) {
      repository.put("traffic/" + i + ".yaml", files[i]);
    }
    Snapshot snapshot = repository.snapshot();
    return opa.newJudge().judge(repository.mesh(snapshot), snapshot);
  }

  private static List<String> told(Verdict verdict) {
    return verdict.findings().stream()
        .map(f ->
            f.ruleId()
                + " "
                + f.severity().word()
                + " "
                + f.path()
                + (f.position() == null
                    ? ""
                    : " " + f.position().line() + ":" + f.position().column()))
        .toList();
  }

  private static String object(String kind, String group, String id, String spec) {
    String[] names = id.split("/", 2);
    return "apiVersion: "
        + group
        + "/v1"
        + (kind.equals("EnvoyFilter") ? "alpha3" : "")
        + "\nkind: "
        + kind
        + "\nmetadata: {name: "
        + names[1]
        + ", namespace: "
        + names[0]
        + "}\n"
        + spec
        + "\n";
  }

  private static String networking(String kind, String id, String spec) {
    return object(kind, "networking.istio.io", id, spec);
  }

  private static String security(String kind, String id, String spec) {
    return object(kind, "security.istio.io", id, spec);
  }

  private static String route(String id, String host, String extra) {
    return networking(
        "VirtualService",
        id,
        """
        spec:
          hosts: [%s]%s
          http:
            - route:
                - destination: {host: %s}
        """
            .formatted(host, extra, host));
  }

  private static final String REVIEWS = "reviews.shop.svc.cluster.local";
  private static final String REVIEWS_RULE =
      networking(
          "DestinationRule",
          "shop/reviews",
          "spec: {host: " + REVIEWS + ", subsets: [{name: v1, labels: {version: v1}}]}");

  private static String subset(String name) {
    return networking(
        "VirtualService",
        "shop/reviews",
        """
        spec:
          hosts: [%s]
          http:
            - route:
                - destination: {host: %s, subset: %s}
        """
            .formatted(REVIEWS, REVIEWS, name));
  }

  private static String weights(int one, int other) {
    return networking(
        "VirtualService",
        "shop/reviews",
        """
        spec:
          hosts: [%s]
          http:
            - route:
                - {destination: {host: a.shop.svc.cluster.local}, weight: %d}
                - {destination: {host: b.shop.svc.cluster.local}, weight: %d}
        """
            .formatted(REVIEWS, one, other));
  }

  private static String gateway(String id, String host) {
    return networking(
        "Gateway",
        id,
        """
        spec:
          selector: {istio: ingress}
          servers:
            - port: {number: 443, name: https, protocol: HTTPS}
              tls: {mode: SIMPLE, credentialName: cert-%s}
              hosts: [%s]
        """
            .formatted(id.replace('/', '-'), host));
  }

  static List<Arguments> mistakes() {
    return List.of(
        Arguments.of(
            List.of(route("shop/a", REVIEWS, ""), route("web/b", REVIEWS, "")),
            List.of("M101 error spec.hosts[0] 5:11", "M101 error spec.hosts[0] 5:11")),
        Arguments.of(
            List.of(subset("v9"), REVIEWS_RULE),
            List.of("M102 error spec.http[0].route[0].destination.subset 8:63")),
        Arguments.of(
            List.of(
                route("web/a", "reviews.shop", ""),
                networking("DestinationRule", "shop/r", "spec: {host: " + REVIEWS + "}")),
            List.of(
                "M104 warn spec.hosts[0] 5:11",
                "M104 warn spec.http[0].route[0].destination.host 8:25")),
        Arguments.of(
            List.of(route("shop/a", REVIEWS, "\n  gateways: [web/public]")),
            List.of("M105 error spec.gateways[0] 6:14")),
        Arguments.of(List.of(weights(90, 20)), List.of("M109 warn spec.http[0].route 7:7")),
        Arguments.of(
            List.of(gateway("a/one", "shop.example.com"), gateway("b/two", "shop.example.com")),
            List.of(
                "M301 error spec.servers[0].hosts[0] 9:15",
                "M301 error spec.servers[0].hosts[0] 9:15")),
        Arguments.of(
            List.of(
                security("PeerAuthentication", "shop/a", "spec: {mtls: {mode: STRICT}}"),
                security("PeerAuthentication", "shop/b", "spec: {mtls: {mode: PERMISSIVE}}")),
            List.of("M401 error spec 4:1", "M401 error spec 4:1")),
        Arguments.of(
            List.of(security("AuthorizationPolicy", "shop/a", "spec: {}")),
            List.of("M421 warn spec 4:1")),
        Arguments.of(
            List.of(
                security(
                    "AuthorizationPolicy",
                    "shop/a",
                    "spec:\n  rules:\n    - {from: [{source: {namespaces: [web]}}]}\n    - {}")),
            List.of("M422 error spec.rules[1] 7:7")),
        Arguments.of(
            List.of(security("AuthorizationPolicy", "shop/a", "spec:\n  rules:\n    - {}")),
            List.of("M422 warn spec.rules[0] 6:7")),
        Arguments.of(
            List.of(networking("EnvoyFilter", "istio-system/a", "spec: {configPatches: []}")),
            List.of("M902 error spec 4:1")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsFoundAtItsPlace(List<String> files, List<String> expected) {
    Verdict verdict = judge(files.toArray(String[]::new));
    assertThat(told(verdict)).isEqualTo(expected);
    assertThat(verdict.outcome())
        .isEqualTo(
            expected.stream().anyMatch(line -> line.contains(" error "))
                ? Outcome.DENIED
                : Outcome.ACCEPTED);
  }

  static List<Arguments> corrections() {
    return List.of(
        Arguments.of(
            List.of(
                route("shop/a", REVIEWS, "\n  exportTo: [\".\"]"),
                route("web/b", REVIEWS, "\n  exportTo: [\".\"]"))),
        Arguments.of(List.of(subset("v1"), REVIEWS_RULE)),
        Arguments.of(List.of(route("web/a", REVIEWS, ""))),
        Arguments.of(List.of(route("web/a", "reviews.shop", ""))),
        Arguments.of(
            List.of(
                route("edge/a", REVIEWS, "\n  gateways: [public]"),
                gateway("edge/public", REVIEWS))),
        Arguments.of(List.of(weights(90, 10))),
        Arguments.of(
            List.of(gateway("a/one", "shop.example.com"), gateway("b/two", "\"*.example.com\""))),
        Arguments.of(
            List.of(
                security("PeerAuthentication", "shop/a", "spec: {mtls: {mode: STRICT}}"),
                security(
                    "PeerAuthentication",
                    "shop/b",
                    "spec: {selector: {matchLabels: {app: x}}, mtls: {mode: PERMISSIVE}}"))),
        Arguments.of(
            List.of(
                security("AuthorizationPolicy", "shop/a", "spec: {}")
                    .replace(
                        "namespace: shop}",
                        "namespace: shop, annotations: {meshkeel.io/intent: default-deny}}"))),
        Arguments.of(
            List.of(
                security(
                    "AuthorizationPolicy",
                    "shop/a",
                    "spec: {rules: [{to: [{operation: {methods: [GET]}}]}]}"))),
        Arguments.of(
            List.of(
                networking(
                    "EnvoyFilter",
                    "istio-system/a",
                    "spec: {workloadSelector: {labels: {app: x}}, configPatches: []}"))));
  }

  @ParameterizedTest
  @MethodSource("corrections")
  void whatIsRightIsAccepted(List<String> files) {
    Verdict verdict = judge(files.toArray(String[]::new));
    assertThat(told(verdict)).isEmpty();
    assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(verdict.policyRevision()).hasSize(64);
  }

  @Test
  void whatIsAlikeInAllThatRulesReadIsToldOfEach() {
    String weights =
        "spec:\n  hosts: [h%d]\n  http: [{route: [{weight: 50, destination: {host: a%d}}, {destination: {host: b}}]}]";
    List<Finding> found =
        judge(
                networking("VirtualService", "shop/one", weights.formatted(1, 1)),
                networking("VirtualService", "shop/two", "\n" + weights.formatted(2, 2)))
            .findings()
            .stream()
            .filter(finding -> finding.ruleId().equals("M109"))
            .toList();
    assertThat(found)
        .extracting(finding -> finding.resource() + " at " + finding.position())
        .containsExactly(
            "VirtualService shop/one at meshes/shop/traffic/0.yaml:6:11",
            "VirtualService shop/two at meshes/shop/traffic/1.yaml:7:11");
  }

  @Test
  void anObjectThatBreaksItsSchemaHidesNothingElse() {
    Verdict verdict =
        judge(
            networking("Gateway", "edge/public", "spec: {selectors: {a: b}}"),
            route("edge/a", REVIEWS, "\n  gateways: [public]"),
            weights(90, 20));
    assertThat(told(verdict)).anyMatch(line -> line.startsWith("S003 error spec.selectors 4:8"));
    assertThat(told(verdict)).anyMatch(line -> line.startsWith("M109 warn"));
    assertThat(told(verdict)).noneMatch(line -> line.startsWith("M105"));
    assertThat(verdict.outcome()).isEqualTo(Outcome.DENIED);
  }
}
