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

/** Parameters of the library's rules, from the file of settings to the verdict, on a real OPA. */
final class LibraryParamsIT {
  private static final String WEIGHTS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: %1$s, namespace: %1$s}
      spec:
        hosts: [%1$s.example.com]
        http:
          - route:
              - {destination: {host: a.%1$s.svc.cluster.local}, weight: 900}
              - {destination: {host: b.%1$s.svc.cluster.local}, weight: 100}
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

  private static Verdict judge(String config) {
    TestingRepository repository =
        new TestingRepository()
            .put("traffic/shop.yaml", WEIGHTS.formatted("shop"))
            .put("traffic/web.yaml", WEIGHTS.formatted("web"))
            .root("policies/config.yaml", config);
    Snapshot snapshot = repository.snapshot();
    return judge.judge(repository.mesh(snapshot), snapshot);
  }

  private static List<String> weights(Verdict verdict) {
    return verdict.findings().stream()
        .filter(finding -> finding.ruleId().equals("M109"))
        .map(finding -> finding.resource() + ": " + finding.message())
        .toList();
  }

  @Test
  void theDefaultHoldsUntilSettingsSayOtherwise() {
    assertThat(weights(judge("enforce: new\n"))).hasSize(2);
    assertThat(weights(judge("rules: {M109: {params: {total: 1000}}}"))).isEmpty();
    assertThat(weights(judge("rules: {M109: [{params: {total: 1000}, scope: {namespace: web}}]}")))
        .singleElement()
        .asString()
        .contains("shop/shop", "add up to 1000, not 100");
  }

  @Test
  void aParameterThatIsNoneOrOfAnotherTypeDenies() {
    Verdict slip = judge("rules: {M109: {params: {totl: 1000}}}");
    assertThat(slip.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(slip.findings())
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("M109 has no parameter 'totl', did you mean 'total'?"));

    Verdict text = judge("rules: {M109: {params: {total: many}}}");
    assertThat(text.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(text.findings())
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("'total' of M109 is a text"));
  }
}
