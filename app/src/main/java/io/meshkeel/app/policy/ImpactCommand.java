package io.meshkeel.app.policy;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.app.Progress;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.git.GitException;
import io.meshkeel.git.WorkingCopy;
import io.meshkeel.git.WorkingCopy.Commit;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Governance;
import io.meshkeel.model.Revision;
import io.meshkeel.policy.Judge;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code meshkeel policy impact}. */
@Command(
    name = "impact",
    description = {
      "Shows what changed policies (settings, waivers and rules of the folder) would do to",
      "branches and to what was merged, beside those of a commit."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing fails that didn't",
      "1:something fails that didn't",
      "2:broken input: policies, a commit or a branch can't be read",
      "3:OPA could not be used, or a rule could not be asked"
    })
public final class ImpactCommand implements Callable<Integer> {
  /** 20 commits. */
  public static final int DEFAULT_COMMITS = 20;

  /** 500 commits are looked at. */
  public static final int MOST_COMMITS = 500;

  /** The forms of the report. */
  enum Format {
    text,
    json
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PolicyOptions options = new PolicyOptions();

  @Option(
      names = "--base",
      paramLabel = "REV",
      required = true,
      description = "The commit whose policies are the old ones.")
  private String base = "";

  @Option(
      names = "--branches",
      paramLabel = "PATTERN",
      split = ",",
      description =
          "Branches whose heads are judged, for example 'main,origin/*' (default: what is checked"
              + " out).")
  private List<String> branches = List.of();

  @Option(
      names = "--commits",
      paramLabel = "N",
      description =
          "How many of the last commits of what is checked out (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + DEFAULT_COMMITS)
  private int commits;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "text")
  private Format format = Format.text;

  @Override
  public Integer call() throws Exception {
    if (commits < 0 || commits > MOST_COMMITS) {
      throw new ParameterException(
          spec.commandLine(), "--commits is " + commits + ", not from 0 to " + MOST_COMMITS);
    }
    Impact impact = options.validator().asking(options.inventory(), this::impact);
    ImpactReport report = new ImpactReport(spec.commandLine().getOut());
    switch (format) {
      case text -> report.text(impact);
      case json -> report.json(impact);
    }
    if (impact.unknown()) {
      return ExitCode.UNABLE;
    }
    return impact.fails() ? ExitCode.FINDINGS : ExitCode.GOOD;
  }

  private Impact impact(Judge judge, Evidence evidence) throws CommandException {
    try (WorkingCopy copy = WorkingCopy.around(options.folder());
        Progress progress = Progress.of(spec.commandLine().getErr(), "reading policies")) {
      Governance old = ImpactJudge.governance(copy.at(base), base);
      Governance fresh =
          ImpactJudge.governance(
              DirectorySnapshot.of(options.folder()), String.valueOf(options.folder()));
      return new ImpactJudge(judge, evidence, copy, old, fresh, progress)
          .of(heads(copy), copy.commits(commits));
    } catch (GitException e) {
      throw CommandException.brokenInput(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CommandException.brokenInput(options.folder() + " can't be read: " + e.getMessage());
    }
  }

  private SortedMap<String, Revision> heads(WorkingCopy copy) throws GitException {
    if (!branches.isEmpty()) {
      return copy.branches(branches);
    }
    SortedMap<String, Revision> heads = new TreeMap<>();
    Optional<Commit> head = copy.head();
    head.ifPresent(commit -> heads.put("HEAD", commit.revision()));
    return heads;
  }
}
