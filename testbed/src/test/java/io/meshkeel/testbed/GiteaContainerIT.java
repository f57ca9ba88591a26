package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GiteaContainerIT extends GiteaContract {
  private static GiteaContainer gitea;

  @BeforeAll
  static void start() {
    assumeTrue(DockerEngine.answers(), "no Docker engine answers: the binary alone is tested");
    gitea = GiteaContainer.start(SharedServers.binaries(), GiteaContainer.image(System.getenv()));
  }

  @AfterAll
  static void stop() {
    if (gitea != null) {
      gitea.close();
    }
  }

  @Override
  Gitea gitea() {
    return gitea;
  }

  @Test
  void itSaysThatItIsAContainer() {
    assertThat(gitea.runsAs()).startsWith("container ");
  }
}
