package io.meshkeel.testbed;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running server: its process, its log, its end. */
final class ServerProcess implements AutoCloseable {
  /** How long a server may take to end before it is killed. */
  static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration PROBE_PAUSE = Duration.ofMillis(50);

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Asks a server whether it is ready; an exception means not yet. */
  @FunctionalInterface
  interface Probe {
    boolean ready() throws IOException, InterruptedException;
  }

  /** How a server is started on the ports it is given. */
  @FunctionalInterface
  interface Launch<T> {
    T on(int[] ports) throws IOException, InterruptedException;
  }

  /** The server lost its port to someone else between the choice of the port and its start. */
  static final class PortTaken extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    PortTaken(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /** Starts a command; what it writes is added to {@code <folder>/<name>.log}. */
  static ServerProcess start(
      String name, List<String> command, Map<String, String> environment, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(ProcessReaper.detached(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    ProcessReaper.watch(process);
    return new ServerProcess(name, process, log);
  }

  /** Starts a server on free ports; with other ports again if another program took one of them. */
  static <T> T onFreePorts(int count, Launch<T> launch) {
    String last = "";
    try {
      for (int attempt = 0; attempt < 3; attempt++) {
        try {
          return launch.on(FreePorts.find(count));
        } catch (PortTaken e) {
          last = e.getMessage();
        }
      }
    } catch (IOException e) {
      throw new TestbedException("cannot start a server: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while starting a server", e);
    }
    throw new TestbedException("every free port was taken before the server had it: " + last);
  }

  /**
   * Waits until the server is ready; ends it if it isn't in time.
   *
   * @throws TestbedException with the end of the log
   */
  ServerProcess awaitReady(Duration limit, Probe probe) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!answers(probe)) {
        if (!process.isAlive()) {
          throw failed("ended with exit code " + process.exitValue() + " before it was ready");
        }
        if (System.nanoTime() > deadline) {
          throw failed("was not ready after " + Progress.time(limit));
        }
        Thread.sleep(PROBE_PAUSE);
      }
      return this;
    } catch (RuntimeException | Error | InterruptedException e) {
      kill();
      throw e;
    }
  }

  /** Whether the process runs. */
  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  Path log() {
    return log;
  }

  /** Ends the server as an operator would, and kills it if it doesn't end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    ProcessReaper.forget(process);
  }

  /** Ends the server at once, as {@code kill -9} does, and waits for its end. */
  void kill() {
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TestbedException(name + " (process " + pid() + ") can't be killed");
      }
      ProcessReaper.forget(process);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean answers(Probe probe) throws InterruptedException {
    try {
      return process.isAlive() && probe.ready();
    } catch (IOException e) {
      return false; // Not listening yet.
    }
  }

  private RuntimeException failed(String what) {
    String tail = LogFile.tail(log);
    if (tail.contains("address already in use")) {
      return new PortTaken(tail);
    }
    return new TestbedException(name + " " + what + "; the end of its log " + log + ":\n" + tail);
  }
}
