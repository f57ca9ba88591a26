package io.meshkeel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.rig.Rig;
import io.meshkeel.testbed.SharedServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @TempDir Path folder;

  @Test
  void everyStepOfTheDemoHolds() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Story story = new Story(new PrintStream(told, true, StandardCharsets.UTF_8));
    try (Rig rig = new Rig(folder, SharedServers.binaries())) {
      new Demo(story, rig).tell();
    }
    assertThat(story.summary())
        .as(() -> told.toString(StandardCharsets.UTF_8))
        .endsWith(", 0 failed")
        .doesNotStartWith("0 ");
    assertThat(folder.resolve("demo.env"))
        .content()
        .contains(
            "MESHKEEL_URL=",
            "GITEA_REPO=",
            "KUBECONFIG_SHOP_MCPC=",
            "KUBECONFIG_SHOP_DATA=",
            "KUBECONFIG_SHOP_EDGE=",
            "KUBECONFIG_BANK_NORTH=",
            "KUBECONFIG_BANK_SOUTH=");
  }
}
