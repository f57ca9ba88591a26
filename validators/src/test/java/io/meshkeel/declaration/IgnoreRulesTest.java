package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of gitignore(5), and what its text says beside them. */
class IgnoreRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.yaml            | meshes/shop/a.yaml      | true",
        "a.yaml            | meshes/shop/ba.yaml     | false",
        "*.draft.yaml      | meshes/shop/x.draft.yaml | true",
        "*.draft.yaml      | meshes/shop/x.yaml      | false",
        "/meshes/a.yaml    | meshes/a.yaml           | true",
        "/a.yaml           | meshes/a.yaml           | false",
        "meshes/*/notes/   | meshes/shop/notes/a.yaml | true",
        "meshes/*/notes/   | meshes/a/b/notes/a.yaml | false",
        "notes/            | meshes/shop/notes/a.yaml | true",
        "notes/            | meshes/shop/notes       | false",
        "notes             | meshes/shop/notes/a.yaml | true",
        "**/notes          | meshes/shop/notes/a.yaml | true",
        "meshes/**/a.yaml  | meshes/a.yaml           | true",
        "meshes/**/a.yaml  | meshes/x/y/a.yaml       | true",
        "meshes/**/a.yaml  | meshes/x/y/ba.yaml      | false",
        "meshes/**         | meshes/x/y/a.yaml       | true",
        "me*es/a.yaml      | meshes/a.yaml           | true",
        "meshes*a.yaml     | meshes/a.yaml           | false",
        "?.yaml            | meshes/a.yaml           | true",
        "?.yaml            | meshes/ab.yaml          | false",
        "[a-c].yaml        | meshes/b.yaml           | true",
        "[a-c].yaml        | meshes/d.yaml           | false",
        "[!a-c].yaml       | meshes/d.yaml           | true",
        "[]x].yaml         | meshes/].yaml           | true",
        "[a.yaml           | meshes/[a.yaml          | true",
        "\\#a.yaml         | meshes/#a.yaml          | true",
        "\\!a.yaml         | meshes/!a.yaml          | true",
        "#a.yaml           | meshes/#a.yaml          | false",
        "/                 | meshes/a.yaml           | false",
        "***               | meshes/a.yaml           | true",
      })
  void onePatternMatchesAsInGit(String pattern, String path, boolean ignored) {
    assertThat(IgnoreRules.parse(pattern + "\n").ignores(path)).isEqualTo(ignored);
  }

  @Test
  void theLastPatternThatMatchesDecides() {
    IgnoreRules rules = IgnoreRules.parse("*.yaml\n!keep.yaml\n");
    assertThat(rules.ignores("meshes/a.yaml")).isTrue();
    assertThat(rules.ignores("meshes/keep.yaml")).isFalse();
  }

  @Test
  void aFileCannotComeBackIfItsFolderIsLeftOut() {
    IgnoreRules rules = IgnoreRules.parse("notes/\n!keep.yaml\n");
    assertThat(rules.ignores("meshes/notes/keep.yaml")).isTrue();
  }

  @Test
  void trailingSpacesCountOnlyBehindABackslash() {
    assertThat(IgnoreRules.parse("a.yaml  ").ignores("a.yaml")).isTrue();
    assertThat(IgnoreRules.parse("a.yaml\\ ").ignores("a.yaml ")).isTrue();
  }

  @Test
  void windowsLineEndsAndEmptyLinesDoNoHarm() {
    IgnoreRules rules = IgnoreRules.parse("\r\na.yaml\r\n\r\n");
    assertThat(rules.ignores("meshes/a.yaml")).isTrue();
    assertThat(rules.ignores("meshes/b.yaml")).isFalse();
  }

  @Test
  void aPatternMadeToBacktrackTakesNoTime() {
    String pattern = "*a".repeat(200) + "b";
    assertThat(IgnoreRules.parse(pattern).ignores("a".repeat(2_000))).isFalse();
  }

  @Test
  void patternsAreBounded() {
    assertThat(IgnoreRules.parse("a\n".repeat(IgnoreRules.MAX_PATTERNS)).ignores("a")).isTrue();
    assertThatThrownBy(() -> IgnoreRules.parse("a\n".repeat(IgnoreRules.MAX_PATTERNS + 1)))
        .hasMessageContaining("1000");
  }
}
