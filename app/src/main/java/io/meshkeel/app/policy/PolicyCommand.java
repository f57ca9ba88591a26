package io.meshkeel.app.policy;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code meshkeel policy}: the group of commands about rules. */
@Command(
    name = "policy",
    description = "Works on the rules that a repository is judged by.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicyTestCommand.class,
      PolicyNewCommand.class,
      BaselineCommand.class,
      ImpactCommand.class,
      HelpCommand.class
    },
    commandListHeading = "%nCommands:%n",
    synopsisSubcommandLabel = "COMMAND")
public final class PolicyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a command: that is wrong use. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command of policy is missing");
  }
}
