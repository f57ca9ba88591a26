package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.policy.Decisions;
import io.meshkeel.policy.OpaDecisions;
import io.meshkeel.policy.OpaProcess;
import io.meshkeel.policy.PolicyException;
import io.meshkeel.policy.UnansweredException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** One OPA process with the rules of one revision. Any thread; several questions at once. */
final class OwnProcess implements AutoCloseable {
  private final OpaProcess opa;
  private final ProcessWatch watch;
  private final Decisions decisions;

  private OwnProcess(OpaProcess opa, ProcessWatch watch, Decisions decisions) {
    this.opa = opa;
    this.watch = watch;
    this.decisions = decisions;
  }

  /** Starts processes. */
  interface Source {
    /**
     * Starts one; blocks until it is ready.
     *
     * @throws PolicyException if that can't be done
     */
    OwnProcess start(OwnPublication publication) throws PolicyException;
  }

  /**
   * Real processes.
   *
   * @param startTimeout most time until one is ready
   */
  static Source source(
      Path binary, Duration startTimeout, Limits limits, HttpClient http, ExecutorService threads) {
    return publication -> {
      OpaProcess opa =
          OpaProcess.start(binary, publication, limits.environment(), startTimeout, http);
      ProcessWatch watch =
          ProcessWatch.of(
              ProcessHandle.of(opa.pid()).orElseThrow(), limits.memoryBytes(), limits.time());
      return new OwnProcess(
          opa,
          watch,
          new OpaDecisions(opa.address(), opa.token(), limits.patience(), http, threads));
    };
  }

  /** Asks; blocks until there is an answer or the time is over. */
  JsonNode ask(Map<String, Object> input) throws UnansweredException {
    watch.begin();
    try {
      return decisions.ask(OwnProgram.DOCUMENT, input);
    } finally {
      watch.end();
    }
  }

  boolean isAlive() {
    return opa.isAlive();
  }

  /** What it took too much of, and was ended for; empty if it wasn't. */
  Optional<ProcessWatch.Excess> excess() {
    return watch.ended();
  }

  long pid() {
    return opa.pid();
  }

  /** Ends it at once. Idempotent. */
  @Override
  public void close() {
    watch.close();
    opa.kill();
    opa.close();
  }
}
