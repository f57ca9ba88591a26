package io.meshkeel.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.Revision;
import io.meshkeel.model.SourceFile;
import io.meshkeel.testbed.Gitea;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mirror against a real Gitea, over HTTP with a token and over SSH with a key. */
class GitMirrorIT {
  @TempDir Path directory;
  private final Gitea gitea = SharedServers.gitea();
  private String repository;
  private Revision first;

  @BeforeEach
  void commit() {
    repository = SharedServers.newRepository();
    first =
        new Revision(
            gitea.api().commit(repository, "main", "Add", Map.of("meshes/a/mesh.yaml", "x: 1\n")));
  }

  private GitRemote overHttp(String name, GitCredential credential) {
    String base = gitea.url().toString().replaceAll("/$", "");
    return new GitRemote(
        base + "/" + name + ".git", new BranchName("main"), credential, Duration.ofSeconds(20));
  }

  @Test
  void branchAndPullRequestsAreFetchedOverHttpWithAToken() throws Exception {
    GitRemote remote = overHttp(repository, new GitCredential.Token(Gitea.USER, gitea.token()));
    try (GitMirror mirror = GitMirror.open(directory, remote)) {
      assertThat(mirror.fetchBranch()).isEqualTo(first);
      assertThat(mirror.snapshot(first).files())
          .extracting(SourceFile::path)
          .containsExactly("meshes/a/mesh.yaml");
      gitea
          .api()
          .commitToNewBranch(
              repository, "main", "topic", "Change", Map.of("meshes/a/mesh.yaml", "x: 2\n"));
      long number = gitea.api().openPullRequest(repository, "Change", "topic", "main");
      assertThat(mirror.fetchPullRequest(number).sha())
          .isEqualTo(gitea.api().head(repository, "topic"));
      assertThat(mirror.fetchBranch()).isEqualTo(first);
    }
  }

  @Test
  void aTokenThatIsRotatedIsTakenAtTheNextFetch() throws Exception {
    String privateRepository =
        gitea.api().createPrivateRepository(SharedServers.newName("private"));
    gitea.api().commit(privateRepository, "main", "Add", Map.of("meshes/a/mesh.yaml", "x: 1\n"));
    AtomicReference<String> token = new AtomicReference<>("0".repeat(40));
    GitRemote remote = overHttp(privateRepository, new GitCredential.Token(Gitea.USER, token::get));
    try (GitMirror mirror = GitMirror.open(directory, remote)) {
      assertThatThrownBy(mirror::fetchBranch)
          .isInstanceOf(GitException.class)
          .hasMessageNotContaining(token.get());
      token.set(gitea.token());
      assertThat(mirror.fetchBranch().sha()).isEqualTo(gitea.api().head(privateRepository, "main"));
    }
  }

  @Test
  void aWrongTokenIsRefusedWithoutBeingShown() throws Exception {
    String wrong = "0123456789abcdef0123456789abcdef01234567";
    GitRemote remote =
        overHttp("keeper/no-such-repository", new GitCredential.Token(Gitea.USER, wrong));
    try (GitMirror mirror = GitMirror.open(directory, remote)) {
      assertThatThrownBy(mirror::fetchBranch)
          .isInstanceOf(GitException.class)
          .hasMessageContaining("no-such-repository")
          .hasMessageNotContaining(wrong);
    }
  }

  @Test
  void theBranchIsFetchedOverSshWithAKeyFromAKnownServerOnly() throws Exception {
    Path key = directory.resolve("id_ed25519");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
    gitea
        .api()
        .addSshKey(
            SharedServers.newName("key"), Files.readString(key.resolveSibling("id_ed25519.pub")));
    Path unknown = Files.createFile(directory.resolve("nobody_known"));
    try (GitMirror mirror = GitMirror.open(directory.resolve("refused"), overSsh(key, unknown))) {
      assertThatThrownBy(mirror::fetchBranch).isInstanceOf(GitException.class);
    }
    Path known = directory.resolve("known_hosts");
    Files.writeString(
        known, run("ssh-keyscan", "-p", String.valueOf(gitea.sshPort()), "127.0.0.1"));
    try (GitMirror mirror = GitMirror.open(directory.resolve("taken"), overSsh(key, known))) {
      assertThat(mirror.fetchBranch()).isEqualTo(first);
      Files.delete(key);
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString(), "-C", "unknown");
      assertThatThrownBy(mirror::fetchBranch)
          .as("the new key is read, and the forge doesn't know it")
          .isInstanceOf(GitException.class);
    }
  }

  private GitRemote overSsh(Path key, Path knownHosts) {
    return new GitRemote(
        "ssh://git@127.0.0.1:" + gitea.sshPort() + "/" + repository + ".git",
        new BranchName("main"),
        new GitCredential.SshKey(key, knownHosts),
        Duration.ofSeconds(20));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
