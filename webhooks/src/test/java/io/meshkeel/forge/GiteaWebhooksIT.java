package io.meshkeel.forge;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.reconcile.RepositoryEvent.BranchMoved;
import io.meshkeel.reconcile.RepositoryEvent.PullRequestChanged;
import io.meshkeel.testbed.GiteaApi;
import io.meshkeel.testbed.SharedServers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries of a real Gitea. */
class GiteaWebhooksIT {
  private final GiteaApi gitea = SharedServers.gitea().api();
  private final String repository = SharedServers.newRepository();
  private WebhookServer server;
  private long hook;

  @BeforeEach
  void start() throws Exception {
    server =
        new WebhookServer(
            new GiteaWebhooks.Options(
                RepositoryPath.parse(repository), () -> WebhookServer.SECRET));
    gitea.commit(repository, "main", "Begin", Map.of("README.md", "begin\n"));
    hook = gitea.createWebhook(repository, server.address(), WebhookServer.SECRET);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aPushToABranchArrivesAsBranchMoved() {
    gitea.commit(repository, "main", "Change", Map.of("a.txt", "1\n"));

    await().untilAsserted(() -> assertThat(server.events).contains(new BranchMoved("main")));
    assertThat(server.failures()).isEmpty();
  }

  @Test
  void aPullRequestArrivesWhenItIsOpenedAndWhenItsHeadMoves() {
    gitea.commitToNewBranch(repository, "main", "topic", "Propose", Map.of("b.txt", "1\n"));
    long number = gitea.openPullRequest(repository, "A proposal", "topic", "main");
    await().untilAsserted(() -> assertThat(server.events).contains(new PullRequestChanged(number)));

    server.events.clear();
    gitea.commit(repository, "topic", "Propose more", Map.of("b.txt", "2\n"));

    await()
        .untilAsserted(() ->
            assertThat(server.events)
                .contains(new PullRequestChanged(number), new BranchMoved("topic")));
  }

  @Test
  void theTestButtonOfTheForgeIsTaken() {
    gitea.send("POST", "/repos/" + repository + "/hooks/" + hook + "/tests");

    await()
        // The first commit may be told too: Gitea tells of it when it comes to it.
        .untilAsserted(
            () -> assertThat(server.events).isNotEmpty().containsOnly(new BranchMoved("main")));
    assertThat(server.failures()).isEmpty();
  }
}
