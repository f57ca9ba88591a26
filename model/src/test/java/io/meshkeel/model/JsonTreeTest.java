package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of(80, 80L),
        Arguments.of((short) 80, 80L),
        Arguments.of(80L, 80L),
        Arguments.of(80.0, 80L),
        Arguments.of(80.0f, 80L),
        Arguments.of(new BigDecimal("80.0"), 80L),
        Arguments.of(BigInteger.valueOf(80), 80L),
        Arguments.of(0.5f, 0.5),
        Arguments.of(0.1f, 0.1),
        Arguments.of(new BigDecimal("0.5"), 0.5),
        Arguments.of(1e300, 1e300),
        Arguments.of(
            new BigInteger("18446744073709551615"), new BigInteger("18446744073709551615")));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void equalNumbersHaveOneForm(Object read, Object held) {
    assertThat(JsonTree.freeze(Map.of("n", read))).isEqualTo(Map.of("n", held));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numbersThatJsonLacksAreRefused(double number) {
    assertThatThrownBy(() -> JsonTree.freeze(Map.of("n", number)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNullFieldIsLeftOutAtAnyDepth() {
    Map<String, Object> inner = new HashMap<>();
    inner.put("a", null);
    inner.put("b", 1);
    assertThat(JsonTree.freeze(Map.of("list", List.of(inner))))
        .isEqualTo(Map.of("list", List.of(Map.of("b", 1L))));
  }

  @Test
  void aNullItemIsRefused() {
    assertThatThrownBy(() -> JsonTree.freeze(Map.of("list", Arrays.asList(1, null))))
        .hasMessageContaining("null");
  }

  @Test
  void whatHasNoJsonFormIsRefused() {
    assertThatThrownBy(() -> JsonTree.freeze(Map.of("a", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonTree.freeze(Map.of(1, "a"))).hasMessageContaining("not a string");
  }

  @Test
  void aFrozenTreeNeverChanges() {
    List<Object> list = new ArrayList<>(List.of("a"));
    Map<String, Object> frozen = JsonTree.freeze(Map.of("list", list));
    list.add("b");
    assertThat(frozen).isEqualTo(Map.of("list", List.of("a")));
    assertThatThrownBy(() -> frozen.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> JsonTree.list(frozen, "list").add("c"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void readersAnswerEmptyForWhatIsMissingOrOfAnotherType() {
    Map<String, Object> tree =
        JsonTree.freeze(Map.of("s", "x", "m", Map.of("k", 1), "l", List.of("a", 1, Map.of())));
    assertThat(JsonTree.map(tree, "m")).containsEntry("k", 1L);
    assertThat(JsonTree.map(tree, "s")).isEmpty();
    assertThat(JsonTree.map(tree, "none")).isEmpty();
    assertThat(JsonTree.list(tree, "s")).isEmpty();
    assertThat(JsonTree.strings(tree, "l")).containsExactly("a");
    assertThat(JsonTree.maps(tree, "l")).containsExactly(Map.of());
    assertThat(JsonTree.string(tree, "s", "else")).isEqualTo("x");
    assertThat(JsonTree.string(tree, "m", "else")).isEqualTo("else");
  }
}
