package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.FileFixes;
import io.meshkeel.declaration.InventoryReader;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.NotJudged;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The cases of each rule through the whole judge, on a real OPA: {@code cases/<rule>.yaml} lists
 * {@code {name, objects, finds}}, {@code objects} being the documents of one file and {@code finds}
 * all that any rule says of them, as {@code RULE severity path line:column}; where the object was
 * found in a cluster, as {@code RULE severity cluster: Kind namespace/name path}.
 *
 * <p>Beside these a case may have {@code clusters}, what clusters hold by the name of the
 * snapshot's file; {@code files}, more files of the mesh by name; {@code on}, rules to be turned
 * on; {@code notJudged}, the rules that can't judge something; {@code related}, other places that
 * are told; {@code fixed}, the objects after all fixes. Every fix is written, whether {@code fixed}
 * is given or not: then its finding must be gone, and none as bad have come.
 */
final class RuleCasesIT {
  private static final Path CASES = Path.of("src/test/resources/io/meshkeel/policy/cases");
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

  private record Case(
      String rule,
      String name,
      String objects,
      Map<String, String> files,
      Map<String, String> clusters,
      Set<String> on,
      List<String> finds,
      List<String> notJudged,
      List<String> related,
      Optional<String> fixed) {
    @Override
    public String toString() {
      return rule + ": " + name;
    }
  }

  private static List<Path> files() {
    try (Stream<Path> list = Files.list(CASES)) {
      return list.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Path file : files()) {
      try (InputStream in = Files.newInputStream(file)) {
        List<Map<String, Object>> read = new Yaml().load(in);
        for (Map<String, Object> one : read) {
          cases.add(
              new Case(
                  file.getFileName().toString().replace(".yaml", ""),
                  String.valueOf(one.get("name")),
                  String.valueOf(one.getOrDefault("objects", "")),
                  texts(one.get("files")),
                  texts(one.get("clusters")),
                  Set.copyOf(strings(one.getOrDefault("on", List.of()))),
                  strings(Objects.requireNonNull(one.get("finds"))),
                  strings(one.getOrDefault("notJudged", List.of())),
                  strings(one.getOrDefault("related", List.of())),
                  Optional.ofNullable(one.get("fixed")).map(String::valueOf)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return cases;
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private static Map<String, String> texts(@Nullable Object map) {
    Map<String, String> texts = new TreeMap<>();
    if (map instanceof Map<?, ?> given) {
      given.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
    }
    return texts;
  }

  private static Evidence evidence(Case one) {
    if (one.clusters().isEmpty()) {
      return Evidence.NONE;
    }
    Map<String, byte[]> files = new TreeMap<>();
    one.clusters()
        .forEach((name, text) -> files.put(name + ".yaml", text.getBytes(StandardCharsets.UTF_8)));
    InventoryReading reading = InventoryReader.read(files);
    assertThat(reading.problems()).as(one.toString()).isEmpty();
    return new Evidence(reading.inventory(), reading.traffic(), reading.index().isPresent());
  }

  private static Verdict judge(Case one) {
    return judge(one, one.objects());
  }

  private static Verdict judge(Case one, String objects) {
    TestingRepository repository = new TestingRepository();
    one.files().forEach(repository::put);
    if (!objects.isBlank()) {
      repository.put("objects.yaml", objects);
    }
    Snapshot snapshot = repository.snapshot();
    return OPA.newJudge(one.on())
        .judge(repository.mesh(snapshot), snapshot, Before.NOTHING, evidence(one));
  }

  private static String told(Finding finding) {
    return finding.ruleId()
        + " "
        + finding.severity().word()
        + " "
        + (finding.cluster() == null ? "" : finding.cluster() + ": " + finding.resource() + " ")
        + finding.path()
        + (finding.position() == null
            ? ""
            : " " + finding.position().line() + ":" + finding.position().column());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theJudgeSaysWhatTheCaseExpects(Case one) {
    Verdict verdict = judge(one);
    assertThat(verdict.failure()).isEmpty();
    assertThat(verdict.findings().stream().map(RuleCasesIT::told))
        .as(() -> verdict.findings().toString())
        .containsExactlyInAnyOrderElementsOf(one.finds());
    assertThat(verdict.notJudged().stream().map(NotJudged::rule))
        .as(() -> verdict.notJudged().toString())
        .containsAll(one.notJudged());
    if (!one.related().isEmpty()) {
      assertThat(verdict.findings().stream().flatMap(f -> f.related().stream()))
          .extracting(r -> r.resource() + (r.position() == null ? "" : " " + r.position().line()))
          .containsAll(one.related());
    }
    assertThat(verdict.outcome())
        .isEqualTo(
            verdict.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)
                ? Outcome.DENIED
                : Outcome.ACCEPTED);
    holdsWhatFixesPromise(one, verdict.findings());
  }

  private static void holdsWhatFixesPromise(Case one, List<Finding> findings) {
    List<Finding> fixable =
        findings.stream()
            .filter(f -> f.fix() != null && String.valueOf(f.position()).contains("/objects.yaml:"))
            .toList();
    if (fixable.isEmpty()) {
      assertThat(one.fixed()).isEmpty();
      return;
    }
    FileFixes.Result result =
        new FileFixes("objects.yaml", one.objects().getBytes(StandardCharsets.UTF_8))
            .write(
                fixable.stream()
                    .map(f ->
                        new FileFixes.Placed(
                            Objects.requireNonNull(f.position()), Objects.requireNonNull(f.fix())))
                    .toList());
    String after = new String(result.content(), StandardCharsets.UTF_8);
    one.fixed().ifPresent(expected -> assertThat(after).isEqualTo(expected));
    List<String> left = findings.stream().map(RuleCasesIT::what).collect(Collectors.toList());
    Severity mildest = Severity.ERROR;
    for (int i = 0; i < fixable.size(); i++) {
      if (result.refusals().get(i).isEmpty()) {
        left.remove(what(fixable.get(i)));
        Severity fixed = fixable.get(i).severity();
        mildest = fixed.compareTo(mildest) > 0 ? fixed : mildest;
      }
    }
    Severity bound = mildest;
    assertThat(judge(one, after).findings())
        .as(after)
        .allMatch(f -> left.contains(what(f)) || f.severity().compareTo(bound) > 0);
  }

  private static String what(Finding finding) {
    return finding.ruleId() + " " + finding.resource() + " " + finding.message();
  }

  @Test
  void everyRuleThatKnowsAFixHasACaseThatShowsIt() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Case one : cases()) {
      if (one.fixed().isPresent()) {
        judge(one).findings().stream()
            .filter(f -> f.fix() != null)
            .forEach(f -> shown.add(f.ruleId()));
      }
    }
    Set<String> promised = new TreeSet<>();
    try (Stream<Path> policies = Files.walk(Path.of("..", "policies"))) {
      for (Path file : policies.filter(f -> f.toString().endsWith(".rego")).toList()) {
        if (Files.readString(file).contains("\n#   fix: ")) {
          promised.add(
              file.getFileName()
                  .toString()
                  .replace(".rego", "")
                  .toUpperCase(java.util.Locale.ROOT));
        }
      }
    }
    assertThat(shown).containsAll(promised);
    assertThat(promised).isNotEmpty();
  }

  @Test
  void everyRuleWithCasesHasOneThatFiresAndOneThatDoesNot() {
    assertThat(files()).isNotEmpty();
    for (Path file : files()) {
      String rule = file.getFileName().toString().replace(".yaml", "");
      List<Case> own = cases().stream().filter(c -> c.rule().equals(rule)).toList();
      assertThat(own)
          .as(rule)
          .anyMatch(c -> c.finds().isEmpty())
          .anyMatch(c ->
              c.finds().stream()
                  .anyMatch(f -> f.startsWith(rule.toUpperCase(java.util.Locale.ROOT) + " ")));
    }
  }
}
