package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.YamlDocument.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read fast is what the parser of all YAML reads. */
class UsualYamlTest {
  private static final String USUAL =
      """
      # A comment
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService   # what it is
      metadata:
        name: reviews
        labels: {app: reviews, "quoted key": 'x', empty: {}, list: [a, "b", 3, true]}
        annotations:
          example.com/a: "it's here: #1"
      spec:
        hosts:
        - reviews.shop.svc.cluster.local
        - '*.example.com'
        http:
          - match:
              - uri: {prefix: /a}

              # another
              -   uri:
                    exact: /b c
            timeout: 1.5s
            retries:
              attempts: 3
            route:
            - destination:
                host: http://a:80/x?y=[z]
              weight: 100
            mirror:
        nested:
          - - 1
            - -2
          -
            a: ~
            b: yes
      ---
      ---
      - 010
      - 1_000
      - .5
      ---
      """;

  private static void same(String text, Limits limits) {
    Stream usual = UsualYaml.read("f.yaml", text, limits);
    if (usual != null) {
      assertThat(YamlLoader.byEvents("f.yaml", text, limits)).as(text).isEqualTo(usual);
    }
  }

  @Test
  void whatMostFilesLookLikeIsReadFast() {
    Stream usual = Objects.requireNonNull(UsualYaml.read("f.yaml", USUAL, Limits.DEFAULT));
    assertThat(usual).isEqualTo(YamlLoader.byEvents("f.yaml", USUAL, Limits.DEFAULT));
    assertThat(usual.documents()).hasSize(4);
  }

  @Test
  void whatTheSnapshotsWriterWritesIsReadFast() {
    Map<String, Object> content =
        Map.of(
            "kind", "Service",
            "metadata", Map.of("name", "a", "namespace", "b", "labels", Map.of("x/y", "z w")),
            "spec", Map.of("ports", List.of(Map.of("name", "http", "port", 80L), Map.of())));
    String text = "---\n" + YamlWriter.write(content);
    assertThat(UsualYaml.read("f.yaml", text, Limits.DEFAULT)).isNotNull();
    same(text, Limits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: |\n  text\n",
        "a: &x 1\n",
        "a: *x\n",
        "a: !!str 1\n",
        "<<: {a: b}\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: 1\n  b: 2\n",
        "a: one\n  two\n",
        "a: 'it''s'\n",
        "a: \"\\n\"\n",
        "a: b: c\n",
        "a: [b,\n  c]\n",
        "a:\n  b: 1\n c: 2\n",
        "- a\nb: 1\n",
        "-\n",
        "a: [null]\n",
        "a: .inf\n",
        "a:\tb\n",
        "a: b\r\n",
        "? a\n: b\n",
        "text\n",
        " a: b\n",
        "--- a\n",
        "%YAML 1.1\n---\na: b\n",
        "a: b\n...\n",
        "a: \"b\" c\n",
        "a: - b\n",
        "\ufeffa: b\n",
        "a: \u2028b\n",
        "null: b\n"
      })
  void whateverElseThereIsIsLeftToTheParserOfAllYaml(String text) {
    assertThat(UsualYaml.read("f.yaml", text, Limits.DEFAULT)).isNull();
  }

  @Test
  void whatIsTooLargeIsLeftToo() {
    Limits few = new Limits(1_000, 1_000, 1, 1_000, 3, 3, 0, 7, 2);
    assertThat(UsualYaml.read("f.yaml", "a: {b: {c: 1}}\n", few)).isNotNull();
    assertThat(UsualYaml.read("f.yaml", "a: {b: {c: {}}}\n", few)).isNull();
    assertThat(UsualYaml.read("f.yaml", "- [1, 2, 3, 4, 5]\n", few)).isNotNull();
    assertThat(UsualYaml.read("f.yaml", "- [1, 2, 3, 4, 5, 6]\n", few)).isNull();
    assertThat(UsualYaml.read("f.yaml", "a: 1\nb: 2\nc: 3\n", few)).isNull();
    assertThat(UsualYaml.read("f.yaml", "---\n".repeat(3), few)).isNotNull();
    assertThat(UsualYaml.read("f.yaml", "---\n".repeat(4), few)).isNull();
    same("- [1, 2, 3, 4, 5]\n", few);
    same("---\n".repeat(4), few);
  }

  @Test
  void theExamplesAreReadAsAlways() throws IOException {
    int fast = 0;
    int all = 0;
    try (var walk = Files.walk(Path.of("../repo-layout-example"))) {
      for (Path file : walk.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        String text = Files.readString(file);
        same(text, Limits.DEFAULT);
        all++;
        fast += UsualYaml.read("f.yaml", text, Limits.DEFAULT) == null ? 0 : 1;
      }
    }
    assertThat(fast).as("of %d files", all).isGreaterThan(all * 9 / 10);
  }

  @Property(tries = 20_000)
  void aUsualTextWithMistakesIsReadTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> lines = USUAL.lines().toList();
    int from = random.nextInt(lines.size());
    int count = 1 + random.nextInt(lines.size() - from);
    StringBuilder text =
        new StringBuilder(String.join("\n", lines.subList(from, from + count)) + "\n");
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(text.length());
      String piece = PIECES[random.nextInt(PIECES.length)];
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, piece);
        case 1 -> text.deleteCharAt(at);
        default -> text.replace(at, Math.min(text.length(), at + piece.length()), piece);
      }
      if (text.isEmpty()) {
        break;
      }
    }
    same(text.toString(), Limits.DEFAULT);
  }

  private static final String[] PIECES = {
    "a", "b: ", "- ", "\n", "  ", " ", "[", "]", "{", "}", ", ", ",", ": ", ":", "? ", "&x ", "*x",
    "<<: ", "\n---\n", "\n...\n", "|\n", ">-", "'", "\"", "\\", "#", " #", "!!str ", "%", "\t",
    "null", "~", "1e999", "\u00e9", "0x1F", "-", "--- ", "@", "`", "=", ".", "''", "$", "(", "\n\n"
  };

  @Property(tries = 20_000)
  void anyTextOfYamlCharactersIsReadTheSame(@ForAll("yamlish") String text) {
    same(text, Limits.DEFAULT);
  }

  @Provide
  Arbitrary<String> yamlish() {
    return Arbitraries.of(PIECES).list().ofMaxSize(24).map(parts -> String.join("", parts));
  }
}
