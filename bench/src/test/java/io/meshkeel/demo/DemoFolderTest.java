package io.meshkeel.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  @TempDir Path parent;

  @Test
  void aFolderOfAnEarlierDemoIsEmptied() throws IOException {
    Path dir = DemoFolder.prepare(parent.resolve("demo"));
    Files.createDirectories(dir.resolve("data"));
    Files.writeString(dir.resolve("data/x"), "old");
    DemoFolder.prepare(dir);
    assertThat(dir.resolve("data")).doesNotExist();
  }

  @Test
  void aFolderWithOtherFilesIsLeftAlone() throws IOException {
    Path own = parent.resolve("thesis.txt");
    Files.writeString(own, "years of work");
    assertThatThrownBy(() -> DemoFolder.prepare(parent)).hasMessageContaining("other files");
    assertThat(own).hasContent("years of work");
  }
}
