package io.meshkeel.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code meshkeel serve} as a process of its own, as users run it. Not thread-safe. */
public final class ServiceProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(180);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
  private static final int LOG_TAIL_LINES = 40;

  private final Process process;
  private final Path log;
  private final URI url;

  private ServiceProcess(Process process, Path log, URI url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /**
   * Starts the service and waits until {@code /readyz} answers 200.
   *
   * @param launcher the command that stands for {@code meshkeel}
   * @param config its configuration file
   * @param url where it will listen
   * @param log receives its output
   * @throws IllegalStateException if it ends or isn't ready in time; the message holds the end of
   *     its log
   */
  public static ServiceProcess start(List<String> launcher, Path config, URI url, Path log) {
    List<String> command = new ArrayList<>(launcher);
    command.add("serve");
    command.add("--config");
    command.add(config.toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      ServiceProcess service = new ServiceProcess(process, log, url);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      service.awaitReady();
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException("can't start " + command, e);
    }
  }

  private void awaitReady() {
    boolean ready =
        Eventually.holds(READY_WITHIN, () -> !process.isAlive() || "200".equals(status("/readyz")));
    if (!process.isAlive()) {
      throw new IllegalStateException("the service ended by itself; its log ends with:\n" + tail());
    }
    if (!ready) {
      close();
      throw new IllegalStateException(
          "the service isn't ready after " + READY_WITHIN + "; its log ends with:\n" + tail());
    }
  }

  private String status(String path) {
    try {
      return get(path).substring(0, 3);
    } catch (IllegalStateException e) {
      return "not there: " + e.getMessage();
    }
  }

  /** The status code and body of a page of the service: {@code "200 ok"}. */
  public String get(String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(60)).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body();
    } catch (IOException e) {
      throw new IllegalStateException("GET " + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public URI url() {
    return url;
  }

  /**
   * The process that runs the service's JVM: the launcher itself, which becomes it by {@code exec}.
   */
  public long pid() {
    return process.pid();
  }

  /**
   * Ends it as a crash would ({@code kill -9}) and waits until it is gone. Its OPA lives on until
   * the service is started again.
   */
  public void kill() {
    process.destroyForcibly();
    await(STOP_WITHIN);
  }

  /** The processes that it started and that live: its OPA. */
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /**
   * Ends it as Kubernetes would (SIGTERM), by force if that doesn't work in time.
   *
   * @return its exit code
   */
  public int stop() {
    process.destroy();
    if (!await(STOP_WITHIN)) {
      process.destroyForcibly();
      await(STOP_WITHIN);
    }
    return process.exitValue();
  }

  /** {@link #stop()}. */
  @Override
  public void close() {
    stop();
  }

  private boolean await(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The last lines of its log. */
  public String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(its log can't be read: " + e.getMessage() + ")";
    }
  }
}
