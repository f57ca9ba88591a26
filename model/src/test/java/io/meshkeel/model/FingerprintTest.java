package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
  private static Finding at(Object... path) {
    return new Finding(
        "M102",
        Severity.ERROR,
        "subset 'v9' is missing",
        new MeshName("shop"),
        new ResourceKey("networking.istio.io", "VirtualService", "shop", "web"),
        JsonPath.of(path),
        new SourcePosition("meshes/shop/web.yaml", 9, 3),
        "");
  }

  private static Map<String, Object> routes(String... names) {
    return Map.of(
        "spec", Map.of("http", List.of(names).stream().map(name -> Map.of("name", name)).toList()));
  }

  private static String of(Finding finding, Map<String, Object> content) {
    return Fingerprint.ofAll(List.of(finding), any -> content).getFirst();
  }

  @Test
  void aNamedItemIsTheSameWhereverItStands() {
    assertThat(of(at("spec", "http", 0), routes("a", "b")))
        .isEqualTo(of(at("spec", "http", 1), routes("new", "a")))
        .isNotEqualTo(of(at("spec", "http", 1), routes("a", "b")));
  }

  @Test
  void aPlainItemIsKnownByItsValue() {
    Map<String, Object> before = Map.of("hosts", List.of("a", "b"));
    Map<String, Object> after = Map.of("hosts", List.of("b"));
    assertThat(of(at("hosts", 1), before)).isEqualTo(of(at("hosts", 0), after));
  }

  @Test
  void anotherMessageIsAnotherFinding() {
    Finding one = at("spec");
    Finding other =
        new Finding(
            one.ruleId(),
            one.severity(),
            "subset 'v8' is missing",
            one.mesh(),
            one.resource(),
            one.path(),
            one.position(),
            "");
    assertThat(of(one, Map.of())).isNotEqualTo(of(other, Map.of()));
  }

  @Test
  void whatNothingTellsApartIsCounted() {
    List<String> two =
        Fingerprint.ofAll(List.of(at("spec", "http", 0), at("spec", "http", 1)), any -> Map.of());
    assertThat(two).doesNotHaveDuplicates();
    assertThat(two.getFirst()).isEqualTo(of(at("spec", "http", 7), Map.of()));
  }

  @Test
  void aFileThatCouldNotBeReadIsKnownByItsName() {
    Finding broken =
        new Finding(
            "D001",
            Severity.ERROR,
            "no YAML",
            null,
            null,
            JsonPath.ROOT,
            new SourcePosition("meshes/shop/a.yaml", 1, 1),
            "");
    Finding elsewhere =
        new Finding(
            "D001",
            Severity.ERROR,
            "no YAML",
            null,
            null,
            JsonPath.ROOT,
            new SourcePosition("meshes/shop/b.yaml", 1, 1),
            "");
    assertThat(of(broken, Map.of())).isNotEqualTo(of(elsewhere, Map.of()));
  }
}
