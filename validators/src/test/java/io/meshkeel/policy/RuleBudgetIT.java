package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rules may cost, counted in expressions that OPA evaluates, which doesn't depend on the
 * machine. All bad examples, many times over, are one question; OPA's profiler says how often each
 * line was evaluated.
 */
final class RuleBudgetIT {
  /** Expressions for each object or fact that a rule is asked about. */
  static final int BUDGET = 60;

  private static final int FEW = 10;
  private static final int MANY = 40;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RULE_FILE = Pattern.compile("/(m[0-9]+)\\.rego$");

  @TempDir private static Path folder = Path.of(".");
  private static RuleBook book = new RuleBook(new TreeMap<>());
  private static SortedMap<String, Integer> few = new TreeMap<>();
  private static SortedMap<String, Integer> many = new TreeMap<>();
  private static Map<String, Integer> asked = new HashMap<>();

  @BeforeAll
  static void profile() throws Exception {
    List<Map<String, Object>> questions;
    try (TestingOpa opa = TestingOpa.start(JudgeOptions.of(SharedServers.opaBinary()))) {
      book = opa.gateway().session().book();
      opa.keepQuestions();
      for (RuleExample example : RuleExample.all()) {
        TestingRepository repository = example.wrong().repository();
        Snapshot snapshot = repository.snapshot();
        Verdict verdict =
            opa.newJudge(Set.of(example.rule()))
                .judge(
                    repository.mesh(snapshot),
                    snapshot,
                    Before.NOTHING,
                    example.wrong().evidence());
        assertThat(verdict.failure()).isEmpty();
      }
      questions = opa.questions();
    }
    few = evaluated(question(questions, FEW));
    Map<String, Object> large = question(questions, MANY);
    many = evaluated(large);
    book.rules().forEach((key, rule) -> asked.put(key, asked(large, rule)));
  }

  /** All questions as one, each so many times, under names of their own. */
  private static Map<String, Object> question(List<Map<String, Object>> questions, int times) {
    Map<String, List<Object>> resources = new TreeMap<>();
    Map<String, List<Object>> facts = new TreeMap<>();
    for (int i = 0; i < questions.size(); i++) {
      for (int t = 0; t < times; t++) {
        String suffix = "#" + i + "." + t;
        copy(part(questions.get(i), "resources"), resources, suffix);
        copy(part(questions.get(i), "facts"), facts, suffix);
      }
    }
    Map<String, Object> question = new HashMap<>(questions.getFirst());
    question.put("resources", resources);
    question.put("facts", facts);
    question.put("ask", List.copyOf(book.rules().keySet()));
    return question;
  }

  private static Map<?, ?> part(Map<String, Object> question, String name) {
    return (Map<?, ?>) Objects.requireNonNull(question.get(name));
  }

  private static void copy(Map<?, ?> from, Map<String, List<Object>> to, String suffix) {
    from.forEach((name, list) -> {
      for (Object item : (List<?>) list) {
        Map<Object, Object> copy = new HashMap<>((Map<?, ?>) item);
        copy.merge("key", suffix, (key, more) -> key.toString() + more);
        to.computeIfAbsent(name.toString(), n -> new ArrayList<>()).add(copy);
      }
    });
  }

  private static int asked(Map<String, Object> question, Rule rule) {
    int count = 0;
    Set<String> kinds = new HashSet<>();
    rule.kinds().forEach(kind -> kinds.add(kind.toString()));
    boolean toldOnly = rule.facts().isEmpty() && rule.reads().isEmpty() && !rule.told().isEmpty();
    for (var entry : part(question, "resources").entrySet()) {
      count +=
          toldOnly
              ? 0
              : kinds.contains(entry.getKey().toString()) ? ((List<?>) entry.getValue()).size() : 0;
    }
    for (var entry : part(question, "facts").entrySet()) {
      count +=
          rule.told().contains(entry.getKey().toString()) ? ((List<?>) entry.getValue()).size() : 0;
    }
    return count;
  }

  /** Expressions by rule, lines of its own file. */
  private static SortedMap<String, Integer> evaluated(Map<String, Object> question)
      throws IOException, InterruptedException {
    Path input = folder.resolve("input.json");
    Path data = folder.resolve("data.json");
    JSON.writeValue(input.toFile(), question);
    Files.writeString(data, "{\"meshkeel\": {\"library\": {\"revision\": \"1\"}}}");
    Path output = folder.resolve("output.json");
    Process process =
        new ProcessBuilder(
                SharedServers.opaBinary().toString(),
                "eval",
                "--format=json",
                "--profile",
                "--profile-limit=100000",
                "--data=../policies",
                "--data=" + data,
                "--input=" + input,
                "data.meshkeel.main.answer")
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    JsonNode answer = JSON.readTree(output.toFile());
    assertThat(answer.at("/result/0/expressions/0/value/rules")).hasSize(book.rules().size());
    SortedMap<String, Integer> evaluated = new TreeMap<>();
    for (JsonNode line : answer.path("profile")) {
      Matcher rule = RULE_FILE.matcher(line.at("/location/file").asText());
      if (rule.find()) {
        evaluated.merge(rule.group(1), line.path("num_eval").asInt(), Integer::sum);
      }
    }
    return evaluated;
  }

  @Test
  void everyRuleKeepsItsBudget() {
    assertThat(many.keySet()).containsExactlyElementsOf(book.rules().keySet());
    SortedMap<String, Integer> each = new TreeMap<>();
    many.forEach((rule, count) -> each.put(rule, count / Math.max(1, asked.getOrDefault(rule, 1))));
    assertThat(asked).allSatisfy((rule, count) -> assertThat(count).as(rule).isPositive());
    assertThat(each)
        .as("expressions for each object, at most %d", BUDGET)
        .allSatisfy((rule, count) -> assertThat(count).as(rule).isLessThanOrEqualTo(BUDGET));
  }

  /** Four times the objects are four times the work: no rule compares objects with one another. */
  @Test
  void theWorkGrowsWithTheNumberOfObjects() {
    assertThat(many)
        .allSatisfy((rule, count) ->
            assertThat(count)
                .as(rule)
                .isLessThanOrEqualTo(few.getOrDefault(rule, 0) * (MANY / FEW) * 11 / 10 + 50));
  }
}
