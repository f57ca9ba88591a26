package io.meshkeel.testbed.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactJsonTest {
  @Test
  void keysAreSortedAtEveryDepth() {
    assertThat(CompactJson.text(Map.of("b", Map.of("d", 1, "c", 2), "a", List.of())))
        .isEqualTo("{\"a\":[],\"b\":{\"c\":2,\"d\":1}}\n");
  }

  @Test
  void whatDoesNotFitOnALineIsBrokenSoThatAChangeIsALine() {
    String text = "x".repeat(100);

    assertThat(CompactJson.text(Map.of("b", List.of(text, text), "a", 1)))
        .isEqualTo(
            """
            {
             "a":1,
             "b":[
              "%1$s",
              "%1$s"]}
            """
                .formatted(text));
  }

  @Test
  void aLongTextStaysInOnePiece() {
    assertThat(CompactJson.text("x".repeat(500))).hasLineCount(1);
  }
}
