package io.meshkeel.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a run of the command line said.
 *
 * @param code its exit code
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int code, String out, String err) {
  /** Runs it to its end. */
  public static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Meshkeel.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
