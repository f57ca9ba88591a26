package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestbedMainTest {
  private final List<String> lines = new ArrayList<>();
  @TempDir Path folder;

  private int run(Map<String, String> environment, String... arguments) {
    BinaryCache cache = new BinaryCache(folder, lines::add);
    Binaries binaries =
        new Binaries(
            cache, List.of(new EnvironmentVariable(environment), cache), List.of(), lines::add);
    return TestbedMain.run(List.of(arguments), binaries);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "get", "fetch opa", "get nginx", "lookup nginx", "warm nginx", "warm all opa"})
  void wrongUseIsExitCodeTwo(String line) {
    assertThat(run(Map.of(), line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
  }

  @Test
  void aBinaryThatIsThereIsExitCodeZero() throws Exception {
    Path opa = Scripts.program(folder.resolve("named-opa"), "1.2.3");

    assertThat(run(Map.of("MESHKEEL_OPA", opa.toString()), "get", "opa")).isZero();
    assertThat(run(Map.of("MESHKEEL_OPA", opa.toString()), "lookup", "opa")).isZero();
    assertThat(run(Map.of("MESHKEEL_OPA", opa.toString()), "warm", "opa")).isZero();
    assertThat(lines).containsExactly("opa: " + opa);
  }

  @Test
  void aBinaryThatCannotBeHadIsExitCodeThree() {
    assertThat(run(Map.of(), "lookup", "opa")).isEqualTo(3);
    assertThat(run(Map.of(), "get", "opa")).isEqualTo(3);
  }
}
