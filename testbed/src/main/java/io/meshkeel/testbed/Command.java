package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end. No shell is involved. */
public final class Command {
  private Command() {}

  /**
   * What a command left behind.
   *
   * @param exitCode its exit code
   * @param output standard output and standard error, in the order written
   */
  public record Result(int exitCode, String output) {
    /** The output of a command that must have succeeded. */
    public String orFail(String what) {
      if (exitCode != 0) {
        throw new TestbedException(what + " failed with exit code " + exitCode + ":\n" + output);
      }
      return output;
    }
  }

  /**
   * Runs a command and waits for it.
   *
   * @param environment added to this process' environment
   * @throws IOException if it can't be started, or isn't done in time (it is then ended)
   */
  public static Result run(
      List<String> command, Path folder, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("meshkeel-command", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException(
              command.getFirst()
                  + " was not done after "
                  + Progress.time(limit)
                  + ":\n"
                  + LogFile.tail(output));
        }
      } finally {
        process.destroyForcibly();
      }
      byte[] bytes = Files.readAllBytes(output);
      return new Result(process.exitValue(), new String(bytes, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
