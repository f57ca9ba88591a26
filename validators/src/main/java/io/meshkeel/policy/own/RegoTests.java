package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.model.Finding;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.PolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the tests that are written in Rego, and tells what was covered. Blocks. */
public final class RegoTests {
  private static final Pattern PART = Pattern.compile("\\[\"([^\"]*)\"]");
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
   */
  public record Test(String name, SourcePosition position) {}

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
      for (JsonNode test : opa.json(test(folder, false).output())) {
        if (test.path("skip").asBoolean(false)) {
          skipped.add(test(test));
        } else if (test.path("fail").asBoolean(false) || test.has("error")) {
          failed.add(test(test));
        } else {
          passed++;
        }
      }
      Coverage coverage =
          failed.isEmpty() && passed > 0
              ? Coverage.read(opa.json(test(folder, true).output()))
              : Coverage.NONE;
      return new Result(List.of(), passed, skipped, failed, coverage);
    }
  }

  private OpaTool.Run test(WorkFolder folder, boolean coverage) throws PolicyException {
    List<String> words =
        new ArrayList<>(
            List.of("test", "--format=json", "--timeout=10s", "--capabilities=" + CAPABILITIES));
    if (coverage) {
      words.add("--coverage");
    }
    words.addAll(List.of(PolicyCompiler.LIBRARY, PolicyCompiler.OWN));
    OpaTool.Run run = opa.run(folder.path(), words);
    if (run.output().isBlank()) {
      throw new PolicyException("opa test could not be run: " + OpaTool.shown(run.errors()));
    }
    return run;
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
            Math.max(1, location.path("col").asInt(1))));
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
