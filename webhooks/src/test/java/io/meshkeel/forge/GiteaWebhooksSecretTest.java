package io.meshkeel.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The secret may change while the service runs. */
class GiteaWebhooksSecretTest {
  private volatile Supplier<String> secret = () -> WebhookServer.SECRET;
  private WebhookServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new WebhookServer(new GiteaWebhooks.Options(WebhookServer.REPOSITORY, () -> secret.get()));
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(server.failures()).isEmpty();
    server.close();
  }

  private int push() throws Exception {
    return server.deliver("push", Payloads.push()).statusCode();
  }

  @Test
  void aRotatedSecretHoldsFromTheNextDelivery() throws Exception {
    assertThat(push()).isEqualTo(202);
    secret = () -> "another one";
    assertThat(push()).isEqualTo(401);
    secret = () -> WebhookServer.SECRET;
    assertThat(push()).isEqualTo(202);
    assertThat(server.events).hasSize(2);
  }

  @Test
  void withoutASecretNothingIsTaken() throws Exception {
    secret =
        () -> {
          throw new UncheckedIOException(new NoSuchFileException("webhook-secret"));
        };
    assertThat(push()).isEqualTo(503);
    secret = () -> "";
    assertThat(push()).isEqualTo(503);
    assertThat(server.events).isEmpty();
  }
}
