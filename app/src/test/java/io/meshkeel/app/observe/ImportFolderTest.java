package io.meshkeel.app.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.CommandRun;
import io.meshkeel.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFolderTest {
  @TempDir private Path folder;

  @Test
  void aNewFolderIsMade() throws Exception {
    ImportFolder.check(folder.resolve("new"), false).write(Map.of("a/b.yaml", "b\n"));
    assertThat(folder.resolve("new/a/b.yaml")).hasContent("b");
  }

  @Test
  void aFolderThatHoldsSomethingIsRefused() throws IOException {
    Files.writeString(folder.resolve("theirs"), "x");
    assertThatThrownBy(() -> ImportFolder.check(folder, false))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_USE))
        .hasMessageContaining("'theirs'", "--force");
  }

  @Test
  void withForceItIsWrittenBesideAndNothingIsDeleted() throws Exception {
    Files.writeString(folder.resolve("theirs"), "x");
    ImportFolder.check(folder, true).write(Map.of("a.yaml", "a\n"));
    assertThat(folder.resolve("theirs")).hasContent("x");
    assertThat(folder.resolve("a.yaml")).hasContent("a");
  }

  @Test
  void anotherContentIsNeverOverwrittenAndThenNothingIsWritten() throws Exception {
    Files.writeString(folder.resolve("b.yaml"), "theirs");
    ImportFolder out = ImportFolder.check(folder, true);
    assertThatThrownBy(() -> out.write(Map.of("a.yaml", "a\n", "b.yaml", "b\n")))
        .hasMessageContaining("holds other content in b.yaml", "nothing is written");
    assertThat(folder.resolve("a.yaml")).doesNotExist();
    assertThat(folder.resolve("b.yaml")).hasContent("theirs");
  }

  @Test
  void aLinkDoesNotLeadOut() throws Exception {
    Path inside = Files.createDirectory(folder.resolve("in"));
    Path outside = Files.createDirectory(folder.resolve("out"));
    Files.createSymbolicLink(inside.resolve("meshes"), outside);
    ImportFolder out = ImportFolder.check(inside, true);
    assertThatThrownBy(() -> out.write(Map.of("meshes/a.yaml", "a\n")))
        .hasMessageContaining("leads out of the folder by a link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void wrongUseSaysWhatToWrite() {
    String out = folder.resolve("x").toString();
    assertThat(CommandRun.of("import", "--mesh", "shop", "--out", out))
        .satisfies(run -> {
          assertThat(run.code()).isEqualTo(ExitCode.WRONG_USE);
          assertThat(run.err()).contains("--from", "--snapshot");
        });
    assertThat(CommandRun.of("import", "--mesh", "Shop!", "--snapshot", ".", "--out", out).err())
        .contains("mesh name");
    assertThat(CommandRun.of("import", "--mesh", "shop", "--from", "/a/B_c", "--out", out).err())
        .contains("NAME=KUBECONFIG");
    assertThat(
            CommandRun.of("import", "--mesh", "shop", "--snapshot", folder.toString(), "--out", out)
                .err())
        .contains("holds no snapshot");
  }
}
