package io.meshkeel.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkingCopyTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void commitTwice() throws IOException, GitAPIException {
    GitSettings.isolate();
    try (Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
      commit(git, "meshes/a.yaml", "old");
      commit(git, "team/meshes/b.yaml", "below");
      commit(git, "meshes/a.yaml", "newer");
    }
    Files.writeString(folder.resolve("meshes/a.yaml"), "not committed");
  }

  private void commit(Git git, String path, String content) throws IOException, GitAPIException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    git.add().addFilepattern(path).call();
    git.commit()
        .setMessage(path)
        .setSign(false)
        .setAuthor("a", "a@example.com")
        .setCommitter("a", "a@example.com")
        .call();
  }

  private static String content(Snapshot snapshot, String path) throws IOException {
    for (SourceFile file : snapshot.files()) {
      if (file.path().equals(path)) {
        return new String(snapshot.content(file), StandardCharsets.UTF_8);
      }
    }
    return "(none)";
  }

  @Test
  void aCommitIsReadAsItWas() throws Exception {
    try (WorkingCopy copy = WorkingCopy.around(folder)) {
      assertThat(content(copy.at("HEAD"), "meshes/a.yaml")).isEqualTo("newer");
      assertThat(content(copy.at("main~2"), "meshes/a.yaml")).isEqualTo("old");
    }
    assertThat(Files.readString(folder.resolve("meshes/a.yaml"))).isEqualTo("not committed");
  }

  @Test
  void aFolderBelowTheRootIsItsOwnRoot() throws Exception {
    try (WorkingCopy copy = WorkingCopy.around(folder.resolve("team"))) {
      assertThat(content(copy.at("HEAD"), "meshes/b.yaml")).isEqualTo("below");
      assertThatThrownBy(() -> copy.at("HEAD~2"))
          .isInstanceOf(GitException.class)
          .hasMessageContaining("has no folder team");
    }
  }

  @Test
  void aCommitThatThereIsNotIsTold() throws Exception {
    try (WorkingCopy copy = WorkingCopy.around(folder)) {
      assertThatThrownBy(() -> copy.at("nowhere"))
          .isInstanceOf(GitException.class)
          .hasMessageContaining("there is no commit 'nowhere'. Fix:");
      assertThatThrownBy(() -> copy.at("a..b")).isInstanceOf(GitException.class);
    }
  }

  @Test
  void aFolderOfNoRepositoryIsTold(@TempDir Path elsewhere) {
    assertThatThrownBy(() -> WorkingCopy.around(elsewhere))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("is in no Git repository");
  }
}
