package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which a binary is looked for. */
class BinariesTest {
  private final ServerBinary binary = Scripts.binary();
  private final List<String> lines = new ArrayList<>();
  private final List<String> made = new ArrayList<>();
  @TempDir Path folder;
  private BinaryCache cache;
  private Path cached;
  private Path onPath;

  @BeforeEach
  void places() {
    cache = new BinaryCache(folder.resolve("cache"), lines::add);
    cached = folder.resolve("cache").resolve(binary.fileName());
    onPath = folder.resolve("bin/opa");
  }

  private Binaries search(Map<String, String> environment) {
    return new Binaries(
        cache,
        List.of(new EnvironmentVariable(environment), cache, new PathLookup(environment)),
        List.of(making("image", false), making("build", true)),
        lines::add);
  }

  private BinarySource making(String name, boolean can) {
    return wanted -> {
      made.add(name);
      return can ? Optional.of(folder.resolve(name)) : Optional.empty();
    };
  }

  private Map<String, String> path() {
    return Map.of("PATH", folder.resolve("bin").toString());
  }

  @Test
  void theEnvironmentVariableComesFirst() throws IOException {
    Path named = Scripts.program(folder.resolve("named"), "0.0.1");
    Scripts.program(cached, binary.version());

    Path found = search(Map.of(binary.variable(), named.toString())).get(binary);

    assertThat(found).isEqualTo(named);
    assertThat(made).isEmpty();
  }

  @Test
  void aVariableThatNamesNoFileIsAnErrorThatNamesBoth() {
    Map<String, String> environment = Map.of(binary.variable(), "/nowhere/opa");

    assertThatThrownBy(() -> search(environment).get(binary))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining(binary.variable())
        .hasMessageContaining("/nowhere/opa");
  }

  @Test
  void aVariableThatNamesAFileThatIsNotExecutableIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "text");

    assertThatThrownBy(() -> search(Map.of(binary.variable(), file.toString())).lookup(binary))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("no executable file");
  }

  @Test
  void anEmptyVariableCountsAsNone() throws IOException {
    Scripts.program(cached, binary.version());

    assertThat(search(Map.of(binary.variable(), "")).get(binary)).isEqualTo(cached);
  }

  @Test
  void theCacheComesBeforePath() throws IOException {
    Scripts.program(cached, binary.version());
    Scripts.program(onPath, binary.version());

    assertThat(search(path()).get(binary)).isEqualTo(cached);
  }

  @Test
  void aCommandOnPathOfTheSameMinorReleaseIsTaken() throws IOException {
    Scripts.program(onPath, binary.minorRelease() + ".999");

    assertThat(search(path()).get(binary)).isEqualTo(onPath);
  }

  @Test
  void aCommandOnPathOfAnotherMinorReleaseIsPassedOver() throws IOException {
    Scripts.program(onPath, "0.1.0");

    assertThat(search(path()).get(binary)).isEqualTo(folder.resolve("build"));
  }

  @Test
  void aCommandOnPathThatTellsNoVersionIsPassedOver() throws IOException {
    Scripts.script(onPath, "exit 1");

    assertThat(search(path()).lookup(binary)).isEmpty();
  }

  @Test
  void aLaterFolderOfPathIsUsedWhereTheFirstHasTheWrongRelease() throws IOException {
    Scripts.program(onPath, "0.1.0");
    Path second = Scripts.program(folder.resolve("sbin/opa"), binary.version());

    String path = folder.resolve("bin") + ":" + folder.resolve("sbin");

    assertThat(search(Map.of("PATH", path)).get(binary)).isEqualTo(second);
  }

  @Test
  void relativeFoldersOfPathAreNotSearched() {
    assertThat(search(Map.of("PATH", ".::bin")).lookup(binary)).isEmpty();
  }

  @Test
  void anImageIsTriedBeforeTheBuild() {
    assertThat(search(Map.of()).get(binary)).isEqualTo(folder.resolve("build"));
    assertThat(made).containsExactly("image", "build");
  }

  @Test
  void aLookupMakesNothing() {
    assertThat(search(Map.of()).lookup(binary)).isEmpty();
    assertThat(made).isEmpty();
  }

  @Test
  void whereNothingHelpsTheErrorNamesTheVariable() {
    Binaries none = new Binaries(cache, List.of(cache), List.of(), lines::add);

    assertThatThrownBy(() -> none.get(binary))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining(binary.fileName())
        .hasMessageContaining(binary.variable());
  }
}
