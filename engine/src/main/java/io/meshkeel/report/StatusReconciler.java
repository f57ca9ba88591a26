package io.meshkeel.report;

import io.meshkeel.model.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the statuses on commits to what they should be: asks the forge once what is there, posts
 * what differs, and keeps trying. Only the newest wish for a commit counts, so a burst of changes
 * is a few posts. Callers never wait. Any thread.
 *
 * <p>Nothing is posted twice: what the forge has is known, and asked again after a post whose end
 * is unknown. A forge that is away or asks to wait delays all commits; one that refuses a commit
 * delays that commit.
 */
public final class StatusReconciler implements AutoCloseable {
  /** Most commits whose statuses are kept track of; the oldest wishes go first. */
  public static final int MAX_COMMITS = 2_000;

  /** Pause before a post that was refused for good is tried again. */
  public static final Duration DEFAULT_REFUSED_PAUSE = Duration.ofMinutes(5);

  /** First pause after a failure; doubles up to {@link #DEFAULT_LONGEST_PAUSE}. */
  public static final Duration DEFAULT_FIRST_PAUSE = Duration.ofSeconds(1);

  /** Longest pause after failures that follow each other, unless the forge asks for more. */
  public static final Duration DEFAULT_LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(StatusReconciler.class);

  /**
   * How long to wait.
   *
   * @param first after a first failure
   * @param longest after many
   * @param refused after a refusal that trying again can't help
   * @param jitter from 0 (inclusive) to 1 (exclusive): a pause is multiplied by 1 to 1.5
   */
  public record Pauses(Duration first, Duration longest, Duration refused, DoubleSupplier jitter) {
    /** The documented defaults. */
    public static Pauses defaults(DoubleSupplier jitter) {
      return new Pauses(DEFAULT_FIRST_PAUSE, DEFAULT_LONGEST_PAUSE, DEFAULT_REFUSED_PAUSE, jitter);
    }

    Duration after(int failures) {
      long doubled = first.toMillis() << Math.min(20, Math.max(0, failures - 1));
      return jittered(Math.min(longest.toMillis(), doubled));
    }

    Duration jittered(long millis) {
      return Duration.ofMillis((long) (millis * (1 + jitter.getAsDouble() / 2)));
    }
  }

  /** What is wanted on one commit, and what the forge has. */
  private static final class Commit {
    private final Revision revision;
    private List<CommitStatus> wanted = List.of();
    private @Nullable Map<String, CommitStatus> posted;
    private Instant notBefore = Instant.MIN;
    private boolean dirty;
    private boolean last;

    Commit(Revision revision) {
      this.revision = revision;
    }
  }

  private final Forge forge;
  private final EngineMetrics metrics;
  private final InstantSource clock;
  private final Pauses pauses;
  private final Consumer<Revision> done;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition quiet = lock.newCondition();
  private final Map<Revision, Commit> commits = new LinkedHashMap<>();
  private final Thread thread;
  private Instant forgeNotBefore = Instant.MIN;
  private int failures;
  private boolean busy;
  private boolean closed;

  private StatusReconciler(
      Forge forge,
      EngineMetrics metrics,
      InstantSource clock,
      Pauses pauses,
      Consumer<Revision> done) {
    this.forge = forge;
    this.metrics = metrics;
    this.clock = clock;
    this.pauses = pauses;
    this.done = done;
    this.thread = Thread.ofVirtual().name("statuses").unstarted(this::run);
  }

  /**
   * Starts to post.
   *
   * @param done hears of each commit whose last wish, as {@link #want} was told, is fulfilled; must
   *     not block
   */
  public static StatusReconciler start(
      Forge forge,
      EngineMetrics metrics,
      InstantSource clock,
      Pauses pauses,
      Consumer<Revision> done) {
    StatusReconciler reconciler = new StatusReconciler(forge, metrics, clock, pauses, done);
    reconciler.thread.start();
    return reconciler;
  }

  /**
   * These statuses should be on the commit; replaces what was wanted of it before.
   *
   * @param last whether no other wish is to be expected: once fulfilled the commit is forgotten
   */
  public void want(Revision revision, List<CommitStatus> statuses, boolean last) {
    lock.lock();
    try {
      Commit commit = commits.remove(revision);
      if (commit == null) {
        commit = new Commit(revision);
      }
      commit.dirty = commit.dirty || !statuses.equals(commit.wanted) || last != commit.last;
      commit.wanted = List.copyOf(statuses);
      commit.last = last;
      commits.put(revision, commit);
      if (commits.size() > MAX_COMMITS) {
        Revision oldest = commits.keySet().iterator().next();
        commits.remove(oldest);
        LOG.warn("Too many commits wait for the forge; the statuses of {} are given up", oldest);
      }
      metrics.statusQueue(commits.size());
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      Commit next;
      lock.lock();
      try {
        busy = false;
        next = due();
        while (next == null && !closed) {
          if (commits.values().stream().noneMatch(c -> c.dirty)) {
            quiet.signalAll();
          }
          awaitChange();
          next = due();
        }
        if (closed) {
          quiet.signalAll();
          return;
        }
        busy = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        lock.unlock();
      }
      if (next != null) {
        reconcile(next);
      }
    }
  }

  /** The commit that was wished for last and may be tried now: people look at the newest. */
  private @Nullable Commit due() {
    Instant now = clock.instant();
    if (now.isBefore(forgeNotBefore)) {
      return null;
    }
    Commit newest = null;
    for (Commit commit : commits.values()) {
      if (commit.dirty && !now.isBefore(commit.notBefore)) {
        newest = commit;
      }
    }
    return newest;
  }

  private void awaitChange() throws InterruptedException {
    Instant now = clock.instant();
    Instant wake =
        commits.values().stream()
            .filter(c -> c.dirty)
            .map(c -> c.notBefore.isAfter(forgeNotBefore) ? c.notBefore : forgeNotBefore)
            .min(Comparator.naturalOrder())
            .orElse(null);
    if (wake == null) {
      changed.await();
    } else {
      boolean early =
          changed.await(Math.max(1, Duration.between(now, wake).toMillis()), TimeUnit.MILLISECONDS);
      LOG.trace("awake before time: {}", early);
    }
  }

  private void reconcile(Commit commit) {
    try {
      Map<String, CommitStatus> posted = commit.posted;
      if (posted == null) {
        posted = ask(commit.revision);
        commit.posted = posted;
      }
      CommitStatus next = nextDifference(commit, posted);
      while (next != null) {
        post(commit, posted, next);
        next = nextDifference(commit, posted);
      }
    } catch (ForgeException e) {
      commit.posted = null;
      delay(commit, e);
    }
  }

  private Map<String, CommitStatus> ask(Revision revision) throws ForgeException {
    Map<String, CommitStatus> posted = new HashMap<>();
    for (CommitStatus status : metrics.forgeCall("statuses", () -> forge.statuses(revision))) {
      posted.put(status.context(), status);
    }
    succeeded();
    return posted;
  }

  private void post(Commit commit, Map<String, CommitStatus> posted, CommitStatus status)
      throws ForgeException {
    metrics.forgeCall(
        "post",
        () -> {
          forge.post(commit.revision, status);
          return status;
        });
    posted.put(status.context(), status);
    succeeded();
    LOG.debug(
        "{} on {}: {} {}", status.context(), commit.revision, status.state(), status.description());
  }

  private void succeeded() {
    lock.lock();
    try {
      failures = 0;
    } finally {
      lock.unlock();
    }
  }

  /** What the newest wish lacks; if nothing, the commit is clean from then on. */
  private @Nullable CommitStatus nextDifference(Commit commit, Map<String, CommitStatus> posted) {
    boolean fulfilled = false;
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      for (CommitStatus wanted : commit.wanted) {
        if (!same(wanted, posted.get(wanted.context()))) {
          return wanted;
        }
      }
      commit.dirty = false;
      if (commit.last) {
        commits.remove(commit.revision, commit);
        fulfilled = true;
      }
      metrics.statusQueue(commits.size());
    } finally {
      lock.unlock();
    }
    if (fulfilled) {
      done.accept(commit.revision);
    }
    return null;
  }

  /** Links are compared without their query, which may hold a signature. */
  private static boolean same(CommitStatus wanted, @Nullable CommitStatus there) {
    return there != null
        && wanted.state() == there.state()
        && wanted.description().equals(there.description())
        && withoutQuery(wanted).equals(withoutQuery(there));
  }

  private static String withoutQuery(CommitStatus status) {
    String target = status.target().toString();
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private void delay(Commit commit, ForgeException failure) {
    lock.lock();
    try {
      Instant now = clock.instant();
      if (failure.retryable()) {
        failures++;
        Duration own = pauses.after(failures);
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration pause = asked.compareTo(own) > 0 ? asked : own;
        forgeNotBefore = now.plus(pause);
        LOG.info(
            "The forge can't take statuses now, next try in {}: {}", pause, failure.getMessage());
      } else {
        commit.notBefore = now.plus(pauses.jittered(pauses.refused().toMillis()));
        LOG.warn(
            "The forge refuses the statuses of {}, next try in {}: {}",
            commit.revision,
            pauses.refused(),
            failure.getMessage());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing is left to post.
   *
   * @return false if the time was over first
   */
  public boolean awaitQuiet(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lock();
    try {
      while (!closed && (busy || commits.values().stream().anyMatch(c -> c.dirty))) {
        if (left <= 0) {
          return false;
        }
        left = quiet.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Stops after the call in flight; what isn't posted is posted after the next start. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      quiet.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
