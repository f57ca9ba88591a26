package io.meshkeel.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.Revision;
import io.meshkeel.report.CommitStatus;
import io.meshkeel.report.Forge;
import io.meshkeel.report.ForgeContract;
import io.meshkeel.report.ForgeException;
import io.meshkeel.report.PullRequest;
import io.meshkeel.testbed.SharedServers;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of forges on a real Gitea. */
class GiteaForgeIT extends ForgeContract {
  private final String repository = SharedServers.newRepository();
  private final GiteaForge forge = forge(SharedServers.gitea().token());

  private GiteaForge forge(String token) {
    return new GiteaForge(
        new GiteaApi(SharedServers.gitea().url(), () -> token), RepositoryPath.parse(repository));
  }

  @AfterEach
  void stop() {
    forge.close();
  }

  @Override
  protected Forge forge() {
    return forge;
  }

  @Override
  protected Revision commit() {
    String name = SharedServers.newName("file");
    return new Revision(
        SharedServers.gitea().api().commit(repository, "main", "Add " + name, Map.of(name, "x\n")));
  }

  @Override
  protected PullRequest openPullRequest() {
    commit();
    String sha =
        SharedServers.gitea()
            .api()
            .commitToNewBranch(repository, "main", "topic", "Propose", Map.of("b.txt", "1\n"));
    long number =
        SharedServers.gitea().api().openPullRequest(repository, "A proposal", "topic", "main");
    return new PullRequest(number, new Revision(sha), "main", false);
  }

  @Test
  void aWrongTokenIsRefusedForGoodAndNotRepeated() {
    String token = "0123456789012345678901234567890123456789";
    try (GiteaForge stranger = forge(token)) {
      assertThatThrownBy(() ->
              stranger.post(
                  commit(),
                  new CommitStatus("a", CommitStatus.State.ERROR, "b", URI.create("http://c"))))
          .isInstanceOfSatisfying(
              ForgeException.class, failure -> assertThat(failure.retryable()).isFalse())
          .hasMessageContaining("token")
          .hasMessageNotContaining(token);
    }
  }

  @Test
  void aCommitThatIsNotThereIsRefusedForGood() {
    commit();
    assertThatThrownBy(() -> forge.statuses(new Revision("0".repeat(39) + "1")))
        .isInstanceOfSatisfying(
            ForgeException.class, failure -> assertThat(failure.retryable()).isFalse());
  }
}
