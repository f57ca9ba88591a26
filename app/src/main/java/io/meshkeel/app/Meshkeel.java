package io.meshkeel.app;

import io.meshkeel.app.logging.Logging;
import io.meshkeel.app.observe.GetCommand;
import io.meshkeel.app.observe.ImportCommand;
import io.meshkeel.app.observe.SnapshotCommand;
import io.meshkeel.app.policy.PolicyCommand;
import io.meshkeel.app.serve.ServeCommand;
import io.meshkeel.app.validate.ExplainCommand;
import io.meshkeel.app.validate.ValidateCommand;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "meshkeel",
    description = "Keeps Istio service meshes on the course that a Git repository declares.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      ValidateCommand.class,
      ExplainCommand.class,
      PolicyCommand.class,
      PlanCommand.class,
      RenderCommand.class,
      GetCommand.class,
      SnapshotCommand.class,
      ImportCommand.class,
      ServeCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:good",
      "1:findings that deny, or differences where they were asked about",
      "2:wrong use, or input that can't be read",
      "3:could not do it: a server, a program or a file that is needed can't be used"
    },
    commandListHeading = "%nCommands:%n",
    synopsisSubcommandLabel = "COMMAND")
public final class Meshkeel implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--verbose",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Log what is done to standard error, and show where an error came from.")
  private boolean verbose;

  private Meshkeel() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line with all commands, those of other jars included. */
  public static CommandLine commandLine() {
    Meshkeel root = new Meshkeel();
    CommandLine line = new CommandLine(root);
    for (Class<?> command : commands()) {
      line.addSubcommand(command);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(root::execute);
    line.setParameterExceptionHandler(new WrongUse());
    line.setExecutionExceptionHandler((failure, at, parsed) -> root.failed(failure, at.getErr()));
    return line;
  }

  private int execute(ParseResult parsed) {
    if (verbose) {
      Logging.verbose();
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static List<Class<?>> commands() {
    List<Class<?>> commands = new ArrayList<>();
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      commands.addAll(provider.commands());
    }
    return commands;
  }

  private int failed(Exception failure, PrintWriter err) {
    int code = failure instanceof CommandException known ? known.exitCode() : ExitCode.UNABLE;
    String message = failure.getMessage();
    if (failure instanceof CommandException && message != null) {
      err.println("meshkeel: " + message);
    } else {
      err.println("meshkeel: " + failure + " (run it with --verbose to see where it came from)");
    }
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code;
  }

  /** Without a command: that is wrong use. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
