package io.meshkeel.testbed;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What Gitea does for tests, demo and benchmark, however it is run. */
abstract class GiteaContract {
  abstract Gitea gitea();

  private GiteaApi api() {
    return gitea().api();
  }

  private String newRepository() {
    return api().createRepository(SharedServers.newName("contract"));
  }

  @Test
  void filesOfOneCommitAreCreatedChangedAndDeleted() {
    String repository = newRepository();

    String first =
        api().commit(repository, "main", "Add", Map.of("a/b.yaml", "x: 1\n", "c.txt", "c"));
    String second =
        api().commit(repository, "main", "Change", Map.of("a/b.yaml", "x: 2\n", "c.txt", ""));

    assertThat(api().head(repository, "main")).isEqualTo(second).isNotEqualTo(first);
    assertThat(
            api()
                .send("GET", "/repos/" + repository + "/git/trees/main?recursive=true")
                .path("tree")
                .findValuesAsText("path"))
        .containsExactlyInAnyOrder("a", "a/b.yaml");
  }

  @Test
  void theNewestStatusOfAContextCounts() {
    String repository = newRepository();
    String commit = api().commit(repository, "main", "Add", Map.of("a", "a"));
    for (String state : List.of("pending", "success")) {
      api()
          .send(
              "POST",
              "/repos/" + repository + "/statuses/" + commit,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("context", "meshkeel/policy")
                  .put("state", state)
                  .put("description", "is " + state)
                  .put("target_url", "http://127.0.0.1/run"));
    }

    assertThat(api().statuses(repository, commit))
        .containsExactly(
            Map.entry(
                "meshkeel/policy",
                new GiteaApi.Status(
                    "meshkeel/policy", "success", "is success", "http://127.0.0.1/run")));
    assertThat(api().statusHistory(repository, commit)).hasSize(2);
  }

  @Test
  void aPushCallsAWebhookOnLoopbackWithASignature() throws Exception {
    String repository = newRepository();
    List<String> signatures = new CopyOnWriteArrayList<>();
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          signatures.add(exchange.getRequestHeaders().getFirst("X-Gitea-Signature"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      URI hook = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
      api().createWebhook(repository, hook, "a secret");

      String commit = api().commit(repository, "main", "Add", Map.of("a", "a"));

      await().untilAsserted(() -> assertThat(bodies).anyMatch(body -> body.contains(commit)));
      assertThat(signatures).allMatch(signature -> signature.matches("[0-9a-f]{64}"));
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void aPullRequestIsOpenedAndMerged() {
    String repository = newRepository();
    api().commit(repository, "main", "Add", Map.of("a", "a"));
    String change =
        api().commitToNewBranch(repository, "main", "topic", "Change", Map.of("a", "b"));

    long number = api().openPullRequest(repository, "A change", "topic", "main");
    String headOfMain = api().head(repository, "main");
    // Gitea works out in the background whether it can be merged.
    await()
        .ignoreException(TestbedException.class)
        .until(() -> {
          api().mergePullRequest(repository, number);
          return true;
        });

    assertThat(headOfMain).isNotEqualTo(change);
    assertThat(
            api()
                .send("GET", "/repos/" + repository + "/pulls/" + number)
                .path("merged")
                .asBoolean())
        .isTrue();
  }

  @Test
  void anotherUserHasNoRightUntilHeIsACollaborator() throws Exception {
    String repository = newRepository();
    api().commit(repository, "main", "Add", Map.of("a", "a"));
    String name = SharedServers.newName("reader");
    api().createUser(name, "a long password");
    GiteaApi other =
        new GiteaApi(gitea().url(), GiteaProcess.newToken(gitea().url(), name, "a long password"));

    assertThatThrownBy(() -> other.commit(repository, "main", "Mine", Map.of("b", "b")))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("403");
    api().addCollaborator(repository, name, "write");

    assertThat(other.commit(repository, "main", "Mine", Map.of("b", "b"))).hasSize(40);
  }

  @Test
  void itsSshServerAnswers() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gitea().sshPort())) {
      socket.setSoTimeout(10_000);
      byte[] banner = socket.getInputStream().readNBytes(4);

      assertThat(new String(banner, StandardCharsets.US_ASCII)).isEqualTo("SSH-");
    }
  }

  @Test
  void anOutageEndsWithTheDataThatWasThere() {
    String repository = newRepository();
    String commit = api().commit(repository, "main", "Add", Map.of("a", "a"));

    gitea().stop();
    assertThatThrownBy(() -> api().head(repository, "main")).isInstanceOf(TestbedException.class);
    gitea().restart();

    assertThat(api().head(repository, "main")).isEqualTo(commit);
  }
}
