package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.InventoryReader;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What Istio's documentation shows how to do is right, over two clusters that a person wrote down:
 * nothing is said of it. {@code patterns/base.yaml} holds the clusters, each other file a list of
 * {@code {name, objects}}. Beside these a pattern may have {@code files} of the mesh, {@code add},
 * what clusters hold more, {@code on}, rules to be turned on, and {@code accepted}, what is said
 * nevertheless, as {@code RULE severity path}, with the reason.
 */
final class DocumentedPatternsIT {
  private static final Path PATTERNS = Path.of("src/test/resources/io/meshkeel/policy/patterns");
  private static final String BASE = "base.yaml";
  private static final TestingOpa OPA = start();

  private static TestingOpa start() {
    try {
      return TestingOpa.start(JudgeOptions.of(SharedServers.opaBinary()));
    } catch (PolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stop() {
    OPA.close();
  }

  private record Pattern(
      String name,
      String objects,
      Map<String, String> files,
      Map<String, String> clusters,
      Set<String> on,
      Map<String, String> accepted) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static <T> T read(Path file) {
    try {
      return new Yaml().load(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Pattern> patterns() {
    Map<String, Object> base = read(PATTERNS.resolve(BASE));
    List<Pattern> patterns = new ArrayList<>();
    try (Stream<Path> files = Files.list(PATTERNS)) {
      for (Path file : files.filter(file -> !file.endsWith(BASE)).sorted().toList()) {
        List<Map<String, Object>> all = read(file);
        all.forEach(one -> patterns.add(pattern(base, one)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return patterns;
  }

  private static Pattern pattern(Map<String, Object> base, Map<String, Object> one) {
    Map<String, String> files = texts(base.get("files"));
    files.putAll(texts(one.get("files")));
    Map<String, String> clusters = texts(base.get("clusters"));
    texts(one.get("add"))
        .forEach((cluster, more) -> clusters.merge(cluster, more, (a, b) -> a + "---\n" + b));
    return new Pattern(
        String.valueOf(one.get("name")),
        String.valueOf(one.getOrDefault("objects", "")),
        files,
        clusters,
        one.get("on") instanceof List<?> on
            ? Set.copyOf(on.stream().map(String::valueOf).toList())
            : Set.of(),
        texts(one.get("accepted")));
  }

  private static Map<String, String> texts(@Nullable Object map) {
    Map<String, String> texts = new TreeMap<>();
    if (map instanceof Map<?, ?> given) {
      given.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
    }
    return texts;
  }

  private static Evidence evidence(Pattern pattern) {
    Map<String, byte[]> files = new TreeMap<>();
    pattern
        .clusters()
        .forEach((name, text) -> files.put(name + ".yaml", text.getBytes(StandardCharsets.UTF_8)));
    InventoryReading reading = InventoryReader.read(files);
    assertThat(reading.problems()).isEmpty();
    return new Evidence(reading.inventory(), reading.traffic(), false);
  }

  private static String told(Finding finding) {
    return finding.ruleId() + " " + finding.severity().word() + " " + finding.path();
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void nothingIsSaidOfIt(Pattern pattern) {
    TestingRepository repository = new TestingRepository();
    pattern.files().forEach(repository::put);
    repository.put("objects.yaml", pattern.objects());
    Snapshot snapshot = repository.snapshot();
    Verdict verdict =
        OPA.newJudge(pattern.on())
            .judge(repository.mesh(snapshot), snapshot, Before.NOTHING, evidence(pattern));

    assertThat(verdict.failure()).isEmpty();
    assertThat(verdict.findings().stream().map(DocumentedPatternsIT::told))
        .as(() -> verdict.findings().toString())
        .containsExactlyInAnyOrderElementsOf(pattern.accepted().keySet());
    assertThat(pattern.accepted().values()).as("reasons").noneMatch(String::isBlank);
  }
}
