package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.policy.Judge;
import io.meshkeel.policy.JudgeOptions;
import io.meshkeel.testbed.AilingOpa;
import io.meshkeel.testbed.AilingOpa.Ailment;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with OPA or with own rules, the service applies nothing and says so. */
class BadPolicyIT {
  private static final String POLICY = EngineRig.CONTEXT_POLICY;
  private static final String SYNC = "meshkeel/sync/shop";
  private static final ResourceKey ORDERS =
      new ResourceKey("networking.istio.io", "VirtualService", "shop-ns", "orders");

  @TempDir Path directory;
  private final FakeCluster east = new FakeCluster();
  private AilingOpa opa;
  private Judge judge;
  private EngineRig rig;

  @BeforeEach
  void setUp() throws Exception {
    opa =
        AilingOpa.in(Files.createDirectories(directory.resolve("opa")), SharedServers.opaBinary());
    judge = Judge.start(JudgeOptions.of(opa.program()).withTimeout(Duration.ofSeconds(10)));
    rig = new EngineRig(directory).judgedBy(judge).applyingOnly().cluster("east", east);
    Revision first =
        rig.push(files(mesh("shop", "Report", "east"), service("shop", "shop-ns", "cart", "1s")));
    rig.start();
    rig.awaitShown(first, SYNC, "success");
  }

  @AfterEach
  void tearDown() throws Exception {
    rig.close();
    judge.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FAILS          | HTTP 500",
        "DIES           | OPA was started again",
        "FORGETS_A_RULE | can't be trusted",
        "FORGETS_ALL    | no decision",
        "KEEPS_SILENT   | did not answer within 10000 ms",
      })
  void anOpaThatAilsIsAnErrorUntilItIsWell(Ailment ailment, String said) throws Exception {
    opa.from(ailment);
    Revision revision = rig.push(service("shop", "shop-ns", "orders", "1s"));
    await()
        .untilAsserted(() ->
            assertThat(rig.forge.shown(revision, POLICY)).startsWith("error: ").contains(said));
    assertThat(rig.forge.shown(revision, SYNC)).doesNotStartWith("success");
    assertThat(east.contents()).doesNotContainKey(ORDERS);
    await().untilAsserted(() -> assertThat(rig.reconciler().problem()).contains(said));

    opa.from(Ailment.NONE);
    rig.awaitShown(revision, POLICY, "success");
    rig.awaitShown(revision, SYNC, "success");
    assertThat(east.contents()).containsKey(ORDERS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "package own;;deny contains x if some x in more;;more contains x if some x in deny | policies/own.rego:3: OPA refuses the rules: rego_recursion_error",
        "package own;;deny contains {\"msg\": \"m\", \"_loc\": {\"file\": \"meshes/bank/mesh.yaml\", \"line\": 1}} | policies/own.rego:3: the rule own.deny could not be judged by: it points to the file",
        "package own;;deny contains \"m\" if { | policies/own.rego:",
        "package own;;deny contains {\"msg\": \"m\", \"_loc\": \"spec.nowhere[7].x\"} if input.metadata.name == \"orders\" | m (the rule names spec.nowhere[7].x, which isn't there)",
        "# METADATA;# custom:;#   id: M102;#   kinds: [VirtualService];#   message: m;package own;findings contains {} if input.never | policies/own.rego:6: the id M102 is that of a rule of the library",
      })
  void aRuleThatCannotBeJudgedByDenies(String rule, String said) throws Exception {
    Revision revision =
        rig.push(
            files(
                service("shop", "shop-ns", "orders", "1s"),
                Map.of("policies/own.rego", rule(rule))));
    rig.awaitShown(revision, POLICY, "failure: ");
    assertThat(rig.forge.shown(revision, POLICY)).contains(said);
    rig.awaitShown(revision, SYNC, "failure: not applied: denied by policy");
    assertThat(east.contents()).doesNotContainKey(ORDERS);
  }

  private static String rule(String line) {
    return line.strip().replace(';', '\n') + "\n";
  }

  @Test
  void aRuleThatExplodesDenies() throws Exception {
    // By a real OPA: behind another program nobody sees what it takes.
    try (Judge real = Judge.start(JudgeOptions.of(SharedServers.opaBinary()))) {
      FakeCluster west = new FakeCluster();
      try (EngineRig other =
          new EngineRig(Files.createDirectories(directory.resolve("other")))
              .judgedBy(real)
              .applyingOnly()
              .cluster("west", west)) {
        Revision revision =
            other.push(
                files(
                    mesh("shop", "Report", "west"),
                    service("shop", "shop-ns", "orders", "1s"),
                    Map.of(
                        "policies/own.rego",
                        """
                        package own

                        deny contains 1 if {
                        	all := [[i, j] | some i in numbers.range(1, 30000); some j in numbers.range(1, 30000)]
                        	count(all) == 0
                        }
                        """)));
        other.start();
        other.awaitShown(revision, POLICY, "failure: ");
        assertThat(other.forge.shown(revision, POLICY))
            .contains(
                "policies/own.rego:3: the rule own.deny could not be judged by: it took more than ")
            .contains("[P004]");
        assertThat(west.contents()).doesNotContainKey(ORDERS);
      }
    }
  }

  @Test
  void twoRulesWithOneIdDeny() throws Exception {
    String rule =
        rule(
            "# METADATA;# custom:;#   id: ORG-1;#   kinds: [A];#   message: m;package %s;findings contains {} if input.never");
    Revision revision =
        rig.push(
            files(
                service("shop", "shop-ns", "orders", "1s"),
                Map.of(
                    "policies/a.rego",
                    rule.formatted("a"),
                    "policies/b.rego",
                    rule.formatted("b"))));
    rig.awaitShown(revision, POLICY, "failure: ");
    assertThat(rig.forge.shown(revision, POLICY))
        .contains("the id ORG-1 is that of two rules: policies/a.rego:6:1 and policies/b.rego:6:1");
    rig.awaitShown(revision, SYNC, "failure: not applied: denied by policy");
    assertThat(east.contents()).doesNotContainKey(ORDERS);
  }

  @Test
  void aWaiverOfARuleThatThereIsNotIsNoSuccess() throws Exception {
    Revision revision =
        rig.push(
            Map.of(
                "waivers/typo.yaml",
                """
                apiVersion: meshkeel.io/v1alpha1
                kind: Waiver
                metadata: {name: typo}
                spec:
                  rule: M1O9
                  match: {mesh: shop, namespace: shop-ns, kind: VirtualService, name: cart}
                  reason: it is put right next week
                  owner: shop
                  expires: "%s"
                """
                    .formatted(java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(30))));
    rig.awaitShown(revision, POLICY, "failure: ");
    assertThat(rig.forge.shown(revision, POLICY)).contains("waivers/typo.yaml:", "M1O9");
  }
}
