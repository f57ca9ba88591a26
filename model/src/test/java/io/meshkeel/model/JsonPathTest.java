package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonPathTest {
  private static final Map<String, Object> TREE =
      JsonTree.freeze(
          Map.of("spec", Map.of("http", List.of(Map.of("weight", 90), Map.of("a/b", "x")))));

  @Test
  void findsFieldsAndItems() {
    assertThat(JsonPath.of("spec", "http", 0, "weight").find(TREE)).contains(90L);
    assertThat(JsonPath.of("spec", "http", 1, "a/b").find(TREE)).contains("x");
    assertThat(JsonPath.ROOT.find(TREE)).contains(TREE);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(JsonPath.of("spec", "tcp").find(TREE)).isEmpty();
    assertThat(JsonPath.of("spec", "http", 2).find(TREE)).isEmpty();
    assertThat(JsonPath.of("spec", 0).find(TREE)).isEmpty();
    assertThat(JsonPath.of("spec", "http", "weight").find(TREE)).isEmpty();
    assertThat(JsonPath.of("spec", "http", 0, "weight", "x").find(TREE)).isEmpty();
  }

  @Test
  void isWrittenAsPeopleWriteIt() {
    assertThat(JsonPath.of("spec", "http", 0, "route", 1, "weight"))
        .hasToString("spec.http[0].route[1].weight");
    assertThat(JsonPath.of("metadata", "annotations", "meshkeel.io/drift"))
        .hasToString("metadata.annotations[\"meshkeel.io/drift\"]");
    assertThat(JsonPath.of("a", "say \"hi\"")).hasToString("a[\"say \\\"hi\\\"\"]");
    assertThat(JsonPath.ROOT).hasToString("");
  }

  @Test
  void growsWithoutChanging() {
    JsonPath spec = JsonPath.of("spec");
    assertThat(spec.field("http").index(3)).isEqualTo(JsonPath.of("spec", "http", 3));
    assertThat(spec).isEqualTo(JsonPath.of("spec"));
  }

  @Test
  void aSegmentIsANameOrAnIndex() {
    assertThatThrownBy(() -> JsonPath.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonPath.of(1.5)).isInstanceOf(IllegalArgumentException.class);
  }
}
