package io.meshkeel.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A classic histogram of Prometheus (prometheus.io, "Histograms and summaries").
 *
 * @param buckets how many observations a second were at most as large as the key; the last key is
 *     {@link Double#POSITIVE_INFINITY} where all are known
 */
public record Histogram(SortedMap<Double, Double> buckets) {
  /** Without observations. */
  public static final Histogram EMPTY = new Histogram(new TreeMap<>());

  public Histogram {
    buckets = Collections.unmodifiableSortedMap(new TreeMap<>(buckets));
  }

  /** All observations of several. */
  public static Histogram sum(Collection<Histogram> parts) {
    TreeMap<Double, Double> sums = new TreeMap<>();
    for (Histogram part : parts) {
      part.buckets.forEach((bound, value) -> sums.merge(bound, value, Double::sum));
    }
    return new Histogram(sums);
  }

  /**
   * A value that this share of the observations doesn't exceed, found as {@code histogram_quantile}
   * of PromQL does: evenly spread within a bucket, from 0 in the first one, and the largest finite
   * bound for what is beyond it.
   *
   * @param share from 0 to 1
   * @return empty without observations or without a bucket for all of them
   */
  public OptionalDouble quantile(double share) {
    if (buckets.size() < 2 || buckets.lastKey() != Double.POSITIVE_INFINITY) {
      return OptionalDouble.empty();
    }
    double all = buckets.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (!(all > 0)) {
      return OptionalDouble.empty();
    }
    double rank = share * all;
    double lower = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      double bound = bucket.getKey();
      // Rates of one scrape may fall by rounding where they should only rise.
      double count = Math.max(below, bucket.getValue());
      if (count >= rank) {
        if (bound == Double.POSITIVE_INFINITY) {
          return OptionalDouble.of(lower);
        }
        return bound <= 0 || count == below
            ? OptionalDouble.of(bound)
            : OptionalDouble.of(lower + (bound - lower) * (rank - below) / (count - below));
      }
      lower = bound;
      below = count;
    }
    return OptionalDouble.of(lower);
  }
}
