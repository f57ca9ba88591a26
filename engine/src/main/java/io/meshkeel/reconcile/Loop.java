package io.meshkeel.reconcile;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verticle that takes turns: something wakes it, it looks at what there is to do, does it, and
 * rests. Turns run one after the other on virtual threads, so a turn may block and its state needs
 * no lock. Many wakings before a turn are one.
 */
abstract class Loop extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  /** Pause after a turn that failed in a way nobody thought of. */
  private static final Duration AFTER_BUG = Duration.ofSeconds(10);

  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile boolean stopping;
  private long timer = -1;
  private long soonest = Long.MAX_VALUE;

  /** One turn. */
  abstract void turn();

  @Override
  public Future<?> start() throws Exception {
    wake();
    return Future.succeededFuture();
  }

  /** Asks for a turn. Any thread; before the start it is without effect, since the start asks. */
  final void wake() {
    Context on = context;
    if (on != null && awake.compareAndSet(false, true)) {
      on.runOnContext(ignored -> safeTurn());
    }
  }

  /** Asks for a turn later; the soonest wish of a turn counts, the next turn starts anew. */
  final void wakeAfter(Duration pause) {
    long millis = Math.max(1, pause.toMillis());
    if (millis < soonest) {
      cancelTimer();
      soonest = millis;
      timer = vertx.setTimer(millis, ignored -> wake());
    }
  }

  private void cancelTimer() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
    soonest = Long.MAX_VALUE;
  }

  private void safeTurn() {
    awake.set(false);
    cancelTimer();
    if (stopping) {
      return;
    }
    try {
      turn();
    } catch (RuntimeException e) {
      LOG.error("{} failed; next try in {}", this, AFTER_BUG, e);
      wakeAfter(AFTER_BUG);
    }
  }

  /** The id to undeploy it with; null before it is deployed. */
  final @Nullable String deployment() {
    Context on = context;
    return on == null ? null : on.deploymentID();
  }

  /** Whether the loop is to end: a turn finishes what is in flight and returns. */
  final boolean stopping() {
    return stopping;
  }

  /** Asks the turn to finish. Any thread. */
  final void prepareStop() {
    stopping = true;
  }
}
