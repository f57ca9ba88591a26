package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.policy.own.Limits;
import io.meshkeel.testbed.SharedServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rule costs that runs over its time: little, and no other rule's verdict. */
final class OwnRulesOverTimeIT {
  /** Minutes on one core, for objects that are marked. */
  private static final String SLOW =
      """
      package slow

      deny contains "strict" if input.metadata.namespace == "n299"

      deny contains "never" if {
      	input.metadata.annotations.slow
      	some i in numbers.range(1, 10000)
      	some j in numbers.range(1, 100000)
      	i * j < 0
      }
      """;

  private static final String GOOD =
      """
      package good

      warn contains "seen" if input.kind == "PeerAuthentication"
      """;

  private static final String PEER =
      """
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {name: default, namespace: n%1$d, annotations: {%2$s}}
      spec: {mtls: {mode: STRICT}}
      ---
      """;

  private static final String MARK = "slow: marked";

  private static Judge start(Duration time) throws PolicyException {
    return Judge.start(
        JudgeOptions.of(SharedServers.opaBinary())
            .withOwn(new Limits(time, Limits.DEFAULT_MEMORY_BYTES, 4, Duration.ofMinutes(5))));
  }

  private static Verdict judge(Judge by, TestingRepository repository) {
    Snapshot snapshot = repository.snapshot();
    return by.judge(repository.mesh(snapshot), snapshot);
  }

  private static List<String> of(Verdict verdict, String rule) {
    return verdict.findings().stream()
        .filter(finding -> finding.ruleId().equals(rule))
        .map(Finding::oneLine)
        .toList();
  }

  @Test
  void afterThreeTimesItIsNotAskedAnyMoreAndStillDenies() throws Exception {
    TestingRepository shop =
        new TestingRepository().root("policies/slow.rego", SLOW).root("policies/good.rego", GOOD);
    try (Judge judge = start(Duration.ofMillis(300))) {
      for (int time = 0; time < 5; time++) {
        shop.put("peer.yaml", PEER.formatted(time, MARK));
        Verdict verdict = judge(judge, shop);
        assertThat(verdict.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(of(verdict, "good.warn")).hasSize(1);
        assertThat(of(verdict, "P004"))
            .singleElement()
            .asString()
            .startsWith("policies/slow.rego:3:1: the rule slow.deny could not be judged by: ")
            .contains(
                time < 3
                    ? "it took more than 300 ms of processor time. Fix: make it look at less"
                    : "it was not asked, since it ran over 3 times within 60 s. Fix: ");
      }
    }
  }

  @Test
  void aRuleThatRanOverElsewhereIsAskedAgain() throws Exception {
    TestingRepository shop = new TestingRepository().root("policies/slow.rego", SLOW);
    try (Judge judge = start(Duration.ofMillis(300))) {
      assertThat(of(judge(judge, shop.put("peer.yaml", PEER.formatted(1, MARK))), "P004"))
          .hasSize(1);
      assertThat(judge(judge, shop.put("peer.yaml", PEER.formatted(2, ""))).outcome())
          .isEqualTo(Outcome.ACCEPTED);
    }
  }

  @Test
  void whatWasNotAskedAfterwardsIsNotTakenForJudged() throws Exception {
    // More than are asked about at once: the one that breaks the rule comes after the slow one.
    StringBuilder peers = new StringBuilder();
    for (int i = 1; i < 300; i++) {
      peers.append(PEER.formatted(i, ""));
    }
    TestingRepository shop =
        new TestingRepository()
            .root("policies/slow.rego", SLOW)
            .put("a.yaml", PEER.formatted(0, MARK))
            .put("b.yaml", peers.toString());
    try (Judge judge = start(Duration.ofMillis(300))) {
      Verdict first = judge(judge, shop);
      assertThat(of(first, "P004")).hasSize(1);
      assertThat(of(first, "slow.deny")).isEmpty();
      Verdict second = judge(judge, shop.put("a.yaml", PEER.formatted(0, "")));
      assertThat(of(second, "P004")).isEmpty();
      assertThat(of(second, "slow.deny")).hasSize(1);
      assertThat(second.outcome()).isEqualTo(Outcome.DENIED);
    }
  }

  @Test
  void rulesThatTakeTooLongOnlyTogetherAreAllJudgedBy() throws Exception {
    TestingRepository shop = new TestingRepository().put("peer.yaml", PEER.formatted(1, ""));
    for (int i = 0; i < 25; i++) {
      shop.root(
          "policies/r%d.rego".formatted(i),
          """
          package r%1$d

          warn contains "seen" if {
          	count([1 | some i in numbers.range(1, 100); some j in numbers.range(1, 1000); i * j < %1$d]) >= 0
          }
          """
              .formatted(i));
    }
    try (Judge judge = start(Duration.ofMillis(1_500))) {
      Verdict verdict = judge(judge, shop);
      assertThat(verdict.findings()).hasSize(25).allMatch(f -> f.message().equals("seen"));
      assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
    }
  }
}
