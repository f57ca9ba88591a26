package io.meshkeel.app.policy;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshkeel policy new ID}. */
@Command(
    name = "new",
    description = {
      "Writes a rule with METADATA, its test in Rego and its cases in YAML, which pass as written:",
      "an example to start from. Files that exist are never replaced."
    },
    mixinStandardHelpOptions = true)
public final class PolicyNewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "ID",
      description =
          "For the library's style the rule's id, for example ORG-7; for conftest's the package,"
              + " for example org.timeouts, whose rule is ID.deny.")
  private String id = "";

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "library")
  private RuleTemplate.Style style = RuleTemplate.Style.library;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Root of a mesh repository (default: the current folder).")
  private Path folder = Path.of(".");

  @Override
  public Integer call() throws Exception {
    RuleTemplate template = RuleTemplate.of(id, style);
    if (!Files.isDirectory(folder)) {
      throw CommandException.brokenInput(folder + " is no folder. Fix: name the repository's root");
    }
    Map<String, String> files = template.files();
    for (String path : files.keySet()) {
      if (Files.exists(folder.resolve(path))) {
        throw CommandException.brokenInput(
            folder.resolve(path) + " exists. Fix: give another id, or remove the file");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    for (var file : files.entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
      out.println("wrote " + folder.resolve(file.getKey()));
    }
    out.println("The rule's id is " + template.rule() + ". Try `meshkeel policy test`.");
    out.flush();
    return ExitCode.GOOD;
  }

  private static void write(Path file, String text) throws CommandException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw CommandException.unable(
          file + " can't be written: " + e.getMessage() + ". Fix: name a folder of yours", e);
    }
  }
}
