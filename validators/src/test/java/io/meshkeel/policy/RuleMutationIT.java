package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.policy.MutationRun.Answer;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A machine changes the good example of each rule in every way it knows ({@link Mutator}); an
 * oracle that doesn't ask the rule says which changes are mistakes ({@link MutationOracle}); the
 * rule, asked alone, must find those and no others. {@code -Dmeshkeel.write=true} writes the
 * figures.
 */
final class RuleMutationIT {
  private static final TestingOpa OPA = start();
  private static final SortedMap<String, MutationRun> RUNS = new TreeMap<>();

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

  static List<RuleExample> examples() {
    return RuleExample.all();
  }

  private static MutationRun run(RuleExample example) {
    return RUNS.computeIfAbsent(
        example.rule(),
        rule -> {
          try {
            MutationRun run = MutationRun.of(example, OPA.newJudgeOf(rule));
            report(run);
            return run;
          } catch (PolicyException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyMistakeIsFoundAndNothingElse(RuleExample example) {
    MutationRun run = run(example);
    MutationOracle oracle = example.oracle();
    assertThat(run.real(Answer.SILENT))
        .as("mistakes that are not found")
        .allMatch(oracle::isKnownSurvivor);
    assertThat(run.real(Answer.FOUND))
        .as("listed as survivors, but found")
        .noneMatch(oracle::isKnownSurvivor);
    assertThat(run.falseAlarms()).as("found, though no mistake of this kind").isEmpty();
    assertThat(oracle.unused(run.mutations())).as("patterns that fit nothing").isEmpty();
    assertThat(run.mutations())
        .as("changes that nothing is said of")
        .allMatch(m -> oracle.isReal(m) || oracle.whyHarmless(m).isPresent());
    assertThat(run.line().mistakes()).as("mistakes").isPositive();
  }

  /** Every change with what was expected and what was said of it, for whoever wants to read on. */
  private static void report(MutationRun run) {
    StringBuilder text = new StringBuilder();
    run.results()
        .forEach(result -> {
          text.append(run.example().oracle().isReal(result.mutation()) ? "mistake  " : "harmless ")
              .append(String.format("%-8s", result.answer()))
              .append(result.mutation())
              .append('\n');
        });
    try {
      Path folder = Files.createDirectories(Path.of("target", "mutations"));
      Files.writeString(folder.resolve(run.example().rule() + ".txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theFiguresAreThoseOfThisRun() throws IOException {
    MutationFigures figures =
        MutationFigures.of(examples().stream().map(e -> run(e).line()).toList());
    if (Boolean.getBoolean("meshkeel.write")) {
      figures.write();
    }
    assertThat(MutationFigures.read())
        .as("run this test with -Dmeshkeel.write=true to write the figures")
        .isEqualTo(figures);
    assertThat(figures.all().percent()).isGreaterThanOrEqualTo(95);
  }
}
