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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** One OPA process with the rules of one revision. Any thread; several questions at once. */
final class OwnProcess implements AutoCloseable {
  private final OpaProcess opa;
  private final MemoryWatch memory;
  private final Decisions decisions;
  private final AtomicInteger asking = new AtomicInteger();

  private OwnProcess(OpaProcess opa, MemoryWatch memory, Decisions decisions) {
    this.opa = opa;
    this.memory = memory;
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
      MemoryWatch memory =
          MemoryWatch.of(ProcessHandle.of(opa.pid()).orElseThrow(), limits.memoryBytes());
      return new OwnProcess(
          opa, memory, new OpaDecisions(opa.address(), opa.token(), limits.time(), http, threads));
    };
  }

  /** Asks; blocks until there is an answer or the time is over. */
  JsonNode ask(Map<String, Object> input) throws UnansweredException {
    memory.busy(true);
    asking.incrementAndGet();
    try {
      return decisions.ask(OwnProgram.DOCUMENT, input);
    } finally {
      if (asking.decrementAndGet() == 0) {
        memory.busy(false);
      }
    }
  }

  boolean isAlive() {
    return opa.isAlive();
  }

  /** Whether it was ended for its memory. */
  boolean tookTooMuchMemory() {
    return memory.ended();
  }

  long pid() {
    return opa.pid();
  }

  /** Ends it at once. Idempotent. */
  @Override
  public void close() {
    memory.close();
    opa.kill();
    opa.close();
  }
}
