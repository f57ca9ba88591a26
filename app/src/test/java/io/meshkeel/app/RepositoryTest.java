package io.meshkeel.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.app.config.ConfigReader;
import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the repository promises beside its code: sizes, documentation, manifests. */
class RepositoryTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int MOST_LINES = 500;

  private static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  @Test
  void noJavaFileIsAboveTheMostLines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    int seen = 0;
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> java =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
      for (Path file : java) {
        seen++;
        try (Stream<String> lines = Files.lines(file)) {
          if (lines.count() > MOST_LINES) {
            tooLong.add(ROOT.relativize(file).toString());
          }
        }
      }
    }

    assertThat(tooLong).isEmpty();
    assertThat(seen).isGreaterThan(100);
  }

  @Test
  void everyCommandIsInTheReference() throws IOException {
    String reference = read("docs/reference/commands.md");

    assertThat(Meshkeel.commandLine().getSubcommands().keySet())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(reference).contains("`meshkeel " + name));
  }

  @Test
  void theMainCommandsAreInTheReadme() throws IOException {
    String readme = read("README.md");

    for (String command : List.of("validate", "plan", "serve", "demo", "bench")) {
      assertThat(readme).contains("./meshkeel " + command);
    }
  }

  @Test
  void everyKeyOfTheConfigurationIsInItsReferenceAndNoOther() throws IOException {
    TreeSet<String> documented = new TreeSet<>();
    read("docs/reference/configuration.md")
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .filter(key -> !key.startsWith("/"))
        .forEach(documented::add);

    assertThat(documented).containsExactlyElementsOf(ConfigReader.keys());
  }

  @Test
  void theConfigurationInTheManifestsUsesKnownKeysOnly() throws IOException {
    byte[] manifest = Files.readAllBytes(ROOT.resolve("deploy/kubernetes/config.yaml"));
    Map<String, Object> config = PositionedYaml.read("config.yaml", manifest).root();
    String text = JsonTree.string(JsonTree.map(config, "data"), "meshkeel.yaml", "");
    Map<String, Object> root =
        PositionedYaml.read("meshkeel.yaml", text.getBytes(StandardCharsets.UTF_8)).root();

    List<String> used = new ArrayList<>();
    root.forEach((key, value) -> {
      if (value instanceof Map<?, ?> map && !key.equals("credentials")) {
        map.keySet().forEach(inner -> used.add(key + "." + inner));
      } else {
        used.add(key);
      }
    });
    assertThat(used).hasSizeGreaterThan(8);
    assertThat(ConfigReader.keys()).containsAll(used);
  }

  @Test
  void everyManifestIsYamlWithKindAndName() throws IOException {
    int objects = 0;
    try (Stream<Path> files = Files.walk(ROOT.resolve("deploy"))) {
      for (Path file :
          files
              .filter(path ->
                  path.toString().endsWith(".yaml") && !path.startsWith(ROOT.resolve("deploy/ci")))
              .toList()) {
        for (String document : Files.readString(file).split("(?m)^---$", -1)) {
          PositionedYaml yaml =
              PositionedYaml.read(file.toString(), document.getBytes(StandardCharsets.UTF_8));
          assertThat(yaml.problems()).extracting(Finding::oneLine).isEmpty();
          if (!yaml.root().isEmpty()) {
            objects++;
            assertThat(JsonTree.string(yaml.root(), "kind", "")).as(document).isNotEmpty();
            assertThat(JsonTree.string(JsonTree.map(yaml.root(), "metadata"), "name", ""))
                .as(document)
                .isNotEmpty();
          }
        }
      }
    }
    assertThat(objects).isGreaterThan(5);
  }

  @Test
  void everyFileForCiIsYaml() throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(ROOT.resolve("deploy/ci"))) {
      found = files.toList();
    }
    assertThat(found).hasSize(3);
    for (Path file : found) {
      PositionedYaml yaml = PositionedYaml.read(file.toString(), Files.readAllBytes(file));
      assertThat(yaml.problems()).extracting(Finding::oneLine).isEmpty();
      assertThat(yaml.root()).isNotEmpty();
    }
  }

  @Test
  void everySubFeatureOfTheModulesIsProvenByATestThatExists() throws IOException {
    String table = read("docs/reference/modules.md").split("## What is covered", 2)[1];
    List<List<String>> rows =
        table
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
            .skip(1)
            .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
            .toList();

    assertThat(rows)
        .extracting(List::getFirst)
        .contains(
            "Traffic: VirtualService",
            "Traffic: DestinationRule",
            "Traffic: Gateway",
            "Security: PeerAuthentication",
            "Security: RequestAuthentication",
            "Security: Authorization",
            "Monitor: Topology",
            "Monitor: Metrics",
            "Sidecars: namespace",
            "Sidecars: workload",
            "Config: Istio resources");
    Set<String> tests = tests();
    for (List<String> row : rows) {
      assertThat(row).as(row.toString()).hasSize(5).doesNotContain("");
      List<String> named =
          Pattern.compile("`(\\w+)`")
              .matcher(row.getLast())
              .results()
              .map(m -> m.group(1))
              .toList();
      assertThat(named).as(row.toString()).isNotEmpty();
      assertThat(tests).containsAll(named);
    }
  }

  /** The names of all classes of tests. */
  private static Set<String> tests() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String module : List.of("model", "validators", "engine", "webhooks", "app", "bench")) {
      Path folder = ROOT.resolve(module + "/src/test/java");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
              .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
        }
      }
    }
    return names;
  }
}
