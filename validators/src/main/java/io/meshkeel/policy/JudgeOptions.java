package io.meshkeel.policy;

import io.meshkeel.policy.own.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How to judge.
 *
 * @param opa the OPA binary, as {@link OpaBinary#find} found it
 * @param timeout most time for one question to OPA
 * @param startTimeout most time until OPA is ready after its start
 * @param chunk most objects in one question
 * @param parallel most questions at once
 * @param strict whether findings of severity {@code warn} and {@code info} deny too
 * @param turnedOn ids of rules that are asked though they are off by default
 * @param own what rules of a repository's own may take
 */
public record JudgeOptions(
    Path opa,
    Duration timeout,
    Duration startTimeout,
    int chunk,
    int parallel,
    boolean strict,
    Set<String> turnedOn,
    Limits own) {
  /** 20 s: a question of {@link #DEFAULT_CHUNK} objects takes some 50 ms on one core. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  /** 15 s: OPA is ready after some 60 ms on an idle machine. */
  public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(15);

  /** 250 objects: larger questions cost OPA memory and gain no time. */
  public static final int DEFAULT_CHUNK = 250;

  /** 4 questions at once. */
  public static final int DEFAULT_PARALLEL = 4;

  /**
   * @throws IllegalArgumentException if a number or duration is not positive
   */
  public JudgeOptions {
    turnedOn = Set.copyOf(turnedOn);
    if (chunk < 1 || parallel < 1 || !timeout.isPositive() || !startTimeout.isPositive()) {
      throw new IllegalArgumentException("chunk, parallel and time-outs must be positive");
    }
  }

  /** The defaults, with this OPA binary. */
  public static JudgeOptions of(Path opa) {
    return new JudgeOptions(
        opa,
        DEFAULT_TIMEOUT,
        DEFAULT_START_TIMEOUT,
        DEFAULT_CHUNK,
        DEFAULT_PARALLEL,
        false,
        Set.of(),
        Limits.DEFAULT);
  }

  public JudgeOptions withStrict(boolean newStrict) {
    return new JudgeOptions(opa, timeout, startTimeout, chunk, parallel, newStrict, turnedOn, own);
  }

  public JudgeOptions withTurnedOn(Set<String> rules) {
    return new JudgeOptions(opa, timeout, startTimeout, chunk, parallel, strict, rules, own);
  }

  public JudgeOptions withTimeout(Duration newTimeout) {
    return new JudgeOptions(opa, newTimeout, startTimeout, chunk, parallel, strict, turnedOn, own);
  }

  /** The same with other limits of the repository's own rules. */
  public JudgeOptions withOwn(Limits limits) {
    return new JudgeOptions(opa, timeout, startTimeout, chunk, parallel, strict, turnedOn, limits);
  }
}
