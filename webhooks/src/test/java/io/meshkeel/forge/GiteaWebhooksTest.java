package io.meshkeel.forge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.reconcile.RepositoryEvent;
import io.meshkeel.reconcile.RepositoryEvent.BranchMoved;
import io.meshkeel.reconcile.RepositoryEvent.PullRequestChanged;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GiteaWebhooksTest {
  private WebhookServer server;

  @BeforeEach
  void start() throws Exception {
    server = WebhookServer.start();
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(server.failures()).isEmpty();
    server.close();
  }

  @Test
  void aPushToABranchIsQueued() throws Exception {
    assertThat(server.deliver("push", Payloads.push()).statusCode()).isEqualTo(202);
    assertThat(server.events).isEqualTo(List.of(new BranchMoved("topic")));
  }

  @Test
  void aPullRequestIsQueued() throws Exception {
    assertThat(server.deliver("pull_request", Payloads.pullRequest()).statusCode()).isEqualTo(202);
    assertThat(server.events).isEqualTo(List.of(new PullRequestChanged(1)));
  }

  @Test
  void aPushOfATagIsTakenAndQueuesNothing() throws Exception {
    String tag = new JsonObject(Payloads.push()).put("ref", "refs/tags/v1").encode();

    assertThat(server.deliver("push", tag).statusCode()).isEqualTo(202);
    assertThat(server.events).isEmpty();
  }

  @Test
  void theDeletionOfABranchIsQueuedLikeAMove() throws Exception {
    String deletion =
        new JsonObject(Payloads.push())
            .put("after", "0".repeat(40))
            .putNull("head_commit")
            .putNull("commits")
            .encode();

    assertThat(server.deliver("push", deletion).statusCode()).isEqualTo(202);
    assertThat(server.events).isEqualTo(List.of(new BranchMoved("topic")));
  }

  @Test
  void aDeliveryThatComesTwiceIsQueuedOnce() throws Exception {
    byte[] body = Payloads.push().getBytes(UTF_8);
    Map<String, String> headers = WebhookServer.headers("push", body);

    assertThat(server.send(headers, body).statusCode()).isEqualTo(202);
    HttpResponse<String> second = server.send(headers, body);

    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(second.body()).contains("seen before");
    assertThat(server.events).isEqualTo(List.of(new BranchMoved("topic")));
  }

  @Test
  void aBodyWithoutSignatureIsRefused() throws Exception {
    byte[] body = Payloads.push().getBytes(UTF_8);
    Map<String, String> headers = WebhookServer.headers("push", body);
    headers.remove("X-Gitea-Signature");

    assertThat(server.send(headers, body).statusCode()).isEqualTo(401);
    assertThat(server.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256=", "zz", "00", "not hexadecimal digits at all"})
  void aWrongSignatureIsRefused(String signature) throws Exception {
    byte[] body = Payloads.push().getBytes(UTF_8);
    Map<String, String> headers = WebhookServer.headers("push", body);
    headers.put("X-Gitea-Signature", signature);

    assertThat(server.send(headers, body).statusCode()).isEqualTo(401);
    assertThat(server.events).isEmpty();
  }

  @Test
  void aSignatureByAnotherSecretIsRefused() throws Exception {
    byte[] body = Payloads.push().getBytes(UTF_8);
    Map<String, String> headers = WebhookServer.headers("push", body);
    headers.put("X-Gitea-Signature", new WebhookSignature("another secret").sign(body));

    assertThat(server.send(headers, body).statusCode()).isEqualTo(401);
    assertThat(server.events).isEmpty();
  }

  @Test
  void aChangedBodyIsRefusedEvenIfItIsNoJson() throws Exception {
    byte[] signed = Payloads.push().getBytes(UTF_8);
    byte[] sent = "{".getBytes(UTF_8);

    assertThat(server.send(WebhookServer.headers("push", signed), sent).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aRefusedDeliveryMayComeAgain() throws Exception {
    byte[] body = Payloads.push().getBytes(UTF_8);
    Map<String, String> headers = WebhookServer.headers("push", body);
    String right = headers.put("X-Gitea-Signature", "0".repeat(64));
    assertThat(server.send(headers, body).statusCode()).isEqualTo(401);

    headers.put("X-Gitea-Signature", right);

    assertThat(server.send(headers, body).statusCode()).isEqualTo(202);
    assertThat(server.events).isEqualTo(List.of(new BranchMoved("topic")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Gitea-Delivery", "X-Gitea-Event"})
  void aMissingHeaderIsRefused(String header) throws Exception {
    byte[] body = Payloads.push().getBytes(UTF_8);
    Map<String, String> headers = WebhookServer.headers("push", body);
    headers.remove(header);

    assertThat(server.send(headers, body).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "application/jsonx"})
  void anotherContentTypeIsRefused(String type) throws Exception {
    byte[] body = Payloads.push().getBytes(UTF_8);
    Map<String, String> headers = WebhookServer.headers("push", body);
    headers.put("Content-Type", type);

    assertThat(server.send(headers, body).statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"issues", "create", "release", "", "../push"})
  void anotherKindOfEventIsRefused(String event) throws Exception {
    assertThat(server.deliver(event, Payloads.push()).statusCode()).isEqualTo(422);
    assertThat(server.events).isEmpty();
  }

  @Test
  void anEventOfAnotherRepositoryIsRefused() throws Exception {
    JsonObject push = new JsonObject(Payloads.push());
    push.getJsonObject("repository").put("full_name", "platform/other");

    HttpResponse<String> answer = server.deliver("push", push.encode());

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("platform/meshes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "{}",
        "{\"ref\":}",
        "{\"ref\":\"a\"} x",
        "{\"ref\":1e999999999}",
        "\u0000",
        "{\"ref\":\"\\ud800\"}"
      })
  void aBodyThatIsNoEventIsRefused(String body) throws Exception {
    assertThat(server.deliver("push", body).statusCode()).isEqualTo(400);
    assertThat(server.deliver("pull_request", body).statusCode()).isEqualTo(400);
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    for (String open : List.of("[", "{\"a\":")) {
      String deep = "{\"ref\":" + open.repeat(100_000);

      assertThat(server.deliver("push", deep).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void bracketsWithinStringsAreNoNesting() throws Exception {
    JsonObject push = new JsonObject(Payloads.push());
    push.getJsonObject("head_commit").put("message", "\\\"[[[[".repeat(100));

    assertThat(server.deliver("push", push.encode()).statusCode()).isEqualTo(202);
  }

  @Test
  void eachDeliveryIsHandedOnOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(server.deliver("push", Payloads.push()).statusCode()).isEqualTo(202);
    }

    assertThat(server.events).hasSize(20).allMatch(RepositoryEvent.class::isInstance);
  }

  @Test
  void anAnswerRepeatsNothingOfTheBody() throws Exception {
    JsonObject push = new JsonObject(Payloads.push()).put("ref", List.of("<script>"));

    HttpResponse<String> answer = server.deliver("push", push.encode());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("ref is not a name").doesNotContain("script");
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }
}
