package io.meshkeel.app.policy;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.app.policy.Baseline.Written;
import io.meshkeel.app.validate.ChangedFile;
import io.meshkeel.app.validate.ChangedSnapshot;
import io.meshkeel.app.validate.Judgement;
import io.meshkeel.app.validate.RepositoryFiles;
import io.meshkeel.app.validate.Validation;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.Waivers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code meshkeel policy baseline}. */
@Command(
    name = "baseline",
    description = {
      "Writes a Waiver for each of today's findings, so that a mesh can start clean and hides",
      "nothing: they are shown as waived until the waivers end. May be run again."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every finding has a waiver",
      "1:some can't have one: they must be put right",
      "2:broken input, or wrong use",
      "3:OPA could not be used, or a file can't be written"
    })
public final class BaselineCommand implements Callable<Integer> {
  /** 90 days: half of the most that a waiver may have. */
  public static final int DEFAULT_DAYS = 90;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PolicyOptions options = new PolicyOptions();

  @Option(
      names = "--owner",
      paramLabel = "WHO",
      required = true,
      description = "Who answers for the waivers: a person or a team.")
  private String owner = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why they are there (default: ${DEFAULT-VALUE}).",
      defaultValue = "found when the rules were introduced")
  private String reason = "";

  @Option(names = "--ticket", paramLabel = "TEXT", description = "Where the work is followed.")
  private @Nullable String ticket;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Days until they end, 1 to 180 (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + DEFAULT_DAYS)
  private int days;

  @Option(
      names = "--severity",
      paramLabel = "LEAST",
      description = "The mildest findings that get one: error, warn or info (default: info).",
      defaultValue = "info")
  private Severity least = Severity.INFO;

  @Override
  public Integer call() throws Exception {
    if (days < 1 || days > Waivers.MOST_DAYS) {
      throw new ParameterException(
          spec.commandLine(), "--days is " + days + ", not from 1 to " + Waivers.MOST_DAYS);
    }
    if (owner.isBlank() || reason.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--owner and --reason must not be empty");
    }
    return options.validator().judging(options.folder(), options.inventory(), this::baseline);
  }

  private int baseline(Judgement judgement, Snapshot snapshot) throws CommandException {
    Validation now = judgement.of(snapshot);
    requireVerdicts(now);
    Written written =
        new Baseline(
                owner,
                reason,
                Optional.ofNullable(ticket),
                LocalDate.now(ZoneOffset.UTC).plusDays(days))
            .of(asked(now), now.governance());
    Map<String, ChangedFile> files = files(snapshot, written);
    Map<String, byte[]> contents = new TreeMap<>();
    files.forEach((path, file) -> contents.put(path, file.becomes()));
    Validation after = judgement.of(new ChangedSnapshot(snapshot, contents));
    requireVerdicts(after);
    List<Finding> uncovered =
        asked(after).stream()
            .filter(finding -> finding.standing().state() != Standing.State.WAIVED)
            .filter(finding -> !written.broken().contains(finding))
            .filter(finding -> !written.ended().contains(finding))
            .toList();
    RepositoryFiles.write(options.folder(), files);
    PrintWriter out = spec.commandLine().getOut();
    written
        .waivers()
        .forEach((path, waivers) ->
            out.println(
                path + ": " + waivers.size() + (waivers.size() == 1 ? " waiver" : " waivers")));
    out.println("%d new waivers, until %s".formatted(written.count(), expiry()));
    out.flush();
    tell("can't be waived, so put it right: ", written.broken());
    tell("has a waiver that ended or is wrong, so have that reviewed: ", written.ended());
    tell("is there in spite of its waiver: ", uncovered);
    notJudged(now);
    return written.broken().isEmpty() && written.ended().isEmpty() && uncovered.isEmpty()
        ? ExitCode.GOOD
        : ExitCode.FINDINGS;
  }

  private LocalDate expiry() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(days);
  }

  /** What deserves a waiver; what is wrong with waivers themselves can't have one. */
  private List<Finding> asked(Validation validation) {
    return validation.findings().stream()
        .filter(finding -> finding.severity().compareTo(least) <= 0)
        .filter(finding -> finding.severity() == Severity.ERROR || !isNotice(finding))
        .toList();
  }

  private static boolean isNotice(Finding finding) {
    return finding.ruleId().matches("W[0-9]{3}");
  }

  private static void requireVerdicts(Validation validation) throws CommandException {
    if (!validation.failures().isEmpty()) {
      throw CommandException.unable(
          "nothing is written, since the folder can't be judged: "
              + String.join("; ", validation.failures()),
          null);
    }
  }

  private void tell(String what, List<Finding> findings) {
    PrintWriter err = spec.commandLine().getErr();
    findings.forEach(finding -> err.println("meshkeel: " + what + finding.oneLine()));
    err.flush();
  }

  private void notJudged(Validation validation) {
    PrintWriter err = spec.commandLine().getErr();
    for (Verdict verdict : validation.verdicts()) {
      if (!verdict.notJudged().isEmpty()) {
        err.println(
            "meshkeel: mesh %s: %d rules could not judge all of it, so what they would find has no waiver. Fix: --snapshot"
                .formatted(verdict.mesh(), verdict.notJudged().size()));
      }
    }
    err.flush();
  }

  /** What the files with new waivers hold then. */
  private static Map<String, ChangedFile> files(Snapshot snapshot, Written written)
      throws CommandException {
    Map<String, SourceFile> known = new TreeMap<>();
    snapshot.files().forEach(file -> known.put(file.path(), file));
    Map<String, ChangedFile> files = new TreeMap<>();
    for (String path : written.waivers().keySet()) {
      SourceFile file = known.get(path);
      try {
        byte[] was = file == null ? null : snapshot.content(file);
        String before = was == null ? "" : new String(was, StandardCharsets.UTF_8);
        String text =
            before
                + (before.isEmpty() || before.endsWith("\n") ? "" : "\n")
                + written.text(path, before.isBlank());
        files.put(path, new ChangedFile(was, text.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw CommandException.brokenInput(path + " can't be read: " + e.getMessage());
      }
    }
    return files;
  }
}
