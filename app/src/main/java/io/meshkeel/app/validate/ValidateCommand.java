package io.meshkeel.app.validate;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.Progress;
import io.meshkeel.app.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshkeel validate DIR}. */
@Command(
    name = "validate",
    description = {
      "Judges the declarations of a folder as the service would judge a commit.",
      "Needs no cluster and no forge, only OPA; what clusters hold is read from --snapshot."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:not denied",
      "1:denied",
      "2:broken input: the folder or a declaration in it can't be read",
      "3:OPA could not be used"
    })
public final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "Root of a mesh repository.")
  private Path folder = Path.of(".");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "What is printed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "text")
  private ReportFormat format = ReportFormat.text;

  @Option(
      names = "--output",
      paramLabel = "FORMAT=FILE",
      description = "Also writes a report to a file, which is replaced. May be given repeatedly.")
  private Map<ReportFormat, Path> outputs = Map.of();

  @Option(
      names = "--base",
      paramLabel = "REV",
      description = {
        "A commit of the folder's own history to compare with:",
        "what it has too is known, and only what was brought in denies."
      })
  private @Nullable String base;

  @Option(
      names = "--snapshot",
      paramLabel = "SNAP",
      description =
          "What the clusters hold, as meshkeel snapshot writes it; without it, rules that need it"
              + " say nothing and are listed as not judged.")
  private @Nullable Path inventory;

  @Option(
      names = "--fix",
      description = {
        "Rewrites files where a finding can be put right for certain; all else in them stays as",
        "it is. What is left is reported."
      })
  private boolean fix;

  @Option(
      names = {"--diff", "--dry-run"},
      description = "With --fix: prints the changes as a unified diff and writes nothing.")
  private boolean diff;

  @Option(
      names = "--counts",
      description = {
        "Also tells of each rule how many objects it looked at,",
        "what it could not judge and why (the format counts: the same for programs)."
      })
  private boolean counts;

  @Option(names = "--strict", description = "Warnings and notes deny too.")
  private boolean strict;

  @Option(
      names = "--opa",
      paramLabel = "FILE",
      description =
          "The OPA binary (default: MESHKEEL_OPA, the one of the distribution, the one on PATH).")
  private @Nullable Path opa;

  @Override
  public Integer call() throws Exception {
    String distribution = System.getProperty("meshkeel.dist", "");
    if (diff && !fix) {
      throw new ParameterException(spec.commandLine(), "--diff is for --fix");
    }
    Validator validator =
        new Validator(
            Optional.ofNullable(opa),
            System.getenv(),
            distribution.isEmpty() ? Optional.empty() : Optional.of(Path.of(distribution)),
            strict,
            Optional.ofNullable(base),
            counts || format == ReportFormat.counts || outputs.containsKey(ReportFormat.counts));
    if (!fix) {
      return report(judged(validator));
    }
    Fixing fixing = fixed(validator);
    if (diff) {
      FixReport.print(fixing, "would fix", spec.commandLine().getErr());
      spec.commandLine().getOut().print(FixReport.diff(fixing));
      spec.commandLine().getOut().flush();
      fixing
          .before()
          .failures()
          .forEach(why -> spec.commandLine().getErr().println("meshkeel: " + why));
      return fixing.before().exitCode();
    }
    RepositoryFiles.write(folder, fixing.files());
    FixReport.print(
        fixing,
        "fixed",
        format == ReportFormat.text ? spec.commandLine().getOut() : spec.commandLine().getErr());
    return report(fixing.after());
  }

  private Validation judged(Validator validator) throws CommandException {
    try (Progress progress = Progress.of(spec.commandLine().getErr(), "judging " + folder)) {
      return validator.run(folder, Optional.ofNullable(inventory));
    }
  }

  private Fixing fixed(Validator validator) throws CommandException {
    try (Progress progress = Progress.of(spec.commandLine().getErr(), "fixing " + folder)) {
      return validator.fix(folder, Optional.ofNullable(inventory));
    }
  }

  private int report(Validation validation) throws CommandException {
    PrintWriter out = spec.commandLine().getOut();
    format.print(validation, out, Terminal.coloured());
    for (var output : outputs.entrySet()) {
      write(validation, output.getKey(), output.getValue());
    }
    PrintWriter err = spec.commandLine().getErr();
    if (counts) {
      CountsReport.text(validation, format == ReportFormat.text ? out : err);
    }
    validation
        .strangers()
        .forEach(
            name -> err.println("meshkeel: no mesh has the cluster " + name + " of the snapshot"));
    if (format != ReportFormat.text) {
      // The other forms hold findings only; silence must not be taken for a pass.
      validation
          .verdicts()
          .forEach(verdict -> {
            TextReport.debt(verdict).ifPresent(line -> err.println("meshkeel: " + line));
            TextReport.notJudged(verdict).forEach(line -> err.println("meshkeel: " + line));
          });
    }
    validation.failures().forEach(why -> err.println("meshkeel: " + why));
    err.flush();
    return validation.exitCode();
  }

  private static void write(Validation validation, ReportFormat format, Path file)
      throws CommandException {
    StringWriter text = new StringWriter();
    format.print(validation, new PrintWriter(text));
    try {
      Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw CommandException.unable(
          "the %s report can't be written to %s: %s. Fix: name a file in a folder that exists and may be written to"
              .formatted(format, file, e.getMessage()),
          e);
    }
  }
}
