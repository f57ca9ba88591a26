package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.YamlDocument.Stream;
import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlLoaderTest {
  private static Stream load(String text) {
    return YamlLoader.load("f.yaml", text, Limits.DEFAULT);
  }

  private static @Nullable Object sound(String text) {
    Stream stream = load(text);
    assertThat(stream.problems()).isEmpty();
    return stream.documents().getFirst().root();
  }

  private static Problem problem(String text) {
    Stream stream = load(text);
    assertThat(stream.problems()).hasSize(1);
    return stream.problems().getFirst();
  }

  @Test
  void readsMapsListsAndScalars() {
    assertThat(sound("a: {b: [1, x, true, 1.5]}\nc: \"1\"\n"))
        .isEqualTo(Map.of("a", Map.of("b", List.of(1L, "x", true, 1.5)), "c", "1"));
  }

  @Test
  void quotedAndBlockScalarsAreText() {
    assertThat(sound("a: 'yes'\nb: \"80\"\nc: |\n  1\nd: >-\n  true\n"))
        .isEqualTo(Map.of("a", "yes", "b", "80", "c", "1\n", "d", "true"));
  }

  @Test
  void aFieldThatIsNullIsLeftOut() {
    assertThat(sound("a: null\nb:\nc: ~\nd: x\n")).isEqualTo(Map.of("d", "x"));
  }

  @Test
  void keysThatAreNoTextBecomeText() {
    assertThat(sound("80: a\ntrue: b\n1.5: c\n\"on\": d\n"))
        .isEqualTo(Map.of("80", "a", "true", "b", "1.5", "c", "on", "d"));
  }

  @Test
  void aliasesStandForTheirAnchors() {
    assertThat(sound("a: &x {k: v}\nb: *x\nc: [*x, *x]\n"))
        .isEqualTo(
            Map.of(
                "a", Map.of("k", "v"),
                "b", Map.of("k", "v"),
                "c", List.of(Map.of("k", "v"), Map.of("k", "v"))));
  }

  @Test
  void whatIsWrittenWinsOverWhatIsMerged() {
    assertThat(sound("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 0\n"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("z", Map.of("a", 0L, "b", 1L, "c", 2L));
  }

  @Test
  void aMergedFieldThatIsWrittenAsNullIsLeftOut() {
    assertThat(sound("x: &x {a: 1}\nz:\n  <<: *x\n  a: null\n"))
        .isEqualTo(Map.of("x", Map.of("a", 1L), "z", Map.of()));
  }

  @Test
  void oneKeyTwiceIsToldWithBothPlaces() {
    Problem problem = problem("a:\n  b: 1\n  c: 2\n  b: 3\n");
    assertThat(problem.error()).isEqualTo(DeclarationError.DUPLICATE_KEY);
    assertThat(problem.message()).contains("'b'").contains("line 2, column 3");
    assertThat(problem.position()).isEqualTo(new SourcePosition("f.yaml", 4, 3));
  }

  @Test
  void aKeyTwiceOfWhichOneIsNullIsTold() {
    assertThat(problem("a: null\na: 1\n").error()).isEqualTo(DeclarationError.DUPLICATE_KEY);
  }

  @Test
  void anEmptyListItemIsTold() {
    Problem problem = problem("hosts:\n  - a\n  -\n");
    assertThat(problem.error()).isEqualTo(DeclarationError.NULL_ITEM);
    assertThat(problem.message()).contains("item 1");
    assertThat(problem.position()).hasToString("f.yaml:3:4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: !!binary aGk=",
        "a: !mine x",
        "a: !!int x",
        "a: !!set {x}",
        "a: .nan",
        "? [a, b]\n: c",
        "? {a: b}\n: c",
        "null: x",
        "a: {<<: 5}",
        "a: !!bool maybe"
      })
  void whatJsonLacksIsToldAndNotGuessed(String text) {
    assertThat(problem(text).error()).isEqualTo(DeclarationError.NOT_JSON);
  }

  @Test
  void tagsThatSayWhatAPlainScalarIsAreFollowed() {
    assertThat(sound("a: !!str 80\nb: !!int \"5\"\nc: !!float 1\n"))
        .isEqualTo(Map.of("a", "80", "b", 5L, "c", 1L));
  }

  @Test
  void anAliasWithoutAnchorIsTold() {
    assertThat(problem("a: *nowhere\n").message()).contains("*nowhere");
  }

  @Test
  void anAnchorOfAnotherDocumentIsNotSeen() {
    assertThat(problem("a: &x 1\n---\nb: *x\n").document()).isEqualTo(1);
  }

  @Test
  void anAnchorWithinItselfIsTold() {
    assertThat(problem("a: &x [*x]\n").message()).contains("*x");
  }

  @Test
  void documentsBeforeABreakAreKept() {
    Stream stream = load("a: 1\n---\nb: [\n---\nc: 3\n");
    assertThat(stream.complete()).isFalse();
    assertThat(stream.documents()).hasSize(1);
    assertThat(stream.problems().getFirst().error()).isEqualTo(DeclarationError.SYNTAX);
  }

  @Test
  void emptyDocumentsCountAndSayNothing() {
    Stream stream = load("---\n---\na: 1\n---\n# nothing\n");
    assertThat(stream.documents()).hasSize(3);
    assertThat(stream.documents().get(0).root()).isNull();
    assertThat(stream.documents().get(1).root()).isEqualTo(Map.of("a", 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n"})
  void anEmptyTextHasNoDocument(String text) {
    assertThat(load(text)).isEqualTo(new Stream(List.of(), List.of(), true));
  }

  @Test
  void aTabForIndentationIsToldWithItsPlace() {
    Problem problem = problem("a:\n\tb: 1\n");
    assertThat(problem.error()).isEqualTo(DeclarationError.SYNTAX);
    assertThat(problem.position()).hasToString("f.yaml:2:1");
  }

  @Test
  void billionLaughsEndInALimit() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a%d: &a%d [".formatted(i, i)).append(("*a" + (i - 1) + ", ").repeat(9));
      text.append("]\n");
    }
    assertThat(problem(text.toString()).error()).isEqualTo(DeclarationError.TOO_LARGE);
  }

  @Test
  void mistakesOfOneFileAreToldUpToALimit() {
    Stream stream = load("a:\n" + "  -\n".repeat(500));
    assertThat(stream.problems()).hasSize(YamlLoader.MAX_PROBLEMS);
  }
}
