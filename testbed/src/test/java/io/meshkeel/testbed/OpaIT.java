package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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

  @Test
  void aBinaryThatIsNoServerShowsItsLog() {
    Path kubectl = SharedServers.binaries().get(ServerBinary.KUBECTL);

    assertThatThrownBy(() -> Opa.start(kubectl, SharedServers.folder("opa-wrong")))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("before it was ready")
        .hasMessageContaining("unknown");
  }

  @Test
  void anEtcdEndsWithoutAProcessAndStartsAfreshInTheSameFolder() {
    Path binary = SharedServers.binaries().get(ServerBinary.ETCD);
    Path folder = SharedServers.folder("etcd-own");
    Etcd first = Etcd.start(binary, folder);
    ProcessHandle process = ProcessHandle.of(first.pid()).orElseThrow();
    first.close();
    assertThat(process.isAlive()).isFalse();

    try (Etcd second = Etcd.start(binary, folder)) {
      assertThat(second.pid()).isNotEqualTo(process.pid());
    }
  }
}
