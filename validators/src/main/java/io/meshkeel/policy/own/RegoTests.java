package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.model.Finding;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.PolicyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the tests that are written in Rego, and tells what was covered. Blocks. */
public final class RegoTests {
  private static final Pattern PART = Pattern.compile("\\[\"([^\"]*)\"]");

  /** 5 s by the clock for one test: most take a few ms. */
  static final Duration TEST_TIMEOUT = Duration.ofSeconds(5);

  private static final Comparator<Test> BY_PLACE =
      Comparator.comparing((Test test) -> test.position().file())
          .thenComparing(test -> test.position().line());

  private static final String CAPABILITIES = "capabilities.json";

  private final OpaTool opa;
  private final PolicyCompiler compiler;

  RegoTests(OpaTool opa, PolicyCompiler compiler) {
    this.opa = opa;
    this.compiler = compiler;
  }

  /**
   * How tests ended.
   *
   * @param problems why they can't be run
   * @param passed how many
   * @param skipped those marked as still to do
   * @param failed those that did not hold
   * @param coverage of the rules; nothing if a test failed, since OPA tells none then
   */
  public record Result(
      List<Finding> problems,
      int passed,
      List<Test> skipped,
      List<Test> failed,
      Coverage coverage) {
    public Result {
      problems = List.copyOf(problems);
      skipped = List.copyOf(skipped);
      failed = List.copyOf(failed);
    }
  }

  /**
   * A test.
   *
   * @param name with its package
   * @param position where it stands
   * @param why it failed, if more is known than that it didn't hold; else empty
   */
  public record Test(String name, SourcePosition position, String why) {}

  /**
   * Runs the tests of rules.
   *
   * @param tests content of {@code _test.rego} files, by path
   * @throws PolicyException if OPA can't be run
   */
  public Result run(OwnBook book, Map<String, String> tests) throws PolicyException {
    if (tests.isEmpty()) {
      return new Result(List.of(), 0, List.of(), List.of(), Coverage.NONE);
    }
    try (WorkFolder folder = folder(book)) {
      folder.write(PolicyCompiler.OWN, tests);
      List<Finding> problems =
          compiler.check(folder.path(), List.of(PolicyCompiler.LIBRARY, PolicyCompiler.OWN));
      if (!problems.isEmpty()) {
        return new Result(problems, 0, List.of(), List.of(), Coverage.NONE);
      }
      int passed = 0;
      List<Test> skipped = new ArrayList<>();
      List<Test> failed = new ArrayList<>();
      for (JsonNode test : results(folder, tests, failed)) {
        if (test.path("skip").asBoolean(false)) {
          skipped.add(test(test));
        } else if (test.path("fail").asBoolean(false) || test.has("error")) {
          failed.add(test(test));
        } else {
          passed++;
        }
      }
      failed.sort(BY_PLACE);
      Coverage coverage = failed.isEmpty() && passed > 0 ? coverage(folder) : Coverage.NONE;
      return new Result(List.of(), passed, skipped, failed, coverage);
    }
  }

  /**
   * What OPA says of each test: of all at once, or of each by itself where they take too much.
   *
   * @param failed takes those that do
   */
  private List<JsonNode> results(WorkFolder folder, Map<String, String> tests, List<Test> failed)
      throws PolicyException {
    List<JsonNode> results = new ArrayList<>();
    try {
      opa.json(test(folder).output()).forEach(results::add);
      return results;
    } catch (OpaTool.Overran together) {
      int culprits = 0;
      for (TestName name : TestName.in(tests)) {
        if (culprits >= OwnAsker.MAX_CULPRITS) {
          failed.add(name.failed("it was not run, since " + culprits + " others ran over"));
          continue;
        }
        try {
          opa.json(test(folder, "--run=" + name.pattern()).output()).forEach(results::add);
        } catch (OpaTool.Overran alone) {
          culprits++;
          failed.add(
              name.failed(
                  "it %s. Fix: make the test, or the rule that it asks, look at less"
                      .formatted(alone.getMessage())));
        }
      }
      return results;
    }
  }

  private OpaTool.Run test(WorkFolder folder, String... more)
      throws PolicyException, OpaTool.Overran {
    List<String> words =
        new ArrayList<>(
            List.of(
                "test",
                "--format=json",
                "--timeout=" + TEST_TIMEOUT.toSeconds() + "s",
                "--capabilities=" + CAPABILITIES));
    words.addAll(List.of(more));
    words.addAll(List.of(PolicyCompiler.LIBRARY, PolicyCompiler.OWN));
    OpaTool.Run run = opa.bounded(folder.path(), words);
    if (run.output().isBlank()) {
      throw new PolicyException("opa test could not be run: " + OpaTool.shown(run.errors()));
    }
    return run;
  }

  /** OPA's own words for what went wrong in it. */
  private static String why(JsonNode error) {
    if (error.isMissingNode()) {
      return "";
    }
    return error.path("code").asText("").equals("eval_cancel_error")
        ? "it ran longer than %d s. Fix: make the test, or the rule that it asks, look at less"
            .formatted(TEST_TIMEOUT.toSeconds())
        : OpaTool.shown(error.path("code").asText("") + ": " + error.path("message").asText(""));
  }

  private static Test test(JsonNode test) {
    JsonNode location = test.path("location");
    return new Test(
        test.path("package").asText("").replaceFirst("^data\\.", "")
            + "."
            + test.path("name").asText(""),
        new SourcePosition(
            PolicyCompiler.ownPaths(location.path("file").asText("policies")),
            Math.max(1, location.path("row").asInt(1)),
            Math.max(1, location.path("col").asInt(1))),
        why(test.path("error")));
  }

  private Coverage coverage(WorkFolder folder) throws PolicyException {
    try {
      return Coverage.read(opa.json(test(folder, "--coverage").output()));
    } catch (OpaTool.Overran e) {
      // The tests themselves came to their end; to watch them costs more.
      return Coverage.NONE;
    }
  }

  /**
   * What these questions cover.
   *
   * @param questions inputs that the rules were asked
   */
  public Coverage of(OwnBook book, List<Map<String, Object>> questions) throws PolicyException {
    if (questions.isEmpty()) {
      return Coverage.NONE;
    }
    try (WorkFolder folder = folder(book)) {
      folder.write(PolicyCompiler.PROGRAM, Map.of("main.rego", book.program()));
      folder.write("", Map.of("input.json", opa.write(Map.of("questions", questions))));
      OpaTool.Run run =
          opa.run(
              folder.path(),
              List.of(
                  "eval",
                  "--coverage",
                  "--format=json",
                  "--input=input.json",
                  "--data=" + PolicyCompiler.LIBRARY,
                  "--data=" + PolicyCompiler.OWN,
                  "--data=" + PolicyCompiler.PROGRAM,
                  "[1 | some question in input.questions; data.meshkeel.own.answer with input as"
                      + " question]"));
      return run.exitCode() == 0
          ? Coverage.read(opa.json(run.output()).path("coverage"))
          : Coverage.NONE;
    }
  }

  private WorkFolder folder(OwnBook book) throws PolicyException {
    WorkFolder folder = WorkFolder.create();
    try {
      folder.write(PolicyCompiler.OWN, book.files().files());
      folder.write(PolicyCompiler.LIBRARY, compiler.library());
      folder.write("", Map.of(CAPABILITIES, compiler.capabilities(folder.path())));
      return folder;
    } catch (PolicyException e) {
      folder.close();
      throw e;
    }
  }

  /** The ids of rules of which some definition came true. */
  public Set<String> fired(OwnBook book, Coverage coverage) {
    Set<String> fired = new TreeSet<>();
    for (OwnRule rule : book.rules()) {
      List<String> parts =
          PART.matcher(rule.reference()).results().map(part -> part.group(1)).toList();
      String inPackage = String.join(".", parts.subList(0, parts.size() - 1));
      book.files()
          .files()
          .forEach((file, text) -> {
            if (holds(text, "^package\\s+" + Pattern.quote(inPackage) + "\\s*$")
                && defines(file, text, parts.getLast(), coverage)) {
              fired.add(rule.id());
            }
          });
    }
    return fired;
  }

  private static boolean defines(String file, String text, String rule, Coverage coverage) {
    Matcher head =
        Pattern.compile("^" + Pattern.quote(rule) + "\\b", Pattern.MULTILINE).matcher(text);
    return head.results()
        .anyMatch(found ->
            coverage.covers(
                file,
                1 + (int) text.substring(0, found.start()).chars().filter(c -> c == '\n').count()));
  }

  private static boolean holds(String text, String what) {
    return Pattern.compile(what, Pattern.MULTILINE).matcher(text).find();
  }
}
