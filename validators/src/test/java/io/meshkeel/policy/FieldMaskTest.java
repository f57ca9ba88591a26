package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a rule is shown of an object. */
final class FieldMaskTest {
  private static Map<String, Object> shown(Map<String, Object> content, String... paths) {
    return FieldMask.of(Stream.of(paths).map(path -> Arrays.asList(path.split("\\."))).toList())
        .of(content);
  }

  @Test
  void aPathGoesThroughListsWhoseElementsKeepTheirPlaces() {
    Map<String, Object> content =
        Map.of(
            "spec",
            Map.of(
                "hosts",
                List.of("a"),
                "http",
                List.of(
                    Map.of("name", "first", "timeout", "1s"),
                    Map.of("name", "second"),
                    Map.of("name", "third", "timeout", "3s"))));
    assertThat(shown(content, "spec.http.timeout"))
        .isEqualTo(
            Map.of(
                "spec",
                Map.of(
                    "http", List.of(Map.of("timeout", "1s"), Map.of(), Map.of("timeout", "3s")))));
  }

  @Test
  void pathsAreShownTogether() {
    Map<String, Object> content =
        Map.of("spec", Map.of("http", List.of(Map.of("a", 1L, "b", 2L, "c", 3L))), "kind", "K");
    assertThat(shown(content, "spec.http.a", "spec.http.b", "kind"))
        .isEqualTo(Map.of("spec", Map.of("http", List.of(Map.of("a", 1L, "b", 2L))), "kind", "K"));
  }

  @Test
  void aFieldThatIsReadWholeIsShownWhole() {
    Map<String, Object> content = Map.of("spec", Map.of("http", List.of(Map.of("a", 1L, "b", 2L))));
    assertThat(shown(content, "spec.http", "spec.http.a")).isEqualTo(content);
    assertThat(shown(content, "spec.http.a", "spec.http")).isEqualTo(content);
  }

  @Test
  void whatIsNoMapWhereAPathGoesOnIsLeft() {
    assertThat(shown(Map.of("spec", Map.of("http", "text")), "spec.http.a", "spec.tcp.a"))
        .isEqualTo(Map.of("spec", Map.of("http", "text")));
  }

  @Test
  void nothingIsShownWithoutPaths() {
    assertThat(shown(Map.of("spec", Map.of("a", 1L)))).isEmpty();
  }
}
