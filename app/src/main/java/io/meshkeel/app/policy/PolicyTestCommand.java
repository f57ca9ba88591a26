package io.meshkeel.app.policy;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.policy.JudgeOptions;
import io.meshkeel.policy.OpaBinary;
import io.meshkeel.policy.PolicyException;
import io.meshkeel.policy.PolicyTests;
import io.meshkeel.policy.PolicyTests.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshkeel policy test [DIR]}. */
@Command(
    name = "test",
    description = {
      "Tests the rules of a repository's own: policies/**/*_test.rego by OPA, and the cases in",
      "policies/**/*_cases.yaml by the judge that a revision goes through."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every test and case holds",
      "1:a test or a case doesn't hold",
      "2:broken input: a rule or a case can't be used, or there is none",
      "3:OPA could not be used"
    })
public final class PolicyTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Root of a mesh repository (default: the current folder).")
  private Path folder = Path.of(".");

  @Option(
      names = "--opa",
      paramLabel = "FILE",
      description =
          "The OPA binary (default: MESHKEEL_OPA, the one of the distribution, the one on PATH).")
  private @Nullable Path opa;

  @Override
  public Integer call() throws Exception {
    Snapshot snapshot = read();
    PrintWriter out = spec.commandLine().getOut();
    try (PolicyTests tests = PolicyTests.start(JudgeOptions.of(binary()))) {
      Report report = tests.run(snapshot);
      print(report, out);
      out.flush();
      return exitCode(report);
    } catch (PolicyException e) {
      throw CommandException.unable(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw CommandException.brokenInput(String.valueOf(e.getMessage()));
    }
  }

  private Path binary() throws PolicyException {
    String distribution = System.getProperty("meshkeel.dist", "");
    return OpaBinary.find(
        Optional.ofNullable(opa),
        System.getenv(),
        distribution.isEmpty() ? Optional.empty() : Optional.of(Path.of(distribution)));
  }

  private Snapshot read() throws CommandException {
    try {
      Snapshot snapshot = DirectorySnapshot.of(folder);
      if (snapshot.files().stream()
          .noneMatch(
              file -> file.path().startsWith("policies/") && file.path().endsWith(".rego"))) {
        throw CommandException.brokenInput(
            folder
                + " has no rules below policies/. Fix: name the root of a repository that has"
                + " some, or write one by `meshkeel policy new ID`");
      }
      return snapshot;
    } catch (IOException e) {
      throw CommandException.brokenInput(
          folder + " can't be read: " + e.getMessage() + ". Fix: name a folder");
    }
  }

  private static void print(Report report, PrintWriter out) {
    for (Finding problem : report.problems()) {
      out.println(problem.oneLine());
    }
    if (!report.problems().isEmpty()) {
      out.println("nothing was tested");
      return;
    }
    report
        .rego()
        .failed()
        .forEach(test ->
            out.println(
                test.position()
                    + ": "
                    + test.name()
                    + " failed"
                    + (test.why().isEmpty() ? "" : ": " + test.why())));
    report
        .rego()
        .skipped()
        .forEach(test -> out.println(test.position() + ": " + test.name() + " is still to do"));
    report.failures().forEach(one -> out.println(one.position() + ": " + one.message()));
    out.printf(
        "tests in Rego: %d passed, %d failed, %d to do%n",
        report.rego().passed(), report.rego().failed().size(), report.rego().skipped().size());
    out.printf(
        "cases: %d as they should be, %d not%n",
        report.cases() - report.failures().size(), report.failures().size());
    out.printf(
        "rules: %d, %d of them never fired%s%n",
        report.rules(),
        report.silent().size(),
        report.silent().isEmpty() ? "" : ": " + String.join(", ", report.silent()));
    out.printf(
        "coverage: %d %% of %d lines%n", report.coverage().percent(), report.coverage().lines());
    report
        .coverage()
        .uncovered()
        .forEach((file, lines) ->
            out.println(
                "  never true: "
                    + file
                    + ":"
                    + lines.stream().map(String::valueOf).collect(Collectors.joining(","))));
  }

  private static int exitCode(Report report) {
    if (!report.problems().isEmpty()) {
      return ExitCode.WRONG_USE;
    }
    return report.passed() ? ExitCode.GOOD : ExitCode.FINDINGS;
  }
}
