package io.meshkeel.app.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.declaration.InventoryWriter;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderTest {
  @TempDir private Path parent;

  private static Map<String, String> files(String cluster) {
    Map<String, String> files =
        InventoryWriter.write(
            "",
            List.of(ClusterInventory.of(new ClusterName(cluster), Set.of(), List.of())),
            Map.of());
    files.put(cluster + "/pod.yaml", "a");
    return files;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> list = Files.walk(parent)) {
      return list.map(path -> parent.relativize(path).toString()).sorted().toList();
    }
  }

  @Test
  void aSnapshotIsReplacedAsAWhole() throws Exception {
    Path folder = parent.resolve("new/one");
    SnapshotFolder.check(folder).write(files("east"));
    assertThat(names())
        .containsExactly(
            "", "new", "new/one", "new/one/east", "new/one/east/pod.yaml", "new/one/index.yaml");
    SnapshotFolder.check(folder).write(files("west"));
    assertThat(names()).contains("new/one/west").doesNotContain("new/one/east").hasSize(6);
  }

  @Test
  void anEmptyFolderIsFilled() throws Exception {
    Path folder = Files.createDirectory(parent.resolve("empty"));
    SnapshotFolder.check(folder).write(files("east"));
    assertThat(folder.resolve("east/pod.yaml")).hasContent("a");
  }

  @Test
  void whatIsNoSnapshotIsLeftAlone() throws Exception {
    Files.writeString(parent.resolve("index.yaml"), "title: my pages\n");
    CommandException refusal =
        catchThrowableOfType(CommandException.class, () -> SnapshotFolder.check(parent));
    assertThat(refusal).hasMessageContaining("holds 'index.yaml', which no snapshot put there");
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(
            catchThrowableOfType(
                CommandException.class, () -> SnapshotFolder.check(parent.resolve("index.yaml"))))
        .hasMessageContaining("is no folder");
  }

  @Test
  void aSnapshotWithSomethingAddedIsLeftAlone() throws Exception {
    Path folder = parent.resolve("one");
    SnapshotFolder.check(folder).write(files("east"));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThat(catchThrowableOfType(CommandException.class, () -> SnapshotFolder.check(folder)))
        .hasMessageContaining("'notes.txt'");
  }

  @Test
  void whatCannotBeWrittenLeavesNothingBehind() throws Exception {
    Path folder = parent.resolve("one");
    SnapshotFolder.check(folder).write(files("east"));
    Map<String, String> bad = files("west");
    bad.put("west", "a file where a folder must be");
    assertThat(
            catchThrowableOfType(
                CommandException.class, () -> SnapshotFolder.check(folder).write(bad)))
        .hasMessageContaining("can't be written");
    assertThat(folder.resolve("east/pod.yaml")).hasContent("a");
    assertThat(names()).noneMatch(name -> name.startsWith("."));
  }
}
