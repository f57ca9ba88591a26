package io.meshkeel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are measured from outside. */
final class Commands {
  private Commands() {}

  /**
   * Runs a program to its end.
   *
   * @param log receives its output
   * @return its exit code
   * @throws IllegalStateException if it doesn't end in time
   */
  static int run(Path log, Duration within, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command.getFirst() + " doesn't end; see " + log);
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The same, for a program that must succeed. */
  static void succeed(Path log, Duration within, List<String> command) {
    int code = run(log, within, command);
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code + "; see " + log);
    }
  }
}
