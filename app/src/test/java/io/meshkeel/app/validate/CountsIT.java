package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.app.CommandRun;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate --counts}: what each rule looked at. */
final class CountsIT {
  @TempDir private Path folder = Path.of(".");

  private static CommandRun validate(String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "validate",
                "../repo-layout-example",
                "--opa",
                SharedServers.opaBinary().toString()));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray(String[]::new));
  }

  @Test
  void everyRuleHasALineWithAndWithoutClusters() throws Exception {
    Path file = folder.resolve("counts.json");
    CommandRun run =
        validate(
            "--snapshot",
            "../repo-layout-example-snapshot",
            "--counts",
            "--output",
            "counts=" + file);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("mesh shop: what each rule looked at\n")
        .contains("  M303     2 judged, 0 found\n")
        .contains(
            "  M112     - nothing to look at: it is off until policies/config.yaml turns it on\n")
        .contains(
            "  M904    19 judged, 0 found;   19 not judged: only kind and version are known of")
        .doesNotContain("were not looked at");
    JsonNode meshes = new ObjectMapper().readTree(Files.readString(file));
    assertThat(meshes).hasSize(2);
    for (JsonNode mesh : meshes) {
      assertThat(mesh.path("rules")).hasSizeGreaterThanOrEqualTo(64);
      for (JsonNode rule : mesh.path("rules")) {
        assertThat(rule.path("judged").asInt() > 0 || rule.path("nothing").isTextual())
            .as(rule.toString())
            .isTrue();
      }
    }
  }

  @Test
  void withoutClustersItSaysWhatWasNotJudged() {
    CommandRun run = validate("--counts", "--format", "github");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("what each rule looked at");
    assertThat(run.err())
        .contains("  M303     2 not judged: nothing is known of what the clusters hold\n")
        .contains("  M109     3 judged, 0 found\n");
  }
}
