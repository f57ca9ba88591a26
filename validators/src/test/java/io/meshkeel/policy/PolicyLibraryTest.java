package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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
