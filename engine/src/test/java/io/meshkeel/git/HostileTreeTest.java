package io.meshkeel.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.git.OriginRepository.RawEntry;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileTreeTest {
  @TempDir Path directory;

  static Stream<Arguments> hostileEntries() {
    return Stream.of(
        Arguments.of(new RawEntry("link.yaml", FileMode.SYMLINK, "/etc/passwd"), "symbolic link"),
        Arguments.of(new RawEntry("sub", FileMode.GITLINK, ""), "submodule"),
        Arguments.of(new RawEntry("..", FileMode.TREE, "x"), "another folder"),
        Arguments.of(new RawEntry(".", FileMode.REGULAR_FILE, "x"), "another folder"),
        Arguments.of(new RawEntry(".GIT", FileMode.TREE, "x"), "belongs to Git"),
        Arguments.of(new RawEntry("a/../b.yaml", FileMode.REGULAR_FILE, "x"), "separator"),
        Arguments.of(new RawEntry("a\\b.yaml", FileMode.REGULAR_FILE, "x"), "separator"),
        Arguments.of(new RawEntry("a\nb.yaml", FileMode.REGULAR_FILE, "x"), "control"),
        Arguments.of(new RawEntry("a\u202Eb.yaml", FileMode.REGULAR_FILE, "x"), "invisible"),
        Arguments.of(
            new RawEntry(new byte[] {'a', (byte) 0xff}, FileMode.REGULAR_FILE, "x"), "no UTF-8"),
        Arguments.of(new RawEntry("n".repeat(256), FileMode.REGULAR_FILE, "x"), "longer than 255"));
  }

  @ParameterizedTest
  @MethodSource("hostileEntries")
  void aHostileEntryIsNamedAndLeftOutWhileTheRestIsRead(RawEntry entry, String why)
      throws Exception {
    Snapshot snapshot =
        snapshot(List.of(entry, new RawEntry("good.yaml", FileMode.REGULAR_FILE, "x")));
    assertThat(snapshot.files()).extracting("path").containsExactly("meshes/good.yaml");
    assertThat(snapshot.problems()).hasSize(1);
    Finding finding = snapshot.problems().getFirst();
    assertThat(finding.message()).contains(why);
    assertThat(finding.ruleId()).isEqualTo(TreeLister.UNSAFE_ENTRY);
    assertThat(finding.oneLine()).startsWith("meshes/").doesNotContain("\n", "\u202E");
  }

  @Test
  void theLongestNameIsRead() throws Exception {
    assertThat(
            snapshot(List.of(new RawEntry("n".repeat(255), FileMode.REGULAR_FILE, "x"))).problems())
        .isEmpty();
  }

  @Test
  void namesThatDifferByCaseOnlyAreRefusedButForTheFirst() throws Exception {
    Snapshot snapshot =
        snapshot(
            List.of(
                new RawEntry("A.yaml", FileMode.REGULAR_FILE, "x"),
                new RawEntry("a.yaml", FileMode.REGULAR_FILE, "y")));
    assertThat(snapshot.files()).extracting("path").containsExactly("meshes/A.yaml");
    assertThat(snapshot.problems().getFirst().message()).contains("A.yaml", "case");
  }

  @Test
  void anExecutableFileIsJustAFile() throws Exception {
    assertThat(snapshot(List.of(new RawEntry("x.yaml", FileMode.EXECUTABLE_FILE, "x"))).files())
        .hasSize(1);
  }

  @Test
  void problemsStayWhenTheFolderDidNotChange() throws Exception {
    try (OriginRepository origin = new OriginRepository(directory.resolve("origin.git"));
        GitMirror mirror = GitMirror.open(directory.resolve("data"), origin.remote())) {
      Revision hostile =
          origin.commitRaw(
              "refs/heads/main",
              List.of(new RawEntry("link.yaml", FileMode.SYMLINK, "/etc/passwd")));
      mirror.fetchBranch();
      assertThat(mirror.snapshot(hostile).problems()).hasSize(1);
      Revision next = origin.commit(Map.of("waivers/w.yaml", "x"));
      mirror.fetchBranch();
      assertThat(mirror.snapshot(next).problems()).hasSize(1);
    }
  }

  @Test
  void asManyFilesAsAllowedAreReadAndOneMoreIsRefused() throws Exception {
    assertThat(snapshot(files(3), new SnapshotLimits(3, 1000, 5)).files()).hasSize(3);
    assertThatThrownBy(() -> snapshot(files(4), new SnapshotLimits(3, 1000, 5), "other"))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("3 files");
  }

  @Test
  void asManyBytesAsAllowedAreReadAndOneMoreIsRefused() throws Exception {
    List<RawEntry> ten = List.of(new RawEntry("x", FileMode.REGULAR_FILE, "0123456789"));
    assertThat(snapshot(ten, new SnapshotLimits(3, 10, 5)).files()).hasSize(1);
    assertThatThrownBy(() -> snapshot(ten, new SnapshotLimits(3, 9, 5), "other"))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("at most 3 and 9");
  }

  @Test
  void foldersNestedTooDeeplyAreRefused() throws Exception {
    try (OriginRepository origin = new OriginRepository(directory.resolve("origin.git"));
        GitMirror mirror =
            GitMirror.open(
                directory.resolve("data"), origin.remote(), new SnapshotLimits(9, 99, 3))) {
      Revision allowed = origin.commit(Map.of("meshes/a/b/x.yaml", "x"));
      Revision tooDeep = origin.commit(Map.of("meshes/a/b/c/x.yaml", "x"));
      mirror.fetchBranch();
      assertThat(mirror.snapshot(allowed).files()).hasSize(1);
      assertThatThrownBy(() -> mirror.snapshot(tooDeep)).hasMessageContaining("3 levels");
    }
  }

  private static List<RawEntry> files(int count) {
    List<RawEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(
          new RawEntry(("f" + i).getBytes(StandardCharsets.UTF_8), FileMode.REGULAR_FILE, "x"));
    }
    return entries;
  }

  private Snapshot snapshot(List<RawEntry> entries) throws Exception {
    return snapshot(entries, SnapshotLimits.DEFAULT);
  }

  private Snapshot snapshot(List<RawEntry> entries, SnapshotLimits limits) throws Exception {
    return snapshot(entries, limits, "repo");
  }

  private Snapshot snapshot(List<RawEntry> entries, SnapshotLimits limits, String name)
      throws Exception {
    try (OriginRepository origin = new OriginRepository(directory.resolve(name + ".git"));
        GitMirror mirror = GitMirror.open(directory.resolve("data"), origin.remote(), limits)) {
      Revision revision = origin.commitRaw("refs/heads/main", entries);
      mirror.fetchBranch();
      return mirror.snapshot(revision);
    }
  }
}
