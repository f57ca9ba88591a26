package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final Map<String, Object> CONTENT =
      Map.of(
          "apiVersion",
          "networking.istio.io/v1beta1",
          "kind",
          "Gateway",
          "metadata",
          Map.of(
              "name",
              "gw",
              "namespace",
              "shop",
              "labels",
              Map.of("a", "b"),
              "annotations",
              Map.of("c", "d")),
          "spec",
          Map.of("servers", List.of()));

  @Test
  void knowsItsKeyWithoutTheVersion() {
    Manifest manifest = Manifest.of(CONTENT);
    assertThat(manifest.key())
        .isEqualTo(new ResourceKey("networking.istio.io", "Gateway", "shop", "gw"));
    assertThat(manifest.apiVersion()).isEqualTo("networking.istio.io/v1beta1");
    assertThat(manifest.labels()).containsEntry("a", "b");
    assertThat(manifest.annotations()).containsEntry("c", "d");
    assertThat(manifest.spec()).containsKey("servers");
  }

  @Test
  void theCoreGroupIsEmpty() {
    Manifest manifest =
        Manifest.of(
            Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "x")));
    assertThat(manifest.key()).isEqualTo(new ResourceKey("", "Namespace", "", "x"));
    assertThat(manifest.key()).hasToString("Namespace x");
    assertThat(manifest.spec()).isEmpty();
    assertThat(manifest.labels()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"apiVersion", "kind", "metadata"})
  void whatItNeedsMustBeThere(String field) {
    Map<String, Object> content = new HashMap<>(CONTENT);
    content.remove(field);
    assertThatThrownBy(() -> Manifest.of(content))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metadata.name");
  }

  @ParameterizedTest
  @CsvSource({"apps/v1, Deployment, Deployment.apps", "v1, Secret, Secret"})
  void aGroupAndKindIsWrittenAsApplySetsWriteIt(String apiVersion, String kind, String text) {
    assertThat(GroupKind.of(apiVersion, kind)).hasToString(text);
  }

  @Test
  void keysAreOrderedByGroupKindNamespaceAndName() {
    ResourceKey a = new ResourceKey("a", "K", "n", "x");
    ResourceKey b = new ResourceKey("a", "K", "n", "y");
    ResourceKey c = new ResourceKey("a", "K", "o", "a");
    ResourceKey d = new ResourceKey("b", "A", "a", "a");
    assertThat(Stream.of(d, c, b, a).sorted()).containsExactly(a, b, c, d);
  }

  @Test
  void aKeyNeedsKindAndName() {
    assertThatThrownBy(() -> new ResourceKey("", "", "", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ResourceKey("", "K", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
