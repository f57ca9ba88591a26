package io.meshkeel.reconcile;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * How the loops behave.
 *
 * @param poll how often the repository is looked at without an event
 * @param resync how often a cluster is listed and planned as a whole without an event; the kinds
 *     one after the other, spread over this time; without a write
 * @param firstPause first pause after a failure; doubles up to {@code longestPause}
 * @param longestPause longest pause after failures that follow each other
 * @param catchUp how long a watch may take to show what was just written, before it counts as drift
 * @param inFlight most writes in flight to one cluster
 * @param rollouts most workloads of one cluster that roll out at once because of what was written
 * @param rolloutTimeout how long one of them may take before it counts as failed
 * @param clock for pauses and reports
 * @param jitter from 0 (inclusive) to 1 (exclusive): a pause is multiplied by 1 to 1.5
 * @param observe whether pods, Services and workloads are watched for the modules and for rules,
 *     beside what is applied
 * @param firstLists how long a verdict waits for what a cluster holds that was not connected before
 * @param auditPause shortest time between two audits of what is accepted
 */
public record ReconcilerOptions(
    Duration poll,
    Duration resync,
    Duration firstPause,
    Duration longestPause,
    Duration catchUp,
    int inFlight,
    int rollouts,
    Duration rolloutTimeout,
    InstantSource clock,
    DoubleSupplier jitter,
    boolean observe,
    Duration firstLists,
    Duration auditPause) {
  /** {@link #poll} if nothing is said. */
  public static final Duration DEFAULT_POLL = Duration.ofSeconds(60);

  /** {@link #resync} if nothing is said. */
  public static final Duration DEFAULT_RESYNC = Duration.ofMinutes(10);

  /** {@link #firstPause} if nothing is said. */
  public static final Duration DEFAULT_FIRST_PAUSE = Duration.ofSeconds(1);

  /** {@link #longestPause} if nothing is said. */
  public static final Duration DEFAULT_LONGEST_PAUSE = Duration.ofMinutes(2);

  /** {@link #catchUp} if nothing is said. */
  public static final Duration DEFAULT_CATCH_UP = Duration.ofSeconds(5);

  /** {@link #rollouts} if nothing is said. */
  public static final int DEFAULT_ROLLOUTS = 2;

  /** {@link #rolloutTimeout} if nothing is said: what Kubernetes itself gives a Deployment. */
  public static final Duration DEFAULT_ROLLOUT_TIMEOUT = Duration.ofMinutes(10);

  /** {@link #firstLists} if nothing is said. */
  public static final Duration DEFAULT_FIRST_LISTS = Duration.ofSeconds(10);

  /** {@link #auditPause} if nothing is said. */
  public static final Duration DEFAULT_AUDIT_PAUSE = Duration.ofSeconds(15);

  /** Revisions between two heads that are judged at most. */
  public static final int MAX_PASSED = 20;

  /**
   * @throws IllegalArgumentException if a duration or number is not positive
   */
  public ReconcilerOptions {
    if (!poll.isPositive()
        || !resync.isPositive()
        || !firstPause.isPositive()
        || !longestPause.isPositive()
        || !catchUp.isPositive()
        || !rolloutTimeout.isPositive()
        || firstLists.isNegative()
        || auditPause.isNegative()
        || rollouts < 1
        || inFlight < 1) {
      throw new IllegalArgumentException("durations and numbers of the loops must be positive");
    }
  }

  /** The defaults. */
  public static ReconcilerOptions defaults(
      int inFlight, InstantSource clock, DoubleSupplier jitter) {
    return new ReconcilerOptions(
        DEFAULT_POLL,
        DEFAULT_RESYNC,
        DEFAULT_FIRST_PAUSE,
        DEFAULT_LONGEST_PAUSE,
        DEFAULT_CATCH_UP,
        inFlight,
        DEFAULT_ROLLOUTS,
        DEFAULT_ROLLOUT_TIMEOUT,
        clock,
        jitter,
        true,
        DEFAULT_FIRST_LISTS,
        DEFAULT_AUDIT_PAUSE);
  }

  public ReconcilerOptions withPoll(Duration newPoll) {
    return but(copy -> copy.poll = newPoll);
  }

  /** With another time between two looks at a whole cluster. */
  public ReconcilerOptions withResync(Duration newResync) {
    return but(copy -> copy.resync = newResync);
  }

  /** The same, with or without watches for the modules alone. */
  public ReconcilerOptions observing(boolean whether) {
    return but(copy -> copy.observe = whether);
  }

  /** With other times for what is seen of clusters. */
  public ReconcilerOptions withSight(Duration first, Duration audit) {
    return but(copy -> {
      copy.firstLists = first;
      copy.auditPause = audit;
    });
  }

  /** The time to the next look at a whole cluster: 0.75 to 1.25 times {@link #resync}. */
  Duration nextResync() {
    return Duration.ofMillis((long) (resync.toMillis() * (0.75 + jitter.getAsDouble() / 2)));
  }

  /** With other pauses after failures. */
  public ReconcilerOptions withPauses(Duration first, Duration longest) {
    return but(copy -> {
      copy.firstPause = first;
      copy.longestPause = longest;
    });
  }

  /** With other limits of rollouts. */
  public ReconcilerOptions withRollouts(int atOnce, Duration timeout) {
    return but(copy -> {
      copy.rollouts = atOnce;
      copy.rolloutTimeout = timeout;
    });
  }

  /** The pause after so many failures that followed each other. */
  Duration pause(int failures) {
    long doubled = firstPause.toMillis() << Math.min(20, Math.max(0, failures - 1));
    return Duration.ofMillis(
        (long) (Math.min(longestPause.toMillis(), doubled) * (1 + jitter.getAsDouble() / 2)));
  }

  private ReconcilerOptions but(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.made();
  }

  /** What may differ, on the way from one to the next. */
  private static final class Copy {
    private final ReconcilerOptions of;
    private Duration poll;
    private Duration resync;
    private Duration firstPause;
    private Duration longestPause;
    private int rollouts;
    private Duration rolloutTimeout;
    private boolean observe;
    private Duration firstLists;
    private Duration auditPause;

    Copy(ReconcilerOptions of) {
      this.of = of;
      this.poll = of.poll;
      this.resync = of.resync;
      this.firstPause = of.firstPause;
      this.longestPause = of.longestPause;
      this.rollouts = of.rollouts;
      this.rolloutTimeout = of.rolloutTimeout;
      this.observe = of.observe;
      this.firstLists = of.firstLists;
      this.auditPause = of.auditPause;
    }

    ReconcilerOptions made() {
      return new ReconcilerOptions(
          poll,
          resync,
          firstPause,
          longestPause,
          of.catchUp,
          of.inFlight,
          rollouts,
          rolloutTimeout,
          of.clock,
          of.jitter,
          observe,
          firstLists,
          auditPause);
    }
  }
}
