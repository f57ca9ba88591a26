package io.meshkeel.policy.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelRuleTest {
  private static Optional<String> asked(String expression, Object self, @Nullable Object old) {
    return new CelRule(expression, "said", "", "", false).broken(self, old);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "duration(self) >= duration('1ms') | .5s | true",
        "duration(self) >= duration('1ms') | 1us | false",
        "duration(self) >= duration('1ms') | soon | false",
        "duration(duration(self)) >= duration('1ms') | 1s | true",
        "isURL(self) && url(self).getScheme() in ['http', 'oci'] | oci://reg/x | true",
        "url(self).getHost() == 'a:1' && url(self).getPort() == '1' | http://a:1/b | true",
        "url(self).getHostname() == 'a' | not a url | false",
        "isIP(self) | ::1 | true",
        "isIP(self) | ::1%eth0 | false",
        "isIP(self) | ::ffff:10.0.0.1 | false",
        "self.split('/')[0].size() < 3 | ab/cd | true",
        "self.substring(7, 8) == '/' | unix:/ | false",
        "self.matches('^(?i)A+$') | aaa | true",
        "0 < int(self) && int(self) <= 65535 | 080 | true",
        "int(self) > 0 | x | false"
      })
  void aRuleIsAskedAboutAText(String expression, String self, boolean holds) {
    assertThat(asked(expression, self, null).isEmpty()).isEqualTo(holds);
  }

  @Test
  void aRuleAboutAChangeIsNotAskedWithoutAnOldValue() {
    assertThat(asked("self == oldSelf", "b", null)).isEmpty();
    assertThat(asked("self == oldSelf", "b", "a")).contains("said");
    assertThat(asked("self == oldSelf", "a", "a")).isEmpty();
  }

  @Test
  void aRuleMayAskForAnOldValueThatNeedNotBeThere() {
    CelRule rule = new CelRule("oldSelf.orValue('a') == self", "", "", "", true);
    assertThat(rule.broken("a", null)).isEmpty();
    assertThat(rule.broken("b", null)).isPresent();
    assertThat(rule.broken("b", "b")).isEmpty();
  }

  @Test
  void theMessageIsComputedWhereTheDefinitionSaysSo() {
    CelRule rule =
        new CelRule("self.a < 3", "fixed", "'a is ' + string(self.a) + ', too large'", "", false);
    assertThat(rule.broken(Map.of("a", 5L), null)).contains("a is 5, too large");

    CelRule broken = new CelRule("self.a < 3", "fixed", "self.none", "", false);
    assertThat(broken.broken(Map.of("a", 5L), null)).contains("fixed");
  }

  @Test
  void aRuleThatCannotBeEvaluatedIsBrokenAndSaysWhy() {
    assertThat(asked("self.a == 1", Map.of(), null).orElseThrow())
        .startsWith("said (the rule can't be evaluated: ");
  }

  @Test
  void wholeNumbersAndOthersAreCompared() {
    assertThat(asked("self.a <= self.b", Map.of("a", 1.5, "b", 2L), null)).isEmpty();
  }

  @Test
  void listsHaveTheirFunctions() {
    assertThat(asked("self.all(a, self.exists_one(b, a == b))", List.of(1L, 1L), null)).isPresent();
    assertThat(asked("sets.contains(self, [1])", List.of(1L, 2L), null)).isEmpty();
  }

  @Test
  void whatIsNoExpressionIsToldWhenItIsCompiled() {
    assertThatThrownBy(() -> new CelRule("self.", "", "", "", false).compile())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("self.");
  }

  @Test
  void aShortRuleIsQuotedAsTheRemedy() {
    assertThat(new CelRule("self > 1", "", "", "", false).remediation()).endsWith("self > 1");
    assertThat(new CelRule("self > 1 || ".repeat(50) + "true", "", "", "", false).remediation())
        .hasSizeLessThan(CelRule.MAX_QUOTED);
  }
}
