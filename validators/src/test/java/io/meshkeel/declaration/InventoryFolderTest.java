package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.meshkeel.model.ClusterName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryFolderTest {
  private static final String POD =
      "apiVersion: v1\nkind: Pod\nmetadata: {namespace: a, name: a}\n";

  @TempDir private Path folder;

  @Test
  void filesOfAllDepthsAreReadAndHiddenOnesLeftAlone() throws IOException {
    Files.createDirectories(folder.resolve("east/more"));
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve("east/more/a.yaml"), POD);
    Files.writeString(folder.resolve(".git/b.yaml"), "a: [");
    Files.writeString(folder.resolve("notes.txt"), "a: [");
    InventoryReading reading = InventoryFolder.read(folder);
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.inventory().of(new ClusterName("east")).orElseThrow().objects()).hasSize(1);
  }

  @Test
  void aFolderThatIsNoneIsSaid() {
    assertThatIOException()
        .isThrownBy(() -> InventoryFolder.read(folder.resolve("nowhere")))
        .withMessageContaining("nowhere is no folder");
  }

  @Test
  void aSymbolicLinkIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("east.yaml"), folder.resolve("elsewhere"));
    assertThatIOException()
        .isThrownBy(() -> InventoryFolder.read(folder))
        .withMessageContaining("is a symbolic link");
  }
}
