package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The cases of each rule through the whole judge, on a real OPA: {@code cases/<rule>.yaml} lists
 * {@code {name, objects, finds}}, {@code objects} being the documents of one file and {@code finds}
 * all that any rule says of them, as {@code RULE severity path line:column}.
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

  private record Case(String rule, String name, String objects, List<String> finds) {
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
                  String.valueOf(one.get("objects")),
                  strings(Objects.requireNonNull(one.get("finds")))));
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

  private static Verdict judge(String objects) {
    Snapshot snapshot = new TestingRepository().put("objects.yaml", objects).snapshot();
    return OPA.newJudge().judge(new TestingRepository().mesh(snapshot), snapshot);
  }

  private static String told(Finding finding) {
    return finding.ruleId()
        + " "
        + finding.severity().word()
        + " "
        + finding.path()
        + (finding.position() == null
            ? ""
            : " " + finding.position().line() + ":" + finding.position().column());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theJudgeSaysWhatTheCaseExpects(Case one) {
    Verdict verdict = judge(one.objects());
    assertThat(verdict.failure()).isEmpty();
    assertThat(verdict.findings().stream().map(RuleCasesIT::told))
        .as(() -> verdict.findings().toString())
        .containsExactlyInAnyOrderElementsOf(one.finds());
    assertThat(verdict.outcome())
        .isEqualTo(
            verdict.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)
                ? Outcome.DENIED
                : Outcome.ACCEPTED);
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
