package io.meshkeel.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Spreads a computation over the processors, the caller's thread among them. */
final class Workers {
  /** Below this many items a second thread costs more than it brings. */
  private static final int ALONE = 16;

  private Workers() {}

  /**
   * Calls {@code work} once for each of {@code 0 … count - 1} and returns when all are done; what
   * they wrote is then visible. {@code work} must not throw.
   */
  static void each(int count, IntConsumer work) {
    int helpers =
        count < ALONE ? 0 : Math.min(Runtime.getRuntime().availableProcessors(), count / ALONE) - 1;
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            work.accept(i);
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < helpers; i++) {
      threads.add(Thread.ofPlatform().name("declarations-" + i).daemon().start(loop));
    }
    loop.run();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
