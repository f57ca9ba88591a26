package io.meshkeel.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How {@code meshkeel} is run as a process of its own. */
public final class Launcher {
  private static final int RUN_MINUTES = 5;

  private Launcher() {}

  /**
   * The distribution's script where the launcher built one, so that the JVM flags are those that
   * are shipped; else this JVM's class path.
   */
  public static List<String> command() {
    Path script = Checkout.root().resolve("app/target/dist/bin/meshkeel");
    if (System.getenv(Checkout.ROOT_VARIABLE) != null && Files.isExecutable(script)) {
      return List.of(script.toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        "io.meshkeel.app.Meshkeel");
  }

  /**
   * What a command answered.
   *
   * @param exitCode of the process
   * @param output what it wrote to both streams
   */
  public record Run(int exitCode, String output) {}

  /** Runs a command to its end. */
  public static Run run(String... arguments) {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(RUN_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " doesn't end");
      }
      return new Run(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
