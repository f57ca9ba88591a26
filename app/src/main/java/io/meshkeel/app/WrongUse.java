package io.meshkeel.app;

import io.meshkeel.model.ClosestName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and what was probably meant. */
final class WrongUse implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("meshkeel: " + message(failure, line));
    err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help' for what there is.");
    err.flush();
    return ExitCode.WRONG_USE;
  }

  private static String message(ParameterException failure, CommandLine line) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return String.valueOf(failure.getMessage());
    }
    String word = unmatched.getUnmatched().getFirst();
    if (word.startsWith("-")) {
      String name = word.split("=", 2)[0];
      return "there is no option '" + name + "'" + ClosestName.hint(name, options(line));
    }
    List<String> commands = List.copyOf(line.getSubcommands().keySet());
    return commands.isEmpty()
        ? "'" + word + "' is one argument too many"
        : "there is no command '" + word + "'" + ClosestName.hint(word, commands);
  }

  private static List<String> options(CommandLine line) {
    List<String> names = new ArrayList<>();
    line.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }
}
