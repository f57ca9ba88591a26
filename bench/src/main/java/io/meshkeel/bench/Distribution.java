package io.meshkeel.bench;

import java.util.Arrays;

/** Durations of one kind, in milliseconds. */
public final class Distribution {
  private final double[] sorted;

  /**
   * @throws IllegalArgumentException if there are none
   */
  public Distribution(double... millis) {
    if (millis.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    sorted = millis.clone();
    Arrays.sort(sorted);
  }

  /**
   * The smallest measured value that at least this share of all doesn't exceed (nearest rank).
   *
   * @param share above 0, at most 1
   */
  public double quantile(double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
