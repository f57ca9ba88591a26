package io.meshkeel.live;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Has every kind listed anew now and then, one after the other and spread over the time, so that a
 * cluster is never asked for all at once. Runs on a virtual thread until it is interrupted.
 */
final class Relisting implements Runnable {
  private final List<KindWatch> watches;
  private final Duration every;
  private final DoubleSupplier jitter;

  /**
   * @param every how often each of the kinds is listed
   * @param jitter from 0 (inclusive) to 1 (exclusive): a pause is multiplied by 0.75 to 1.25
   */
  Relisting(List<KindWatch> watches, Duration every, DoubleSupplier jitter) {
    this.watches = List.copyOf(watches);
    this.every = every;
    this.jitter = jitter;
  }

  @Override
  public void run() {
    try {
      while (true) {
        for (KindWatch watch : watches) {
          Thread.sleep(pause());
          watch.relist();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause() {
    double share = every.toNanos() / (double) watches.size();
    return Duration.ofNanos((long) (share * (0.75 + jitter.getAsDouble() / 2)));
  }
}
