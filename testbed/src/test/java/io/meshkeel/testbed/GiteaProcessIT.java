package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GiteaProcessIT extends GiteaContract {
  private static GiteaProcess gitea;

  @BeforeAll
  static void start() {
    gitea = GiteaProcess.start(SharedServers.binaries(), SharedServers.folder("gitea-process"));
  }

  @AfterAll
  static void stop() {
    ProcessHandle process = ProcessHandle.of(gitea.pid()).orElseThrow();
    gitea.close();
    assertThat(process.isAlive()).isFalse();
  }

  @Override
  Gitea gitea() {
    return gitea;
  }

  @Test
  void itSaysThatItIsTheBinary() {
    assertThat(gitea.runsAs()).isEqualTo("binary");
  }
}
