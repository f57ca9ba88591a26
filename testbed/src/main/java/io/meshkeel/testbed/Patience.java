package io.meshkeel.testbed;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long tests wait for what is sure to come. It bounds a test that fails and is no measure of
 * speed: with many servers on few processors everything takes many times as long.
 */
public final class Patience {
  /** The longest that a test waits for one thing. */
  public static final Duration LIMIT = Duration.ofMinutes(3);

  private Patience() {}

  /** Waits for a condition as long as {@link #LIMIT}; for tests that have Awaitility. */
  public static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT);
  }

  /** The same; a failure names what was waited for. */
  public static ConditionFactory await(String what) {
    return Awaitility.await(what).atMost(LIMIT);
  }
}
