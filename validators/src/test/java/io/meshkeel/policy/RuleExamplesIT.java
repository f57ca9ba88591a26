package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.RuleExample.State;
import io.meshkeel.policy.schema.SchemaError;
import io.meshkeel.testbed.SharedServers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples that pages show do what the page says, through the whole judge with all rules. */
final class RuleExamplesIT {
  private static final TestingOpa OPA = start();

  private static TestingOpa start() {
    try {
      return TestingOpa.start(JudgeOptions.of(SharedServers.opaBinary()));
    } catch (PolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stop() {
    OPA.close();
  }

  static List<RuleExample> examples() {
    return RuleExample.all();
  }

  private static Verdict judge(RuleExample example, State state) {
    TestingRepository repository = state.repository();
    Snapshot snapshot = repository.snapshot();
    return OPA.newJudge(Set.of(example.rule()))
        .judge(repository.mesh(snapshot), snapshot, Before.NOTHING, state.evidence());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theBadOneIsFoundByThisRuleAlone(RuleExample example) {
    Verdict verdict = judge(example, example.wrong());
    assertThat(verdict.failure()).isEmpty();
    assertThat(verdict.findings())
        .as(() -> verdict.notJudged().toString())
        .isNotEmpty()
        .extracting(Finding::ruleId)
        // An API server may refuse it as well, by a rule of the definition.
        .filteredOn(id -> !SchemaError.isRefusal(id))
        .containsOnly(example.rule());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void nothingIsFoundInTheGoodOne(RuleExample example) {
    Verdict verdict = judge(example, example.right());
    assertThat(verdict.failure()).isEmpty();
    assertThat(verdict.findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theGoodOneIsJudged(RuleExample example) {
    assertThat(judge(example, example.right()).notJudged())
        .noneMatch(skipped -> skipped.rule().equals(example.rule()));
  }

  @Test
  void everyRuleHasAnExample() throws PolicyException {
    assertThat(RuleExample.byRule().keySet())
        .containsExactlyElementsOf(
            OPA.gateway().session().book().rules().values().stream()
                .map(Rule::id)
                .sorted()
                .toList());
  }
}
