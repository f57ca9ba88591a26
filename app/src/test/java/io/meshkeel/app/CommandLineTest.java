package io.meshkeel.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Meshkeel.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run("--version")).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString()).startsWith("meshkeel " + Version.current());
    assertThat(Version.current()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @Test
  void theHelpTellsTheExitCodesAndEveryCommand() {
    assertThat(run("--help")).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString())
        .contains("Exit codes:", "validate", "plan", "serve", "explain", "completion");
  }

  @Test
  void everyCommandHasHelpAndADescription() {
    Meshkeel.commandLine()
        .getSubcommands()
        .forEach((name, command) -> {
          assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
          assertThat(run("help", name)).isEqualTo(ExitCode.GOOD);
        });
  }

  @Test
  void aCommandThatIsNotThereIsWrongUseWithASuggestion() {
    assertThat(run("srve")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("there is no command 'srve', did you mean 'serve'?");
  }

  @Test
  void anOptionThatIsNotThereIsWrongUseWithASuggestion() {
    assertThat(run("serve", "--config", "x", "--opaa=y")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("there is no option '--opaa', did you mean '--opa'?");
  }

  @Test
  void nothingAtAllIsWrongUse() {
    assertThat(run()).isEqualTo(ExitCode.WRONG_USE);
  }

  @Test
  void aGroupWithoutACommandIsWrongUse() {
    assertThat(run("policy")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("a command of policy is missing");
  }

  @Test
  void aMissingConfigurationIsWrongUseAndNamed() {
    assertThat(run("serve", "--config", "not-there.yaml")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("not-there.yaml");
  }

  @Test
  void theCompletionScriptKnowsTheCommands() {
    assertThat(run("completion")).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString()).contains("complete -F", "validate", "serve");
  }
}
