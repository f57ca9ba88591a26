package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.PolicySettings.Enforce;
import io.meshkeel.model.PolicySettings.Level;
import io.meshkeel.model.PolicySettings.Scope;
import io.meshkeel.model.PolicySettings.Setting;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RuleSettingsTest {
  private static final MeshName SHOP = new MeshName("shop");
  private static final Scope ALL = new Scope(Optional.empty(), Optional.empty(), Optional.empty());
  private static final Scope MESH =
      new Scope(Optional.of(SHOP), Optional.empty(), Optional.empty());
  private static final Scope NAMESPACE =
      new Scope(Optional.empty(), Optional.empty(), Optional.of("web"));

  private static Setting setting(String rule, Level level, Scope scope) {
    return new Setting(
        rule,
        Optional.of(level),
        Map.of(),
        scope,
        new SourcePosition("policies/config.yaml", 3, 5));
  }

  private static Finding finding(String namespace) {
    return new Finding(
        "M101",
        Severity.ERROR,
        "m",
        SHOP,
        new ResourceKey("networking.istio.io", "VirtualService", namespace, "a"),
        JsonPath.ROOT,
        null,
        "");
  }

  private static Optional<Severity> severity(Finding finding, Setting... settings) {
    return new RuleSettings(new PolicySettings(Enforce.NEW, List.of(settings)))
        .applied(finding)
        .map(Finding::severity);
  }

  @Test
  void withoutASettingNothingChanges() {
    assertThat(severity(finding("web"), setting("M102", Level.OFF, ALL))).contains(Severity.ERROR);
  }

  @Test
  void aRuleIsTurnedDownOrOff() {
    assertThat(severity(finding("web"), setting("M101", Level.INFO, ALL))).contains(Severity.INFO);
    assertThat(severity(finding("web"), setting("M101", Level.OFF, ALL))).isEmpty();
  }

  @Test
  void theNarrowestScopeWins() {
    Setting[] settings = {
      setting("M101", Level.OFF, NAMESPACE),
      setting("M101", Level.WARN, MESH),
      setting("M101", Level.INFO, ALL)
    };
    assertThat(severity(finding("web"), settings)).isEmpty();
    assertThat(severity(finding("other"), settings)).contains(Severity.WARN);
  }

  @Test
  void ofTwoEquallyNarrowTheLaterWins() {
    assertThat(
            severity(
                finding("web"),
                setting("M101", Level.OFF, MESH),
                setting("M101", Level.WARN, MESH)))
        .contains(Severity.WARN);
  }

  @Test
  void anUnknownRuleIsAMistakeAtItsPlace() {
    List<Finding> problems =
        RuleSettings.problems(
            new PolicySettings(Enforce.NEW, List.of(setting("M1O1", Level.OFF, ALL))),
            Set.of("M101"),
            Map.of(),
            SHOP);
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.severity()).isEqualTo(Severity.ERROR);
          assertThat(problem.message()).contains("'M1O1'", "M101");
          assertThat(problem.oneLine()).startsWith("policies/config.yaml:3:5: ");
        });
  }

  @Test
  void aParameterThatARuleDoesNotHaveIsAMistake() {
    Setting setting =
        new Setting(
            "M101",
            Optional.empty(),
            Map.of("most", 3L),
            ALL,
            new SourcePosition("policies/config.yaml", 3, 5));
    assertThat(
            RuleSettings.problems(
                new PolicySettings(Enforce.NEW, List.of(setting)),
                Set.of("M101"),
                Map.of("M101", Map.of("mist", 1L)),
                SHOP))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.oneLine())
                .contains("the rule M101 has no parameter 'most', did you mean 'mist'?"));
  }

  @Test
  void aParameterOfAnotherTypeIsAMistake() {
    Setting setting =
        new Setting(
            "ORG-1",
            Optional.empty(),
            Map.of("most", "three"),
            ALL,
            new SourcePosition("policies/config.yaml", 3, 5));
    assertThat(
            RuleSettings.problems(
                new PolicySettings(Enforce.NEW, List.of(setting)),
                Set.of("ORG-1"),
                Map.of("ORG-1", Map.of("most", 3L)),
                SHOP))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.oneLine())
                .contains("the parameter 'most' of ORG-1 is a text. Fix: write a number"));
  }
}
