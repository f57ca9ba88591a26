package io.meshkeel.policy;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.model.Finding;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.own.Coverage;
import io.meshkeel.policy.own.OwnBook;
import io.meshkeel.policy.own.PolicyCase;
import io.meshkeel.policy.own.PolicyCases;
import io.meshkeel.policy.own.RegoTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tests the rules of a repository's own: what is written in Rego by {@code opa test}, and the cases
 * in YAML by the very judge that a revision goes through. Blocks; for one use at a time.
 */
public final class PolicyTests implements AutoCloseable {
  private final OpaJudge judge;
  private final List<Map<String, Object>> questions = new ArrayList<>();

  private PolicyTests(OpaJudge judge) throws PolicyException {
    this.judge = judge;
    judge
        .own()
        .listen(question -> {
          synchronized (questions) {
            questions.add(question);
          }
        });
  }

  /**
   * Starts what judges.
   *
   * @throws PolicyException if OPA can't be used
   */
  public static PolicyTests start(JudgeOptions options) throws PolicyException {
    return new PolicyTests(OpaJudge.start(options));
  }

  /**
   * What came out.
   *
   * @param problems why rules or cases can't be used; then nothing was run
   * @param rules how many there are
   * @param rego how the tests in Rego ended
   * @param cases how many cases were tried
   * @param failures cases that did not come out as they should
   * @param silent ids of rules that found nothing, neither in a test nor in a case
   * @param coverage of the rules by both
   */
  public record Report(
      List<Finding> problems,
      int rules,
      RegoTests.Result rego,
      int cases,
      List<Failure> failures,
      List<String> silent,
      Coverage coverage) {
    public Report {
      problems = List.copyOf(problems);
      failures = List.copyOf(failures);
      silent = List.copyOf(silent);
    }

    /** Whether every test and case held. */
    public boolean passed() {
      return problems.isEmpty() && failures.isEmpty() && rego.failed().isEmpty();
    }
  }

  /**
   * A case that did not come out as it should.
   *
   * @param position where it stands
   * @param message what happened instead
   */
  public record Failure(SourcePosition position, String message) {}

  /**
   * Runs everything below {@code policies/} of a revision.
   *
   * @throws PolicyException if OPA can't be used
   * @throws IOException if a file can't be read
   */
  public Report run(Snapshot snapshot) throws PolicyException, IOException {
    PolicyFiles files = new DeclarationReader().read(policiesOf(snapshot)).governance().policies();
    OwnBook book = judge.own().book(files);
    PolicyCases cases = PolicyCases.read(snapshot);
    List<Finding> problems = new ArrayList<>(book.problems());
    problems.addAll(cases.problems());
    RegoTests.Result rego = judge.own().tests().run(OwnBook.EMPTY, Map.of());
    if (problems.isEmpty()) {
      rego = judge.own().tests().run(book, tests(snapshot));
      problems.addAll(rego.problems());
    }
    List<Failure> failures = new ArrayList<>();
    Set<String> fired = new TreeSet<>();
    CaseTrial trial = new CaseTrial(judge);
    if (problems.isEmpty()) {
      for (PolicyCase one : cases.cases()) {
        trial.run(one, book, fired).ifPresent(failures::add);
      }
    }
    Coverage coverage = rego.coverage().and(judge.own().tests().of(book, List.copyOf(questions)));
    fired.addAll(judge.own().tests().fired(book, coverage));
    Set<String> silent = new TreeSet<>(book.titles().keySet());
    silent.removeAll(fired);
    return new Report(
        problems,
        book.titles().size(),
        rego,
        cases.cases().size(),
        failures,
        List.copyOf(silent),
        coverage);
  }

  /** Only the rules: what else the repository holds is none of their tests' business. */
  private static Snapshot policiesOf(Snapshot snapshot) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (SourceFile file : snapshot.files()) {
      if (file.path().startsWith("policies/") && file.path().endsWith(".rego")) {
        files.put(file.path(), snapshot.content(file));
      }
    }
    return new CaseSnapshot(files);
  }

  private static Map<String, String> tests(Snapshot snapshot) throws IOException {
    Map<String, String> tests = new TreeMap<>();
    for (SourceFile file : snapshot.files()) {
      if (file.path().startsWith("policies/") && file.path().endsWith("_test.rego")) {
        tests.put(file.path(), new String(snapshot.content(file), StandardCharsets.UTF_8));
      }
    }
    return tests;
  }

  @Override
  public void close() {
    judge.close();
  }
}
