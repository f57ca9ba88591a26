package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.app.Meshkeel;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command lines of deploy/ci really do what the files say. */
final class DropInIT {
  private static final Path FILES = Path.of("..", "deploy", "ci");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void declareAMeshWithAMistake() throws IOException {
    Path mesh = Files.createDirectories(folder.resolve("meshes/shop"));
    Files.writeString(
        mesh.resolve("mesh.yaml"),
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Mesh
        metadata: {name: shop}
        spec: {istioVersion: "1.31"}
        ---
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: c1}
        spec: {role: ControlPlane, credential: c1}
        ---
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: open, namespace: shop}
        spec: {rules: [{}, {to: [{operation: {methods: [GET]}}]}]}
        """);
  }

  /** The words behind {@code meshkeel} in the only line of a file that has them. */
  private List<String> command(String file) throws IOException {
    String text = Files.readString(FILES.resolve(file));
    int at = text.indexOf("validate .", Math.max(0, text.indexOf("run:")));
    assertThat(at).as("the command of %s", file).isPositive();
    String line = text.substring(at, text.indexOf('\n', at)).strip();
    return Arrays.stream(line.split(" ", -1))
        .map(word -> word.equals(".") ? folder.toString() : word)
        .map(word -> word.replaceFirst("=(/)?", "=" + folder + "/"))
        .toList();
  }

  private static int run(List<String> command, StringWriter out) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--opa", SharedServers.opaBinary().toString()));
    CommandLine line = Meshkeel.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    return line.execute(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"pre-commit-config.yaml", "actions.yaml", "gitlab-ci.yaml"})
  void aMistakeFailsTheStep(String file) throws IOException {
    StringWriter out = new StringWriter();
    assertThat(run(command(file), out)).as("%s", out).isEqualTo(1);
    assertThat(out.toString()).contains("M422");
  }

  @Test
  void theActionsStepAnnotatesAndWritesItsFiles() throws IOException {
    StringWriter out = new StringWriter();
    run(command("actions.yaml"), out);
    assertThat(out.toString()).startsWith("::error file=meshes/shop/mesh.yaml,line=14,");
    assertThat(Files.readString(folder.resolve("summary"))).contains("### Meshkeel", "M422");
    JsonNode sarif = new ObjectMapper().readTree(folder.resolve("meshkeel.sarif").toFile());
    assertThat(sarif.at("/runs/0/results/0/ruleId").asText()).isEqualTo("M422");
  }

  @Test
  void theGitLabJobWritesTheReportsThatItNames() throws IOException {
    run(command("gitlab-ci.yaml"), new StringWriter());
    JsonNode quality =
        new ObjectMapper().readTree(folder.resolve("gl-code-quality-report.json").toFile());
    assertThat(quality.at("/0/check_name").asText()).isEqualTo("M422");
    assertThat(Files.readString(folder.resolve("meshkeel-junit.xml"))).contains("type=\"M422\"");
  }

  @Test
  void aReportThatCannotBeWrittenIsToldAndFails() {
    StringWriter out = new StringWriter();
    int code =
        run(
            List.of(
                "validate",
                folder.toString(),
                "--output",
                "json=" + folder.resolve("missing/report.json")),
            out);
    assertThat(code).isEqualTo(3);
    assertThat(out.toString()).contains("can't be written to", "Fix: name a file in a folder");
  }
}
