package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySnapshotTest {
  @TempDir private Path root;

  private void write(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static List<String> paths(Snapshot snapshot) {
    return snapshot.files().stream().map(SourceFile::path).toList();
  }

  @Test
  void listsWhatMayHoldDeclarationsInTheOrderOfPaths() throws IOException {
    write("meshes/shop/z.yaml", "z");
    write("meshes/shop/a.yml", "a");
    write("meshes/shop/README.md", "no");
    write("waivers/w.yaml", "w");
    write("policies/own/rule.rego", "r");
    write(".meshkeelignore", "i");
    write("other/x.yaml", "no");
    Snapshot snapshot = DirectorySnapshot.of(root);
    assertThat(paths(snapshot))
        .containsExactly(
            ".meshkeelignore",
            "meshes/shop/a.yml",
            "meshes/shop/z.yaml",
            "policies/own/rule.rego",
            "waivers/w.yaml");
    assertThat(snapshot.revision()).isEmpty();
    assertThat(snapshot.problems()).isEmpty();
  }

  @Test
  void theContentIdFollowsTheContent() throws IOException {
    write("meshes/a.yaml", "one");
    write("meshes/b.yaml", "one");
    write("meshes/c.yaml", "two");
    List<SourceFile> files = DirectorySnapshot.of(root).files();
    assertThat(files.get(0).contentId()).isEqualTo(files.get(1).contentId()).hasSize(64);
    assertThat(files.get(0).contentId()).isNotEqualTo(files.get(2).contentId());
    assertThat(files.get(0).size()).isEqualTo(3);
  }

  @Test
  void staysWhatItWas() throws IOException {
    write("meshes/a.yaml", "before");
    Snapshot snapshot = DirectorySnapshot.of(root);
    write("meshes/a.yaml", "after");
    assertThat(snapshot.content(snapshot.files().getFirst())).asString().isEqualTo("before");
  }

  @Test
  void aSymbolicLinkIsAFindingAndNotFollowed() throws IOException {
    write("secret.yaml", "secret");
    write("meshes/shop/a.yaml", "a");
    Files.createSymbolicLink(root.resolve("meshes/shop/link.yaml"), root.resolve("secret.yaml"));
    Files.createSymbolicLink(root.resolve("meshes/shop/folder"), root);
    Snapshot snapshot = DirectorySnapshot.of(root);
    assertThat(paths(snapshot)).containsExactly("meshes/shop/a.yaml");
    assertThat(Tree.ids(snapshot.problems())).containsExactly("D027", "D027");
    assertThat(snapshot.problems()).extracting(Finding::message).allMatch(m -> m.contains("link"));
  }

  @Test
  void aLinkInPlaceOfMeshesIsRefused() throws IOException {
    Files.createDirectories(root.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve("meshes"), root.resolve("elsewhere"));
    assertThat(Tree.ids(DirectorySnapshot.of(root).problems())).containsExactly("D027");
  }

  @Test
  void aNameWithControlCharactersIsRefused() throws IOException {
    write("meshes/a\nb.yaml", "a");
    Snapshot snapshot = DirectorySnapshot.of(root);
    assertThat(snapshot.files()).isEmpty();
    assertThat(Tree.ids(snapshot.problems())).containsExactly("D027");
    assertThat(snapshot.problems().getFirst().oneLine()).doesNotContain("\n");
  }

  @Test
  void aFileAboveTheLimitIsListedAndItsContentRefused() throws IOException {
    write("meshes/a.yaml", "12345");
    write("meshes/b.yaml", "123456");
    Limits limits = new Limits(5, 100, 10, 1, 1, 1, 1, 1, 1);
    Snapshot snapshot = DirectorySnapshot.of(root, limits);
    assertThat(snapshot.content(snapshot.files().get(0))).hasSize(5);
    assertThatThrownBy(() -> snapshot.content(snapshot.files().get(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("meshes/b.yaml");
  }

  @Test
  void moreFilesThanTheLimitAreAFinding() throws IOException {
    Limits limits = new Limits(100, 100, 2, 1, 1, 1, 1, 1, 1);
    write("meshes/a.yaml", "");
    write("meshes/b.yaml", "");
    assertThat(DirectorySnapshot.of(root, limits).problems()).isEmpty();
    write("meshes/c.yaml", "");
    assertThat(Tree.ids(DirectorySnapshot.of(root, limits).problems())).containsExactly("D002");
  }

  @Test
  void aFolderThatIsNoneIsRefused() throws IOException {
    write("file", "x");
    assertThatThrownBy(() -> DirectorySnapshot.of(root.resolve("file")))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> DirectorySnapshot.of(root.resolve("missing")))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void anEmptyFolderHoldsNothing() throws IOException {
    assertThat(DirectorySnapshot.of(root).files()).isEmpty();
  }
}
