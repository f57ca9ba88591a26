package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPatternTest {
  private static Map<String, Object> route(String name, Object... weights) {
    return Map.of(
        "name",
        name,
        "route",
        List.of(weights).stream().map(weight -> Map.of("weight", weight)).toList());
  }

  private static Map<String, Object> spec(Object... http) {
    return Map.of("spec", Map.of("http", List.of(http)));
  }

  private static Map<String, Object> taking(
      String pattern, Map<String, Object> tree, Map<String, Object> other) {
    return FieldPattern.parse(pattern).taking(tree, other);
  }

  @Test
  void aFieldIsAsInTheOther() {
    assertThat(taking("/a/b", Map.of("a", Map.of("b", 1L, "c", 1L)), Map.of("a", Map.of("b", 2L))))
        .isEqualTo(Map.of("a", Map.of("b", 2L, "c", 1L)));
  }

  @Test
  void aFieldThatTheOtherLacksIsAwayAndOneThatOnlyItHasIsThere() {
    assertThat(taking("/a/b", Map.of("a", Map.of("b", 1L)), Map.of("a", Map.of())))
        .isEqualTo(Map.of("a", Map.of()));
    assertThat(taking("/a/b/c", Map.of(), Map.of("a", Map.of("b", Map.of("c", 1L, "d", 2L)))))
        .isEqualTo(Map.of("a", Map.of("b", Map.of("c", 1L))));
  }

  @Test
  void whatOnlyTheTreeHasStays() {
    Map<String, Object> tree = Map.of("a", Map.of("b", 1L));
    assertThat(taking("/a/b", tree, Map.of("c", 1L))).isSameAs(tree);
    assertThat(taking("/a/b", tree, Map.of("a", 7L))).isSameAs(tree);
    assertThat(taking("/c/d", tree, Map.of("c", Map.of()))).isSameAs(tree);
  }

  @Test
  void aStarMatchesItemsByTheirOrderAndNewOnesStay() {
    assertThat(
            taking(
                "/spec/http/*/route/*/weight",
                spec(route("a", 90L, 10L), route("new", 100L)),
                spec(route("a", 50L, 50L, 0L))))
        .isEqualTo(spec(route("a", 50L, 50L), route("new", 100L)));
  }

  @Test
  void aStarMatchesFieldsOfAMap() {
    assertThat(
            taking(
                "/labels/*",
                Map.of("labels", Map.of("a", "1", "b", "1")),
                Map.of("labels", Map.of("b", "2", "c", "3"))))
        .isEqualTo(Map.of("labels", Map.of("b", "2", "c", "3")));
  }

  @Test
  void itemsAreChosenByAFieldWhereverTheyStand() {
    assertThat(
            taking(
                "/spec/http/[name=b]/route/0/weight",
                spec(route("a", 1L), route("b", 1L, 1L)),
                spec(route("b", 9L, 9L), route("a", 9L))))
        .isEqualTo(spec(route("a", 1L), route("b", 9L, 1L)));
    assertThat(
            taking(
                "/p/[port=80]/x",
                Map.of("p", List.of(Map.of("port", 80L, "x", 1L))),
                Map.of("p", List.of(Map.of("port", 80L)))))
        .isEqualTo(Map.of("p", List.of(Map.of("port", 80L))));
  }

  @Test
  void slashesAndTildesAreEscapedAsInAJsonPointer() {
    assertThat(
            taking(
                "/m/a~1b/[k~0=x~1y]",
                Map.of("m", Map.of("a/b", List.of(Map.of("k~", "x/y", "v", 1L)))),
                Map.of("m", Map.of("a/b", List.of(Map.of("k~", "x/y", "v", 2L))))))
        .isEqualTo(Map.of("m", Map.of("a/b", List.of(Map.of("k~", "x/y", "v", 2L)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/", "/a//b", "/a/", "/a/[b]", "/a/[=x]", "/a~", "/a~2b"})
  void whatIsNoPatternIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> FieldPattern.parse(text));
  }

  @Test
  void aPatternIsBounded() {
    FieldPattern.parse("/a".repeat(FieldPattern.DEFAULT_MAX_STEPS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldPattern.parse("/a".repeat(FieldPattern.DEFAULT_MAX_STEPS + 1)));
  }
}
