package io.meshkeel.app.validate;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.policy.FindingPages;
import io.meshkeel.policy.FindingTitles;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshkeel explain RULE}. */
@Command(
    name = "explain",
    description = "Prints what a rule or an error is about and how to fix it.",
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RULE",
      arity = "0..1",
      description = "Id of a rule or an error, for example M101; without it, all are listed.")
  private @Nullable String rule;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (rule == null) {
      FindingTitles.all().forEach((id, title) -> out.println(id + "  " + title));
    } else {
      String id = rule;
      out.print(
          FindingPages.page(id)
              .orElseThrow(() ->
                  CommandException.brokenInput(
                      "nothing has the id '"
                          + id
                          + "'. Known are "
                          + String.join(", ", FindingTitles.all().keySet()))));
    }
    out.flush();
    return ExitCode.GOOD;
  }
}
