package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpaIT {
  @Test
  void aStoppedServerLeavesNoProcess() throws Exception {
    Opa opa = Opa.start(SharedServers.opaBinary(), SharedServers.folder("opa-stopped"));
    Http.Answer health = new Http().get(opa.url().resolve("/health"));
    ProcessHandle process = ProcessHandle.of(opa.pid()).orElseThrow();

    opa.close();

    assertThat(health.status()).isEqualTo(200);
    assertThat(process.isAlive()).isFalse();
  }
}
