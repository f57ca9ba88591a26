package io.meshkeel.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRemoteTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-main",
        "--upload-pack=x",
        "a..b",
        "a b",
        "a:b",
        "x.lock",
        "/main",
        "main/",
        "a\nb",
        "refs/heads/main",
        "HEAD",
        "a@{1}",
        "a*"
      })
  void aBranchNameThatGitDoesNotAllowIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new BranchName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "release/1.31", "feature-x_y"})
  void anOrdinaryBranchNameIsTaken(String name) {
    assertThat(new BranchName(name).ref()).isEqualTo("refs/heads/" + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-x",
        "ext::sh -c id",
        "ftp://host/x.git",
        "relative/path",
        "https://user:secret@host/x.git"
      })
  void aUrlOfAnotherFormOrWithAPasswordIsRefusedWithoutShowingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> remote(url, new GitCredential.None()))
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host/o/r.git",
        "http://127.0.0.1:3000/o/r.git",
        "ssh://git@host:22/o/r.git",
        "git@host:o/r.git",
        "file:///tmp/r.git",
        "/tmp/r.git"
      })
  void theUsualFormsOfUrlsAreTaken(String url) {
    assertThatNoException().isThrownBy(() -> remote(url, new GitCredential.None()));
  }

  @Test
  void aTokenIsNeverPrinted() {
    GitRemote remote =
        remote("https://host/o/r.git", new GitCredential.Token("bot", "s3cr3t-token"));
    assertThat(remote.toString()).doesNotContain("s3cr3t-token").contains("bot");
  }

  @Test
  void anEmptyTokenIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new GitCredential.Token("bot", " "));
  }

  @Test
  void aRemoteThatRefusesTheConnectionIsAnErrorWithoutTheToken(@TempDir Path directory)
      throws Exception {
    GitRemote remote =
        remote("http://127.0.0.1:1/o/r.git", new GitCredential.Token("bot", "s3cr3t-token"));
    try (GitMirror mirror = GitMirror.open(directory, remote)) {
      assertThatThrownBy(mirror::fetchBranch)
          .isInstanceOf(GitException.class)
          .hasMessageContaining("http://127.0.0.1:1/o/r.git")
          .hasMessageNotContaining("s3cr3t-token");
    }
  }

  private static GitRemote remote(String url, GitCredential credential) {
    return new GitRemote(url, new BranchName("main"), credential, Duration.ofSeconds(5));
  }
}
