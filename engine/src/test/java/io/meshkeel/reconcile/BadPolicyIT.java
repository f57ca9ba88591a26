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
      })
  void aRuleThatCannotBeJudgedByDenies(String rule, String said) throws Exception {
    Revision revision =
        rig.push(
            files(
                service("shop", "shop-ns", "orders", "1s"),
                Map.of("policies/own.rego", rule.strip().replace(';', '\n') + "\n")));
    rig.awaitShown(revision, POLICY, "failure: ");
    assertThat(rig.forge.shown(revision, POLICY)).contains(said);
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
