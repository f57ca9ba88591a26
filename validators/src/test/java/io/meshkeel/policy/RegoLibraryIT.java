package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** OPA's own tools over {@code policies/}. */
final class RegoLibraryIT {
  private static final Path POLICIES = Path.of("..", "policies");

  private record Run(int exitCode, String output) {}

  private static Run opa(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(SharedServers.opaBinary().toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  @Test
  void everyFileIsFormatted() throws Exception {
    assertThat(opa("fmt", "--list", "--fail", POLICIES.toString())).isEqualTo(new Run(0, ""));
  }

  @Test
  void theStrictCheckFindsNothing() throws Exception {
    assertThat(opa("check", "--strict", POLICIES.toString())).isEqualTo(new Run(0, ""));
  }

  @Test
  void itsTestsPass() throws Exception {
    Run run = opa("test", POLICIES.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).containsPattern("PASS: \\d+/\\d+");
  }

  @Test
  void everyRuleHasFixturesThatFireThatDoNotAndThatMissSomething() throws IOException {
    List<Path> rules;
    try (Stream<Path> walk = Files.walk(POLICIES)) {
      rules = walk.filter(file -> file.getFileName().toString().matches("m[0-9]+\\.rego")).toList();
    }
    assertThat(rules).hasSizeGreaterThanOrEqualTo(10);
    for (Path rule : rules) {
      Path tests = Path.of(rule.toString().replace(".rego", "_test.rego"));
      assertThat(tests).exists();
      assertThat(Files.readString(tests))
          .containsPattern("test_(fires|warns)")
          .contains("test_silent")
          .contains("missing");
    }
  }

  @Test
  void noLineIsLongerThan120Characters() throws IOException {
    try (Stream<Path> walk = Files.walk(POLICIES)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readAllLines(file))
            .as(file.toString())
            .allMatch(line -> line.length() <= 120);
      }
    }
  }
}
