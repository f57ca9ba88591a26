package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedTextTest {
  private final List<String> lines = new ArrayList<>();
  @TempDir Path folder;
  private Binaries binaries;

  @BeforeEach
  void emptyCache() {
    BinaryCache cache = new BinaryCache(folder, lines::add);
    binaries = new Binaries(cache, List.of(cache), List.of(), lines::add);
  }

  @Test
  void itIsMadeOnceAndSaidOnce() {
    CachedText.file(binaries, "x-1.yaml", "making x", () -> "first");
    Path again = CachedText.file(binaries, "x-1.yaml", "making x", () -> "second");

    assertThat(again).isEqualTo(folder.resolve("x-1.yaml")).hasContent("first");
    assertThat(lines).containsExactly("making x");
  }

  @Test
  void whatCannotBeMadeLeavesNoFileAndSaysWhy() {
    assertThatThrownBy(() ->
            CachedText.file(
                binaries,
                "x-1.yaml",
                "making x",
                () -> {
                  throw new IOException("no network");
                }))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("x-1.yaml")
        .hasMessageContaining("no network");

    assertThat(folder.resolve("x-1.yaml")).doesNotExist();
  }
}
