package io.meshkeel.facts.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelSelectorTest {
  private static LabelSelector expression(String operator, String... values) {
    return LabelSelector.of(
        Map.of(
            "matchExpressions",
            List.of(Map.of("key", "tier", "operator", operator, "values", List.of(values)))));
  }

  @ParameterizedTest(name = "{0} {1} takes tier={2}: {3}")
  @CsvSource({
    "In, a, a, true",
    "In, a, b, false",
    "In, a, , false",
    "NotIn, a, a, false",
    "NotIn, a, b, true",
    "NotIn, a, , true",
    "Exists, , a, true",
    "Exists, , , false",
    "DoesNotExist, , a, false",
    "DoesNotExist, , , true",
  })
  void comparesAsKubernetesDoes(String operator, String value, String label, boolean taken) {
    LabelSelector selector = value == null ? expression(operator) : expression(operator, value);

    assertThat(selector.matches(label == null ? Map.of() : Map.of("tier", label))).isEqualTo(taken);
  }

  @Test
  void anEmptySelectorTakesEverything() {
    LabelSelector selector = LabelSelector.of(Map.of());

    assertThat(selector.isEmpty()).isTrue();
    assertThat(selector.matches(Map.of())).isTrue();
    assertThat(LabelSelector.EVERYTHING.matches(Map.of("a", "b"))).isTrue();
  }

  @Test
  void allRequirementsMustHold() {
    LabelSelector selector =
        LabelSelector.of(
            Map.of(
                "matchLabels",
                Map.of("app", "web"),
                "matchExpressions",
                List.of(Map.of("key", "tier", "operator", "Exists"))));

    assertThat(selector.matches(Map.of("app", "web", "tier", ""))).isTrue();
    assertThat(selector.matches(Map.of("app", "web"))).isFalse();
    assertThat(selector.matches(Map.of("tier", "a"))).isFalse();
  }

  @Test
  void whatCannotBeReadTakesNothing() {
    for (LabelSelector broken :
        List.of(
            expression("Contains", "a"),
            expression("In"),
            expression("NotIn"),
            expression("Exists", "a"),
            LabelSelector.of(Map.of("matchLabels", Map.of("app", 1L))),
            LabelSelector.of(Map.of("matchExpressions", List.of(Map.of("operator", "Exists")))))) {
      assertThat(broken.valid()).isFalse();
      assertThat(broken.matches(Map.of("tier", "a", "app", "1"))).isFalse();
      assertThat(broken.isEmpty()).isFalse();
    }
  }
}
