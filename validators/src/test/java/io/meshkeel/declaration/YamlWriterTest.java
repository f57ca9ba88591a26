package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.JsonTree;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class YamlWriterTest {
  private static @Nullable Object readBack(Map<String, Object> tree) {
    String text = YamlWriter.write(tree);
    YamlDocument.Stream stream = YamlLoader.load("a.yaml", text, InventoryReader.LIMITS);
    assertThat(stream.problems()).as(text).isEmpty();
    assertThat(stream.documents()).as(text).hasSize(1);
    return stream.documents().getFirst().root();
  }

  @Example
  void aPersonLikesToReadIt() {
    Map<String, Object> tree =
        JsonTree.freeze(
            Map.of(
                "apiVersion", "v1",
                "kind", "Service",
                "status", Map.of(),
                "metadata", Map.of("name", "web", "labels", Map.of("a/b", "true", "v", "1")),
                "spec",
                    Map.of(
                        "ports", List.of(Map.of("port", 80, "name", "http"), Map.of("port", 81)),
                        "externalIPs", List.of(),
                        "note", "two\nlines\n",
                        "selector", Map.of("app", "web: x"))));
    assertThat(YamlWriter.write(tree))
        .isEqualTo(
            """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              labels:
                a/b: "true"
                v: "1"
            spec:
              externalIPs: []
              note: |
                two
                lines
              ports:
                - name: http
                  port: 80
                - port: 81
              selector:
                app: "web: x"
            status: {}
            """);
    assertThat(readBack(tree)).isEqualTo(tree);
  }

  @Example
  void severalObjectsAreDocumentsOfTheirOwn() {
    assertThat(YamlWriter.writeAll(List.of(Map.of("a", 1L), Map.of("b", "x"))))
        .isEqualTo("a: 1\n---\nb: x\n");
  }

  @Example
  void aTextLongerThanALineMayBeIsReadBack() {
    String text = "aB3 ".repeat(200_000);
    Map<String, Object> tree = Map.of("text", text, "lines", "ab\n" + text);
    assertThat(YamlWriter.write(tree).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThan(20_000));
    assertThat(readBack(tree)).isEqualTo(tree);
  }

  @Example
  void aKeyOfManyCharactersIsReadBack() {
    Map<String, Object> tree = Map.of("k".repeat(3_000), Map.of("x y: ".repeat(200), 1L), "a", "b");
    assertThat(readBack(tree)).isEqualTo(tree);
  }

  @Property(tries = 2_000)
  void whateverIsWrittenIsReadBackTheSame(@ForAll("trees") Map<String, Object> tree) {
    Map<String, Object> frozen = JsonTree.freeze(tree);
    assertThat(readBack(frozen)).isEqualTo(frozen);
  }

  @Provide
  Arbitrary<Map<String, Object>> trees() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .withChars(" \n\t\"'\\:#-?{}[]&*!|>%@`,~=.<0123456789eExyno")
                .ofMaxLength(9),
            Arbitraries.strings().withCharRange('\u0000', '\u2100').ofMaxLength(6),
            Arbitraries.of(
                "yes",
                "n",
                "null",
                "~",
                "1e3",
                "0x1F",
                "1_000",
                ".5",
                "2026-11-22",
                "---",
                "...",
                "<<",
                "=",
                "a: b",
                "a #b",
                " a",
                "a ",
                "|",
                "",
                "\n",
                "a\n\n",
                "a\n b\n",
                "\u0085",
                "\ud83d\ude00",
                "\ufeff",
                "a\r\nb",
                "- a",
                "? a",
                "12:30:45",
                "a\n\t\nb",
                "010"));
    Arbitrary<Object> scalar =
        Arbitraries.oneOf(
            text.map(t -> t),
            Arbitraries.longs().map(l -> l),
            Arbitraries.of(true, false).map(b -> b),
            Arbitraries.doubles().map(JsonTree::number));
    Arbitrary<Object> value =
        Arbitraries.lazyOf(
            () -> scalar,
            () -> scalar,
            () -> scalar.list().ofMaxSize(3).list().ofMaxSize(3).map(l -> l),
            () -> Arbitraries.maps(text, scalar).ofMaxSize(3).list().ofMaxSize(3).map(l -> l),
            () ->
                Arbitraries.maps(text, Arbitraries.maps(text, scalar).ofMaxSize(2))
                    .ofMaxSize(3)
                    .map(m -> m));
    return Arbitraries.maps(text, value).ofMaxSize(4);
  }
}
