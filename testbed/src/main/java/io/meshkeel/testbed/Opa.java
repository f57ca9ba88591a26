package io.meshkeel.testbed;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running OPA server on loopback, without policies and without authentication. */
public final class Opa implements AutoCloseable {
  /** How long OPA may take to be ready. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(120);

  private final ServerProcess process;
  private final URI url;

  private Opa(ServerProcess process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts OPA; its log is {@code opa.log} in the folder. */
  public static Opa start(Path binary, Path folder) {
    Http http = new Http();
    return ServerProcess.onFreePorts(
        1,
        ports -> {
          URI url = URI.create("http://127.0.0.1:" + ports[0]);
          List<String> command =
              List.of(
                  binary.toString(),
                  "run",
                  "--server",
                  "--addr",
                  "127.0.0.1:" + ports[0],
                  "--disable-telemetry",
                  "--log-level",
                  "error");
          ServerProcess process =
              ServerProcess.start("opa", command, Map.of(), folder)
                  .awaitReady(
                      READY_TIMEOUT, () -> http.get(url.resolve("/health")).status() == 200);
          return new Opa(process, url);
        });
  }

  /** The base address of its REST API. */
  public URI url() {
    return url;
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  /** Kills it, as a crash would. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
