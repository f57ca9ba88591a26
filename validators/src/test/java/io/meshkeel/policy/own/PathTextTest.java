package io.meshkeel.policy.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as people write them, and how far they lead. */
final class PathTextTest {
  @Test
  void dotsBracketsAndPointersAreRead() throws Exception {
    JsonPath path = JsonPath.of("spec", "http", 0, "a.b", "x");
    assertThat(PathText.read("spec.http[0][\"a.b\"].x")).isEqualTo(path);
    assertThat(PathText.read("/spec/http/0/a.b/x")).isEqualTo(path);
    assertThat(PathText.read("/a~1b")).isEqualTo(JsonPath.of("a/b"));
    assertThat(PathText.read("")).isEqualTo(JsonPath.ROOT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec..http", "spec[", "spec[x]", "a]", "a[-1]"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> PathText.read(text)).isInstanceOf(OwnAnswer.Unusable.class);
  }

  @Test
  void aPathReachesAsFarAsThereIsSomething() {
    Map<String, Object> content = Map.of("spec", Map.of("http", List.of(Map.of("a", 1L))));
    JsonPath there = JsonPath.of("spec", "http", 0, "a");
    assertThat(Reach.within(content, there)).isEqualTo(there);
    assertThat(Reach.isBeyond(content, there)).isFalse();
    assertThat(Reach.isBeyond(content, JsonPath.of("spec", "http", 0, "missing"))).isFalse();
    assertThat(Reach.isBeyond(content, JsonPath.of("spec", "http", 1))).isTrue();
    assertThat(Reach.isBeyond(content, JsonPath.of("spec", "http", 0, "a", "b"))).isTrue();
    assertThat(Reach.within(content, JsonPath.of("spec", "http", 1, "a")))
        .isEqualTo(JsonPath.of("spec", "http"));
  }
}
