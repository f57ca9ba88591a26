package io.meshkeel.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldOwnerTest {
  private static final Map<String, Object> CONTENT =
      Map.of(
          "spec",
          Map.of(
              "listeners",
              List.of(Map.of("name", "http", "port", 80L), Map.of("name", "https", "port", 443L)),
              "hosts",
              List.of("a", "b")));
  private static final FieldOwner OWNER =
      new FieldOwner(
          "vi",
          "Update",
          Optional.empty(),
          Map.of(
              "f:spec",
              Map.of(
                  "f:listeners",
                  Map.of("k:{\"name\":\"https\"}", Map.of("f:port", Map.of())),
                  "f:hosts",
                  Map.of("v:\"b\"", Map.of()),
                  "f:http",
                  Map.of())));

  private static boolean claims(Object... path) {
    return OWNER.claims(JsonPath.of(path), CONTENT);
  }

  @Test
  void itemsOfAListAreFoundByTheirKeys() {
    assertThat(claims("spec", "listeners", 1, "port")).isTrue();
    assertThat(claims("spec", "listeners", 0, "port")).isFalse();
    assertThat(claims("spec", "listeners", 1, "tls")).isFalse();
  }

  @Test
  void itemsOfASetAreFoundByTheirValue() {
    assertThat(claims("spec", "hosts", 1)).isTrue();
    assertThat(claims("spec", "hosts", 0)).isFalse();
  }

  @Test
  void whatIsBelowAnOwnedListIsOwned() {
    assertThat(claims("spec", "http", 0, "route", 0, "weight")).isTrue();
  }

  @Test
  void whatIsAboveAnOwnedFieldIsOwnedInPart() {
    assertThat(claims("spec")).isTrue();
    assertThat(claims("metadata")).isFalse();
    assertThat(OWNER.claims(JsonPath.ROOT, CONTENT)).isFalse();
  }
}
