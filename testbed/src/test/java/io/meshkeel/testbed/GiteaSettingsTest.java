package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GiteaSettingsTest {
  @Test
  void itListensOnLoopbackAndCallsOnlyLoopback() {
    String ini = new GiteaSettings("me", "/home", 3000, 2222, "/static").ini();

    assertThat(ini)
        .contains("HTTP_ADDR = 127.0.0.1", "HTTP_PORT = 3000", "SSH_LISTEN_HOST = 127.0.0.1")
        .contains("SSH_LISTEN_PORT = 2222", "ALLOWED_HOST_LIST = loopback")
        .contains("RUN_USER = me", "STATIC_ROOT_PATH = /static");
  }

  @Test
  void aBinaryThatHoldsItsTemplatesGetsNoFolderForThem() {
    assertThat(new GiteaSettings("me", "/home", 1, 2, "").ini()).doesNotContain("STATIC_ROOT");
  }

  @Test
  void secretsAreNew() {
    assertThat(GiteaSettings.secret(16)).hasSize(32).isNotEqualTo(GiteaSettings.secret(16));
  }
}
