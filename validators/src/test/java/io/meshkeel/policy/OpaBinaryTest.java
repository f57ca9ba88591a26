package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpaBinaryTest {
  @TempDir private Path folder = Path.of("");
  private Path onPath = Path.of("");
  private Path shipped = Path.of("");
  private Path other = Path.of("");

  @BeforeEach
  void installEverywhere() throws IOException {
    onPath = program("path/opa");
    shipped = program("dist/opa");
    other = program("elsewhere/opa-1");
  }

  private Path program(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Map<String, String> path() {
    return Map.of("PATH", "/nowhere:" + folder.resolve("path"));
  }

  private Optional<Path> distribution() {
    return Optional.of(folder.resolve("dist"));
  }

  @Test
  void theFlagComesFirst() throws Exception {
    assertThat(
            OpaBinary.find(
                Optional.of(other), Map.of(OpaBinary.VARIABLE, onPath.toString()), distribution()))
        .isEqualTo(other);
  }

  @Test
  void theVariableComesBeforeTheDistribution() throws Exception {
    assertThat(
            OpaBinary.find(
                Optional.empty(), Map.of(OpaBinary.VARIABLE, other.toString()), distribution()))
        .isEqualTo(other);
  }

  @Test
  void theDistributionComesBeforeThePath() throws Exception {
    assertThat(OpaBinary.find(Optional.empty(), path(), distribution())).isEqualTo(shipped);
  }

  @Test
  void thePathComesLast() throws Exception {
    assertThat(OpaBinary.find(Optional.empty(), path(), Optional.empty())).isEqualTo(onPath);
  }

  @Test
  void aFlagThatNamesNothingIsNotPassedOver() {
    assertThatThrownBy(
            () -> OpaBinary.find(Optional.of(folder.resolve("no")), path(), distribution()))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("--opa names")
        .hasMessageContaining("Fix:");
  }

  @Test
  void withNoneTheMessageSaysWhatToDo() {
    assertThatThrownBy(() -> OpaBinary.find(Optional.empty(), Map.of(), Optional.empty()))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("there is no OPA")
        .hasMessageContaining("install OPA")
        .hasMessageContaining("MESHKEEL_OPA");
  }
}
