package io.meshkeel.demo;

import io.meshkeel.rig.Eventually;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells the demo's steps on the terminal and counts what held and what did not. Not thread-safe.
 */
final class Story {
  /** How long a check waits for what it asks. */
  static final Duration DEFAULT_WAIT = Duration.ofMinutes(3);

  private final PrintStream out;
  private final long start = System.nanoTime();
  private int passed;
  private int failed;

  Story(PrintStream out) {
    this.out = out;
  }

  /** A new step. */
  void step(String title) {
    out.printf(
        Locale.ROOT, "%n[%5.1f s] %s%n", (System.nanoTime() - start) / 1_000_000_000.0, title);
  }

  /** Something to know or to look at. */
  void say(String line) {
    out.println("          " + line.replace("\n", "\n          "));
  }

  /**
   * Asks a server until what it says is as it should be, and tells what it said.
   *
   * @param what the claim, for people
   * @param ask asks the server; an exception counts as an answer that isn't right
   * @param right whether the answer is as claimed
   */
  <T> void check(String what, Supplier<T> ask, Predicate<T> right) {
    check(what, DEFAULT_WAIT, ask, right);
  }

  /** The same with another limit. */
  <T> void check(String what, Duration within, Supplier<T> ask, Predicate<T> right) {
    AtomicReference<String> last = new AtomicReference<>("nothing");
    boolean holds =
        Eventually.holds(
            within,
            () -> {
              try {
                T answer = ask.get();
                last.set(String.valueOf(answer));
                return right.test(answer);
              } catch (RuntimeException e) {
                last.set(e.getMessage());
                return false;
              }
            });
    if (holds) {
      passed++;
      out.println("     ok   " + what);
    } else {
      failed++;
      out.println("     FAILED " + what + "; after " + within.toSeconds() + " s it is: " + last);
    }
    out.flush();
  }

  /** A check that could not even be made. */
  void broken(String what, Exception cause) {
    failed++;
    out.println("     FAILED " + what + ": " + cause.getMessage());
  }

  int failed() {
    return failed;
  }

  /** {@code N passed, N failed}. */
  String summary() {
    return passed + " passed, " + failed + " failed";
  }
}
