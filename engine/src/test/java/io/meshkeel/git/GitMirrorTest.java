package io.meshkeel.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitMirrorTest {
  private static final Revision UNKNOWN = new Revision("0123456789".repeat(4));

  @TempDir Path directory;
  private OriginRepository origin;
  private GitMirror mirror;

  @BeforeEach
  void open() throws Exception {
    origin = new OriginRepository(directory.resolve("origin.git"));
    mirror = GitMirror.open(directory.resolve("data"), origin.remote());
  }

  @AfterEach
  void close() throws IOException {
    mirror.close();
    origin.close();
  }

  @Test
  void aFetchBringsTheNewestCommitOfTheBranch() throws Exception {
    Revision first = origin.commit(Map.of("meshes/a/mesh.yaml", "a"));
    assertThat(mirror.head()).isEmpty();
    assertThat(mirror.fetchBranch()).isEqualTo(first);
    Revision second = origin.commit(Map.of("meshes/a/mesh.yaml", "b"));
    assertThat(mirror.fetchBranch()).isEqualTo(second);
    assertThat(mirror.head()).contains(second);
  }

  @Test
  void aForcePushIsFollowed() throws Exception {
    Revision first = origin.commit(Map.of("meshes/x.yaml", "1"));
    origin.commit(Map.of("meshes/x.yaml", "2"));
    mirror.fetchBranch();
    origin.set("refs/heads/main", first);
    assertThat(mirror.fetchBranch()).isEqualTo(first);
  }

  @Test
  void anEmptyRepositoryIsAnErrorThatNamesBranchAndPlace() {
    assertThatThrownBy(mirror::fetchBranch)
        .isInstanceOf(GitException.class)
        .hasMessageContaining("branch main")
        .hasMessageContaining("origin.git");
  }

  @Test
  void aRemoteThatIsGoneIsAnErrorAndTheMirrorStaysReadable() throws Exception {
    Revision first = origin.commit(Map.of("meshes/x.yaml", "1"));
    mirror.fetchBranch();
    Files.move(directory.resolve("origin.git"), directory.resolve("moved.git"));
    assertThatThrownBy(mirror::fetchBranch).isInstanceOf(GitException.class);
    assertThat(mirror.head()).contains(first);
    assertThat(paths(mirror.snapshot(first))).containsExactly("meshes/x.yaml");
  }

  @Test
  void onlyTheFoldersOfDeclarationsAreListedInTheOrderOfPaths() throws Exception {
    Revision revision =
        origin.commit(
            Map.of(
                "README.md", "x",
                "src/meshes/a.yaml", "x",
                "meshes/b/z.yaml", "x",
                "meshes/b.yaml", "x",
                "meshes/b/a.yaml", "x",
                "waivers/w.yaml", "x",
                "policies/p.rego", "x",
                ".meshkeelignore", "x"));
    mirror.fetchBranch();
    assertThat(paths(mirror.snapshot(revision)))
        .containsExactly(
            ".meshkeelignore",
            "meshes/b.yaml",
            "meshes/b/a.yaml",
            "meshes/b/z.yaml",
            "policies/p.rego",
            "waivers/w.yaml");
  }

  @Test
  void theContentIsThatOfTheRevisionWhateverTheBranchHolds() throws Exception {
    Revision old = origin.commit(Map.of("meshes/x.yaml", "old text"));
    mirror.fetchBranch();
    Revision changed = origin.commit(Map.of("meshes/x.yaml", "new"));
    mirror.fetchBranch();
    assertThat(text(mirror.snapshot(old))).isEqualTo("old text");
    assertThat(text(mirror.snapshot(changed))).isEqualTo("new");
    assertThat(mirror.snapshot(old).revision()).contains(old);
  }

  @Test
  void anEmptyFileIsRead() throws Exception {
    Revision revision =
        origin.commitRaw(
            "refs/heads/main",
            List.of(
                new OriginRepository.RawEntry(
                    "x.yaml", org.eclipse.jgit.lib.FileMode.REGULAR_FILE, "")));
    mirror.fetchBranch();
    assertThat(text(mirror.snapshot(revision))).isEmpty();
  }

  @Test
  void aFileThatClaimsToBeSmallerThanItIsIsRefused() throws Exception {
    Revision revision = origin.commit(Map.of("meshes/x.yaml", "0123456789"));
    mirror.fetchBranch();
    Snapshot snapshot = mirror.snapshot(revision);
    SourceFile file = snapshot.files().getFirst();
    SourceFile lying = new SourceFile(file.path(), file.contentId(), 3);
    assertThatThrownBy(() -> snapshot.content(lying))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("meshes/x.yaml");
  }

  @Test
  void filesThatDidNotChangeAreTheSameInstancesAgain() throws Exception {
    Revision first = origin.commit(Map.of("meshes/a/1.yaml", "1", "meshes/b/2.yaml", "2"));
    mirror.fetchBranch();
    List<SourceFile> before = mirror.snapshot(first).files();
    Revision second = origin.commit(Map.of("meshes/b/3.yaml", "3"));
    mirror.fetchBranch();
    List<SourceFile> after = mirror.snapshot(second).files();
    assertThat(after.get(0)).isSameAs(before.get(0));
    assertThat(after.get(1)).isSameAs(before.get(1));
    assertThat(after.get(2).path()).isEqualTo("meshes/b/3.yaml");
  }

  @Test
  void aRemovedFileIsGoneFromTheNextSnapshot() throws Exception {
    Revision first = origin.commit(Map.of("meshes/a.yaml", "1", "meshes/b.yaml", "2"));
    mirror.fetchBranch();
    mirror.snapshot(first);
    Revision second = origin.commit(Map.of("meshes/a.yaml", ""));
    mirror.fetchBranch();
    assertThat(paths(mirror.snapshot(second))).containsExactly("meshes/b.yaml");
  }

  @Test
  void aRevisionThatTheMirrorLacksIsAnError() {
    assertThatThrownBy(() -> mirror.snapshot(UNKNOWN))
        .isInstanceOf(GitException.class)
        .hasMessageContaining(UNKNOWN.abbreviated());
    assertThat(mirror.contains(UNKNOWN)).isFalse();
  }

  @Test
  void aPullRequestIsFetchedByItsNumber() throws Exception {
    origin.commit(Map.of("meshes/a.yaml", "1"));
    Revision head =
        origin.commit("refs/pull/7/head", "refs/heads/main", Map.of("meshes/a.yaml", "2"));
    mirror.fetchBranch();
    assertThat(mirror.contains(head)).isFalse();
    assertThat(mirror.fetchPullRequest(7)).isEqualTo(head);
    assertThat(text(mirror.snapshot(head))).isEqualTo("2");
  }

  @Test
  void aPullRequestThatIsNotThereIsAnError() throws Exception {
    origin.commit(Map.of("meshes/a.yaml", "1"));
    assertThatThrownBy(() -> mirror.fetchPullRequest(8))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("pull request 8");
    assertThatThrownBy(() -> mirror.fetchPullRequest(-1)).isInstanceOf(GitException.class);
  }

  @Test
  void whereTwoHistoriesPartedIsTheirNewestCommonAncestor() throws Exception {
    origin.commit(Map.of("meshes/a.yaml", "1"));
    Revision parted = origin.commit(Map.of("meshes/a.yaml", "2"));
    Revision proposed =
        origin.commit("refs/pull/7/head", "refs/heads/main", Map.of("meshes/b.yaml", "1"));
    Revision head = origin.commit(Map.of("meshes/a.yaml", "3"));
    mirror.fetchBranch();
    mirror.fetchPullRequest(7);
    assertThat(mirror.mergeBase(proposed, head)).contains(parted);
    assertThat(mirror.mergeBase(parted, head)).contains(parted);
    assertThat(mirror.mergeBase(UNKNOWN, head)).isEmpty();
    origin.dropHistory();
    assertThat(mirror.mergeBase(proposed, mirror.fetchBranch())).isEmpty();
  }

  @Test
  void theRevisionsBetweenTwoHeadsAreListedNewestFirst() throws Exception {
    Revision one = origin.commit(Map.of("meshes/a.yaml", "1"));
    Revision two = origin.commit(Map.of("meshes/a.yaml", "2"));
    Revision three = origin.commit(Map.of("meshes/a.yaml", "3"));
    Revision four = origin.commit(Map.of("meshes/a.yaml", "4"));
    mirror.fetchBranch();
    assertThat(mirror.between(one, four)).containsExactly(three, two);
    assertThat(mirror.between(three, four)).isEmpty();
    assertThat(mirror.between(four, four)).isEmpty();
    assertThat(mirror.between(UNKNOWN, four)).isEmpty();
  }

  @Test
  void anAppliedRevisionSurvivesAForcePush() throws Exception {
    MeshName mesh = new MeshName("shop");
    ClusterName cluster = new ClusterName("east");
    Revision base = origin.commit(Map.of("meshes/a.yaml", "1"));
    Revision applied = origin.commit(Map.of("meshes/a.yaml", "2"));
    mirror.fetchBranch();
    assertThat(mirror.pinned(mesh, cluster)).isEmpty();
    mirror.pin(mesh, cluster, applied);
    mirror.pin(mesh, cluster, applied);
    origin.set("refs/heads/main", base);
    mirror.fetchBranch();
    mirror.close();
    mirror = GitMirror.open(directory.resolve("data"), origin.remote());
    assertThat(mirror.pinned(mesh, cluster)).contains(applied);
    assertThat(text(mirror.snapshot(applied))).isEqualTo("2");
    mirror.pin(mesh, cluster, base);
    assertThat(mirror.pinned(mesh, cluster)).isEqualTo(Optional.of(base));
    assertThat(mirror.pins()).containsExactly(new Pin(mesh, cluster, base));
    mirror.unpin(mesh, cluster);
    mirror.unpin(mesh, cluster);
    assertThat(mirror.pins()).isEmpty();
  }

  @Test
  void aMirrorInUseIsNotOpenedTwice() {
    assertThatThrownBy(() -> GitMirror.open(directory.resolve("data"), origin.remote()))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void lockFilesLeftByAKilledProcessDoNotBlockTheNext() throws Exception {
    origin.commit(Map.of("meshes/a.yaml", "1"));
    mirror.fetchBranch();
    mirror.close();
    Path refs;
    try (Stream<Path> all = Files.walk(directory.resolve("data"))) {
      refs = all.filter(p -> p.endsWith("refs/heads")).findFirst().orElseThrow();
    }
    Files.createFile(refs.resolve("main.lock"));
    Revision second = origin.commit(Map.of("meshes/a.yaml", "2"));
    mirror = GitMirror.open(directory.resolve("data"), origin.remote());
    assertThat(mirror.fetchBranch()).isEqualTo(second);
  }

  @Test
  void manyFetchesAreRepackedWithoutLosingAnything() throws Exception {
    Revision first = origin.commit(Map.of("meshes/a.yaml", "0"));
    mirror.fetchBranch();
    for (int i = 1; i <= GitMirror.DEFAULT_MAX_PACKS + 2; i++) {
      origin.commit(Map.of("meshes/a.yaml", "text " + i));
      mirror.fetchBranch();
    }
    mirror.tidy();
    mirror.tidy();
    assertThat(text(mirror.snapshot(first))).isEqualTo("0");
    assertThat(text(mirror.snapshot(mirror.head().orElseThrow()))).startsWith("text");
  }

  private static List<String> paths(Snapshot snapshot) {
    return snapshot.files().stream().map(SourceFile::path).toList();
  }

  private static String text(Snapshot snapshot) throws IOException {
    return new String(snapshot.content(snapshot.files().getFirst()), StandardCharsets.UTF_8);
  }
}
