package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.testbed.SharedServers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules of a repository's own, asked by a real OPA: what they see, find and are told. */
final class OwnRulesIT {
  private static final String PEER =
      """
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {name: default, namespace: shop}
      spec:
        mtls:
          mode: PERMISSIVE
      """;

  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: front, namespace: shop}
      spec:
        hosts: [front.example.com]
        http:
          - timeout: 30s
            route: [{destination: {host: front.shop.svc.cluster.local}}]
      """;

  private static final String CONFTEST =
      """
      package org.mtls

      deny contains {"msg": "mTLS must be strict", "_loc": ["spec", "mtls", "mode"]} if {
      	input.kind == "PeerAuthentication"
      	input.spec.mtls.mode != "STRICT"
      }

      warn_name contains "a plain name" if input.metadata.name == "default"
      """;

  private static final String LIBRARY =
      """
      # METADATA
      # title: A timeout that is too long
      # custom:
      #   id: ORG-1
      #   severity: warn
      #   kinds: [VirtualService.networking.istio.io]
      #   params: {most: 10s}
      #   message: "the timeout {timeout} is longer than {most}"
      #   remediation: Write at most {most}
      package org.timeouts

      import data.meshkeel.lib.objects

      findings contains finding if {
      	some item in objects.of("VirtualService.networking.istio.io")
      	some i, route in item.resource.spec.http
      	time.parse_duration_ns(route.timeout) > time.parse_duration_ns(input.params.most)
      	finding := {
      		"resource": item.key,
      		"path": ["spec", "http", i, "timeout"],
      		"params": {"timeout": route.timeout, "most": input.params.most},
      	}
      }
      """;

  private static Judge judge;

  @BeforeAll
  static void start() throws PolicyException {
    judge = Judge.start(JudgeOptions.of(SharedServers.opaBinary()));
  }

  @AfterAll
  static void stop() {
    judge.close();
  }

  private static Verdict judge(TestingRepository repository) {
    Snapshot snapshot = repository.snapshot();
    return judge.judge(repository.mesh(snapshot), snapshot);
  }

  private static Verdict judge(TestingRepository repository, Snapshot former) {
    Snapshot snapshot = repository.snapshot();
    return judge.judge(
        repository.mesh(snapshot),
        snapshot,
        Before.always(new Before.Former(repository.mesh(former), former)),
        Evidence.NONE);
  }

  private static List<String> lines(Verdict verdict) {
    return verdict.findings().stream().map(Finding::oneLine).toList();
  }

  private static TestingRepository shop() {
    return new TestingRepository()
        .put("security/peer.yaml", PEER)
        .put("services/front.yaml", FRONT)
        .put("traffic/front.yaml", ROUTE);
  }

  private static final String FRONT =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: front, namespace: shop}
      spec:
        hosts: [front.shop.svc.cluster.local]
        ports: [{number: 80, name: http, protocol: HTTP}]
        resolution: DNS
      """;

  @Test
  void bothStylesFindAndPointToTheField() {
    Verdict verdict =
        judge(
            shop()
                .root("policies/mtls.rego", CONFTEST)
                .root("policies/deep/timeouts.rego", LIBRARY));
    assertThat(lines(verdict))
        .containsExactly(
            "meshes/shop/security/peer.yaml:6:5: PeerAuthentication shop/default: mTLS must be strict. Fix: see what org.mtls.deny asks for in"
                + " policies/mtls.rego:3 [org.mtls.deny]",
            "meshes/shop/security/peer.yaml:1:1: PeerAuthentication shop/default: a plain name. Fix: see what org.mtls.warn_name asks for in"
                + " policies/mtls.rego:8 [org.mtls.warn_name]",
            "meshes/shop/traffic/front.yaml:7:7: VirtualService shop/front:"
                + " the timeout 30s is longer than 10s. Fix: Write at most 10s [ORG-1]");
    assertThat(verdict.findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.ERROR, Severity.WARN, Severity.WARN);
    assertThat(verdict.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(verdict.policyRevision()).isNotEqualTo(judge.policyRevision());
  }

  @Test
  void settingsCoverThemByScopeWithParameters() {
    TestingRepository repository =
        shop()
            .root("policies/mtls.rego", CONFTEST)
            .root("policies/timeouts.rego", LIBRARY)
            .root(
                "policies/config.yaml",
                """
                rules:
                  org.mtls.deny: {severity: info, scope: {namespace: shop}}
                  org.mtls.warn_name: {severity: off}
                  ORG-1:
                    - params: {most: 20s}
                    - params: {most: 30s}
                      scope: {mesh: shop, namespace: shop}
                """);
    Verdict verdict = judge(repository);
    assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.INFO));
  }

  @Test
  void aParameterThatTheRuleDoesNotDeclareDenies() {
    Verdict verdict =
        judge(
            shop()
                .root("policies/timeouts.rego", LIBRARY)
                .root("policies/config.yaml", "rules: {ORG-1: {params: {moist: 20s}}}"));
    assertThat(verdict.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(lines(verdict))
        .anyMatch(line -> line.contains("ORG-1 has no parameter 'moist', did you mean 'most'?"));
  }

  @Test
  void conftestRulesAreToldParametersAsData() {
    Verdict verdict =
        judge(
            shop()
                .root(
                    "policies/hosts.rego",
                    """
                    # METADATA
                    # scope: package
                    # custom:
                    #   kinds: [VirtualService]
                    #   params: {suffix: .org}
                    package hosts

                    deny contains sprintf("%s is no host of ours", [host]) if {
                    	some host in input.spec.hosts
                    	not endswith(host, data.meshkeel.params.suffix)
                    }
                    """));
    assertThat(lines(verdict))
        .singleElement()
        .asString()
        .contains("front.example.com is no host of ours", "[hosts.deny]");
  }

  private static final String CHANGES =
      """
      # METADATA
      # scope: package
      # custom:
      #   deleted: true
      package changes

      deny contains {"msg": "no mTLS downgrade", "_loc": "spec.mtls.mode"} if {
      	input.change.old.spec.mtls.mode == "STRICT"
      	input.change.new.spec.mtls.mode != "STRICT"
      }

      warn contains sprintf("%s %s", [input.change.kind, input.metadata.name]) if {
      	input.change.kind != "unchanged"
      }
      """;

  @Test
  void rulesSeeTheChange() {
    TestingRepository repository =
        shop()
            .put("security/peer.yaml", PEER.replace("PERMISSIVE", "STRICT"))
            .root("policies/changes.rego", CHANGES);
    Snapshot former = repository.snapshot();
    Verdict same = judge(repository, former);
    assertThat(same.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(same.findings()).isEmpty();

    repository
        .put("security/peer.yaml", PEER)
        .remove("traffic/front.yaml")
        .put("security/other.yaml", PEER.replace("shop}", "other}"));
    Verdict changed = judge(repository, former);
    assertThat(changed.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(lines(changed))
        .anyMatch(line ->
            line.startsWith("meshes/shop/security/peer.yaml:6:5: ")
                && line.contains("no mTLS downgrade"))
        .anyMatch(line -> line.contains("shop/default: update default"))
        .anyMatch(line -> line.contains("other/default: create default"))
        .anyMatch(line -> line.startsWith("VirtualService shop/front: delete front"))
        .hasSize(4);
  }

  @Test
  void withoutAFormerRevisionEverythingIsNew() {
    Verdict verdict = judge(shop().root("policies/changes.rego", CHANGES));
    assertThat(lines(verdict)).hasSize(3).allMatch(line -> line.contains(": create "));
  }

  @Test
  void libraryRulesAreToldTheChangeAndTheFactsOfTheLibrary() {
    Verdict verdict =
        judge(
            shop()
                .put(
                    "traffic/front.yaml",
                    ROUTE.replace("cluster.local}", "cluster.local, subset: v1}"))
                .root(
                    "policies/subsets.rego",
                    """
                    # METADATA
                    # title: Subsets need a review
                    # custom:
                    #   id: ORG-2
                    #   severity: info
                    #   kinds: [VirtualService.networking.istio.io]
                    #   message: "{change}: {fqdn}"
                    package meshkeel.rules.subsets

                    import data.meshkeel.lib.objects

                    findings contains finding if {
                    	some item in objects.of("VirtualService.networking.istio.io")
                    	some destination in objects.facts(item, "destinations")
                    	finding := {
                    		"resource": item.key,
                    		"path": destination.path,
                    		"params": {"change": input.change.kind, "fqdn": destination.fqdn},
                    	}
                    }
                    """));
    assertThat(lines(verdict))
        .anyMatch(line ->
            line.contains("create: front.shop.svc.cluster.local") && line.contains("[ORG-2]"));
  }

  @Test
  void onlyWhatChangedIsAskedAboutAgainAndTheVerdictIsTheSame() throws Exception {
    TestingRepository repository =
        shop().root("policies/mtls.rego", CONFTEST).root("policies/timeouts.rego", LIBRARY);
    judge(repository);
    repository.put("traffic/front.yaml", ROUTE.replace("30s", "40s"));
    Verdict again = judge(repository);
    try (Judge fresh = Judge.start(JudgeOptions.of(SharedServers.opaBinary()))) {
      Snapshot snapshot = repository.snapshot();
      assertThat(fresh.judge(repository.mesh(snapshot), snapshot)).isEqualTo(again);
    }
  }

  @Test
  void waiversExceptTheirFindings() {
    TestingRepository repository = shop().root("policies/mtls.rego", CONFTEST);
    repository.root(
        "waivers/w.yaml",
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Waiver
        metadata: {name: later}
        spec:
          rule: org.mtls.deny
          match: {mesh: shop, kind: PeerAuthentication, namespace: shop, name: default}
          reason: moves next month
          owner: team-shop
          expires: "2999-01-01"
        """);
    Snapshot snapshot = repository.snapshot();
    assertThat(judge.rules(repository.mesh(snapshot).governance()))
        .containsKeys("M101", "org.mtls.deny", "org.mtls.warn_name");
    assertThat(judge(repository).findings()).anyMatch(f -> f.ruleId().equals("org.mtls.deny"));
  }
}
