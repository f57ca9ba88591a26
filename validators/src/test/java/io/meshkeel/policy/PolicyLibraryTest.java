package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyLibraryTest {
  private static PolicyLibrary of(Map<String, String> files) {
    return PolicyLibrary.of(new TreeMap<>(files));
  }

  @Test
  void theRevisionFollowsPathsAndContents() {
    PolicyLibrary one = of(Map.of("a.rego", "x", "b.rego", "y"));
    assertThat(one.revision()).hasSize(64).isEqualTo(of(Map.copyOf(one.files())).revision());
    assertThat(of(Map.of("a.rego", "x", "b.rego", "z")).revision()).isNotEqualTo(one.revision());
    assertThat(of(Map.of("a.rego", "x", "c.rego", "y")).revision()).isNotEqualTo(one.revision());
    assertThat(of(Map.of("a.rego", "y", "b.rego", "x")).revision()).isNotEqualTo(one.revision());
  }

  @Test
  void whatShipsHasRulesAndNoTests() throws Exception {
    assertThat(PolicyLibrary.shipped().files().keySet())
        .contains("main.rego", "traffic/m101.rego")
        .noneMatch(path -> path.endsWith("_test.rego"));
  }

  /**
   * A key may stand for several objects that are alike, parameters included: {@link AlikeItems}.
   */
  @Test
  void rulesReadNothingFromAKeyButParameters() throws Exception {
    Pattern key = Pattern.compile("\\bkey\\b");
    Pattern named = Pattern.compile("(\"resource\": |params\\.of\\(about, )(item|told)\\.key\\b");
    SortedMap<String, String> rules = new TreeMap<>(PolicyLibrary.shipped().files());
    rules.keySet().removeIf(path -> path.endsWith("_test.rego") || path.equals("lib/params.rego"));
    rules.forEach((path, text) -> {
      assertThat(text.lines().filter(line -> !line.startsWith("#")))
          .as(path)
          .allSatisfy(
              line -> assertThat(named.matcher(line).replaceAll("")).doesNotContainPattern(key));
    });
  }

  @Test
  void theTokenIsNotWrittenAnywhere(@TempDir Path folder) throws Exception {
    PolicyLibrary.shipped().publish(folder, "very-secret");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("very-secret");
      }
    }
  }

  @Test
  void aPathThatLeavesTheFolderIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> of(Map.of("../evil.rego", "x")).publish(folder, "t"))
        .isInstanceOf(IOException.class);
  }
}
