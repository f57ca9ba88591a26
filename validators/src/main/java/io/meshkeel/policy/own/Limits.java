package io.meshkeel.policy.own;

import java.time.Duration;
import java.util.Map;

/**
 * What rules of a repository's own may take.
 *
 * @param time most time of the processor for one question
 * @param memoryBytes most resident memory of one OPA process; it is ended beyond that
 * @param processes most OPA processes at once
 * @param idle how long one is kept that nobody asks
 */
public record Limits(Duration time, long memoryBytes, int processes, Duration idle) {
  /** 1 s: 250 objects and ten rules take some 50 ms. */
  public static final Duration DEFAULT_TIME = Duration.ofSeconds(1);

  /** A question waits ten times as long as it may work: others may keep the processor busy. */
  public static final int PATIENCE = 10;

  /** 256 MiB. Go is asked to keep its heap below half of it; 250 objects need some 70 MiB. */
  public static final long DEFAULT_MEMORY_BYTES = 256L << 20;

  /** 4 processes: the branch and a few proposals that change policies. */
  public static final int DEFAULT_PROCESSES = 4;

  /** 5 minutes. */
  public static final Duration DEFAULT_IDLE = Duration.ofMinutes(5);

  /** What the service and the commands use. */
  public static final Limits DEFAULT =
      new Limits(DEFAULT_TIME, DEFAULT_MEMORY_BYTES, DEFAULT_PROCESSES, DEFAULT_IDLE);

  /**
   * @throws IllegalArgumentException if one is not positive
   */
  public Limits {
    if (!time.isPositive() || memoryBytes < 1 || processes < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException("a limit must be positive");
    }
  }

  /** Most time for one question by the clock, until the last byte of its answer. */
  Duration patience() {
    return time.multipliedBy(PATIENCE);
  }

  /** What an OPA process sees: less memory before it collects, and one core. */
  Map<String, String> environment() {
    return Map.of("GOMEMLIMIT", String.valueOf(memoryBytes / 2), "GOMAXPROCS", "1");
  }
}
