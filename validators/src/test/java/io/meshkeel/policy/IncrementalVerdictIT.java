package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Snapshot;
import io.meshkeel.testbed.SharedServers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A judge that remembers says the same as one that doesn't, and asks only what it must. */
final class IncrementalVerdictIT {
  private static final int STEPS = 25;
  private static final List<String> NAMESPACES = List.of("shop", "web", "istio-system");
  private static final List<String> EXPORTS =
      List.of("", ", exportTo: [\".\"]", ", exportTo: [web]");

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

  private static String any(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** An object from a small world, in which names, hosts, subsets and selectors often meet. */
  private static String object(Random random, int number) {
    String namespace = any(random, NAMESPACES);
    String host =
        any(
            random,
            List.of(
                "reviews",
                "reviews.shop",
                "reviews.shop.svc.cluster.local",
                "reviews.web.svc.cluster.local"));
    String head = "\nmetadata: {name: o" + number + ", namespace: " + namespace + "}\n";
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          "apiVersion: networking.istio.io/v1\nkind: VirtualService"
              + head
              + "spec: {hosts: ["
              + host
              + "], gateways: [mesh"
              + any(random, List.of("", ", o1", ", shop/o2"))
              + "], http: [{route: [{destination: {host: "
              + host
              + any(random, List.of("", ", subset: v1", ", subset: v2"))
              + any(random, List.of("", ", port: {number: 80}"))
              + "}}]}]"
              + any(random, EXPORTS)
              + "}\n";
      case 2, 3 ->
          "apiVersion: networking.istio.io/v1\nkind: DestinationRule"
              + head
              + "spec: {host: "
              + any(random, List.of(host, "\"*.svc.cluster.local\""))
              + ", subsets: [{name: "
              + any(random, List.of("v1", "v2"))
              + any(random, List.of("", ", trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}"))
              + "}]"
              + any(random, List.of("", ", trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}"))
              + any(random, EXPORTS)
              + "}\n";
      case 4 ->
          "apiVersion: networking.istio.io/v1\nkind: Gateway"
              + head
              + "spec: {selector: {istio: "
              + any(random, List.of("a", "b"))
              + "}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["
              + any(
                  random,
                  List.of(
                      "a.example.com",
                      "\"*/a.example.com\"",
                      "shop/b.example.com",
                      "\"*.svc.cluster.local\""))
              + "]}]}\n";
      case 5 ->
          "apiVersion: security.istio.io/v1\nkind: PeerAuthentication"
              + head
              + any(
                  random,
                  List.of(
                      "spec: {mtls: {mode: STRICT}}\n",
                      "spec: {selector: {matchLabels: {app: a}}}\n",
                      "spec: {selectorr: {}}\n"));
      case 6 ->
          "apiVersion: networking.istio.io/v1\nkind: Gateway"
              + head
              + "spec: {selector: {istio: a}, servers: [{port: {number: 443, name: https, protocol:"
              + " HTTPS}, hosts: ["
              + any(
                  random,
                  List.of(
                      "\"*.example.com\"], tls: {mode: SIMPLE",
                      "a.example.com], tls: {mode: MUTUAL"))
              + ", credentialName: "
              + any(random, List.of("c", "d"))
              + "}}]}\n";
      case 7 ->
          "apiVersion: networking.istio.io/v1\nkind: VirtualService"
              + head
              + "spec: {hosts: [a.example.com], gateways: [o1, shop/o2, web/o3], http: ["
              + any(
                  random,
                  List.of(
                      "{directResponse: {status: 421}}",
                      "{match: [{headers: {\"@request.auth.claims.a\": {exact: b}}}],"
                          + " directResponse: {status: 200}}",
                      "{directResponse: {status: 200}}"))
              + "]}\n";
      case 8 ->
          any(
                  random,
                  List.of(
                      "apiVersion: networking.istio.io/v1\nkind: Sidecar",
                      "apiVersion: telemetry.istio.io/v1\nkind: Telemetry",
                      "apiVersion: security.istio.io/v1\nkind: RequestAuthentication"))
              + head
              + any(random, List.of("spec: {}\n", "spec: {selector: {matchLabels: {istio: a}}}\n"));
      default ->
          "apiVersion: networking.istio.io/v1\nkind: ServiceEntry"
              + head
              + "spec: {hosts: [reviews.shop.svc.cluster.local], ports: [{number: "
              + any(random, List.of("80", "443"))
              + ", name: http, protocol: "
              + any(random, List.of("HTTP", "GRPC"))
              + "}"
              + any(random, List.of("", ", {number: 8443, name: tls, protocol: TLS}"))
              + "], resolution: DNS}\n";
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whateverChangesTheVerdictEqualsThatOfAFullRun(long seed) {
    Random random = new Random(seed);
    TestingRepository repository = new TestingRepository();
    OpaJudge remembering = opa.newJudge();
    int findings = 0;
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        int number = random.nextInt(12);
        String file = "objects/" + number + ".yaml";
        if (random.nextInt(5) == 0) {
          repository.remove(file);
        } else {
          repository.put(file, object(random, number));
        }
      }
      Snapshot snapshot = repository.snapshot();
      MeshDeclarations mesh = repository.mesh(snapshot);
      var full = opa.newJudge().judge(mesh, snapshot);
      assertThat(remembering.judge(mesh, snapshot))
          .as("seed %s step %s", seed, step)
          .isEqualTo(full);
      findings += full.findings().size();
    }
    assertThat(findings).isPositive();
  }

  private static TestingRepository manyServices(int count) {
    TestingRepository repository = new TestingRepository();
    for (int i = 0; i < count; i++) {
      repository.put("traffic/vs" + i + ".yaml", service(i, "v1"));
      repository.put(
          "traffic/dr" + i + ".yaml",
          """
          apiVersion: networking.istio.io/v1
          kind: DestinationRule
          metadata: {name: r%d, namespace: shop}
          spec: {host: s%d.shop.svc.cluster.local, subsets: [{name: v1}]}
          """
              .formatted(i, i));
    }
    return repository;
  }

  private static String service(int i, String subset) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: s%d, namespace: shop}
    spec:
      hosts: [s%d.shop.svc.cluster.local]
      http: [{route: [{destination: {host: s%d.shop.svc.cluster.local, subset: %s}}]}]
    """
        .formatted(i, i, i, subset);
  }

  @Test
  void onlyWhatAChangeTouchesIsAskedAbout() {
    TestingRepository repository = manyServices(300);
    OpaJudge judge = opa.newJudge();
    Snapshot before = repository.snapshot();
    opa.asked();
    judge.judge(repository.mesh(before), before);
    assertThat(opa.asked()).hasSize(600);

    judge.judge(repository.mesh(before), before);
    assertThat(opa.asked()).isEmpty();

    repository.put("traffic/vs7.yaml", service(7, "v9"));
    Snapshot changed = repository.snapshot();
    assertThat(judge.judge(repository.mesh(changed), changed).findings()).hasSize(1);
    assertThat(opa.asked()).containsExactly("VirtualService.networking.istio.io/shop/s7");

    repository.put(
        "traffic/dr9.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: r9, namespace: shop}
        spec: {host: s9.shop.svc.cluster.local, subsets: [{name: v2}]}
        """);
    Snapshot neighbour = repository.snapshot();
    assertThat(judge.judge(repository.mesh(neighbour), neighbour).findings()).hasSize(2);
    assertThat(opa.asked())
        .containsExactly(
            "DestinationRule.networking.istio.io/shop/r9",
            "VirtualService.networking.istio.io/shop/s9");

    judge.judge(repository.mesh(changed), changed);
    assertThat(opa.asked()).as("what was judged once is remembered").isEmpty();
  }
}
