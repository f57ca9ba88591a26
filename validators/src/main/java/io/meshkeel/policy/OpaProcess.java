package io.meshkeel.policy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One OPA server on a free loopback port with a policy library loaded, for one user: the token that
 * it asks for exists only in this process's memory. Ends with {@link #close()} and, should that not
 * be called, when the JVM shuts down or is killed ({@link OpaGuard}).
 */
public final class OpaProcess implements AutoCloseable {
  /** How often a start is tried when the port was taken meanwhile. */
  private static final int START_ATTEMPTS = 3;

  /** How long OPA may take to end before it is killed. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  /** How much of OPA's log an error shows, in bytes. */
  private static final int MAX_LOG_SHOWN = 2_000;

  private static final Duration READY_POLL = Duration.ofMillis(5);
  private static final Logger LOG = LoggerFactory.getLogger(OpaProcess.class);

  private final Process process;
  private final OpaFolder folder;
  private final URI address;
  private final String token;
  private final String revision;
  private final OpaGuard guard;
  private final Thread stopAtShutdown;

  private OpaProcess(
      Process process, OpaFolder folder, URI address, String token, String revision) {
    this.revision = revision;
    this.process = process;
    this.folder = folder;
    this.address = address;
    this.token = token;
    this.guard = OpaGuard.of(process.pid());
    this.stopAtShutdown = new Thread(this::stop, "stop-opa");
    Runtime.getRuntime().addShutdownHook(stopAtShutdown);
  }

  /**
   * Starts OPA and waits until it is ready; blocks.
   *
   * @param http used to ask whether it is ready
   * @throws PolicyException if it can't be started; says what OPA logged
   */
  static OpaProcess start(Path binary, PolicyLibrary library, Duration timeout, HttpClient http)
      throws PolicyException {
    return start(binary, library, Map.of(), timeout, http);
  }

  /**
   * Starts OPA and waits until it is ready; blocks.
   *
   * @param environment the only variables that the process sees
   * @param http used to ask whether it is ready
   * @throws PolicyException if it can't be started; says what OPA logged
   */
  public static OpaProcess start(
      Path binary,
      Publication publication,
      Map<String, String> environment,
      Duration timeout,
      HttpClient http)
      throws PolicyException {
    PolicyException last = null;
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      OpaProcess opa = launch(binary, publication, environment);
      try {
        opa.awaitReady(timeout, http);
        return opa;
      } catch (PolicyException e) {
        boolean portTaken = opa.log().contains("address already in use");
        opa.close();
        if (!portTaken) {
          throw e;
        }
        last = e;
      }
    }
    throw new PolicyException(
        "no free port could be had for OPA", last == null ? new IOException() : last);
  }

  private static OpaProcess launch(
      Path binary, Publication publication, Map<String, String> environment)
      throws PolicyException {
    OpaFolder folder = null;
    try {
      String token = newToken();
      folder = OpaFolder.create();
      publication.publish(folder.content(), token);
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
              List.of(
                  binary.toAbsolutePath().toString(),
                  "run",
                  "--server",
                  "--addr=127.0.0.1:" + port,
                  "--authentication=token",
                  "--authorization=basic",
                  "--log-level=error",
                  "--log-format=json",
                  "--skip-version-check",
                  // Not ".": by this path an orphan is known for ours.
                  folder.content().toString()));
      builder.directory(folder.content().toFile());
      // OPA reads its flags from OPA_… variables too: nothing of ours must change what it does.
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true);
      builder.redirectOutput(folder.log().toFile());
      Process process = builder.start();
      OpaProcess opa =
          new OpaProcess(
              process,
              folder,
              URI.create("http://127.0.0.1:" + port),
              token,
              publication.revision());
      process.getOutputStream().close();
      folder.record(process.pid());
      return opa;
    } catch (IOException e) {
      if (folder != null) {
        folder.close();
      }
      throw new PolicyException(
          "OPA ("
              + binary
              + ") could not be started: "
              + e.getMessage()
              + ". Fix: name another OPA 1.x binary with --opa FILE or "
              + OpaBinary.VARIABLE,
          e);
    }
  }

  private static String newToken() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Duration timeout, HttpClient http) throws PolicyException {
    long end = System.nanoTime() + timeout.toNanos();
    HttpRequest health =
        HttpRequest.newBuilder(address.resolve("/health"))
            .header("Authorization", "Bearer " + token)
            .timeout(timeout)
            .build();
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new PolicyException(
            "OPA ended at once with exit code "
                + process.exitValue()
                + ": "
                + log()
                + ". Fix: see that it is an OPA 1.x; name another with --opa FILE or "
                + OpaBinary.VARIABLE);
      }
      try {
        if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        LOG.trace("OPA is not ready yet", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PolicyException("interrupted while OPA was starting", e);
      }
      LockSupport.parkNanos(READY_POLL.toNanos());
    }
    throw new PolicyException(
        "OPA was not ready after "
            + timeout.toMillis()
            + " ms. Its log: "
            + log()
            + ". Fix: see that OPA has enough CPU");
  }

  /** Where it listens. */
  public URI address() {
    return address;
  }

  /** The token it asks for. Never logged. */
  public String token() {
    return token;
  }

  /** The library that it was started with. */
  public String revision() {
    return revision;
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The end of what OPA logged. */
  public String log() {
    try (RandomAccessFile file = new RandomAccessFile(folder.log().toFile(), "r")) {
      long from = Math.max(0, file.length() - MAX_LOG_SHOWN);
      file.seek(from);
      byte[] end = new byte[(int) (file.length() - from)];
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Ends OPA at once, in the middle of what it does; {@link #close} is still to be called. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Stops OPA and removes its files. Idempotent. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtShutdown);
    } catch (IllegalStateException e) {
      LOG.trace("the JVM is shutting down already", e);
    }
    stop();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    guard.close();
    folder.close();
  }
}
