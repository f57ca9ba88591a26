package io.meshkeel.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A line on a terminal that tells how far something is, from its second second on; nothing where
 * standard error is no terminal. Taken away when it ends. Any thread may tell.
 */
public final class Progress implements AutoCloseable {
  /** 1 s passes before anything is shown. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(250);

  private final PrintWriter err;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private volatile String text;

  private Progress(PrintWriter err, String text, Duration patience) {
    this.err = err;
    this.text = text;
    this.thread = Thread.ofVirtual().name("progress").unstarted(() -> show(patience));
  }

  /**
   * Begins.
   *
   * @param err standard error
   * @param text what is done, in a few words
   */
  public static Progress of(PrintWriter err, String text) {
    return of(err, text, Terminal.hasProgress(), DEFAULT_PATIENCE);
  }

  static Progress of(PrintWriter err, String text, boolean terminal, Duration patience) {
    Progress progress = new Progress(err, text, patience);
    if (terminal) {
      progress.thread.start();
    }
    return progress;
  }

  /** From now on this is done. */
  public void tell(String now) {
    text = now;
  }

  private void show(Duration patience) {
    try {
      if (over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      do {
        err.print("\r\u001B[K" + text);
        err.flush();
      } while (!over.await(STEP.toMillis(), TimeUnit.MILLISECONDS));
      err.print("\r\u001B[K");
      err.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      if (thread.isAlive()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
