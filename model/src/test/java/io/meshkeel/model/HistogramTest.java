package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final double ALL = Double.POSITIVE_INFINITY;

  private static Histogram of(double... boundsAndRates) {
    TreeMap<Double, Double> buckets = new TreeMap<>();
    for (int i = 0; i < boundsAndRates.length; i += 2) {
      buckets.put(boundsAndRates[i], boundsAndRates[i + 1]);
    }
    return new Histogram(buckets);
  }

  @Test
  void aQuantileLiesEvenlyWithinItsBucket() {
    Histogram histogram = of(10, 2, 20, 6, 50, 10, ALL, 10);
    assertThat(histogram.quantile(0.1)).hasValue(5);
    assertThat(histogram.quantile(0.2)).hasValue(10);
    assertThat(histogram.quantile(0.5)).hasValueCloseTo(17.5, within(1e-9));
    assertThat(histogram.quantile(0.9)).hasValueCloseTo(42.5, within(1e-9));
  }

  @Test
  void whatIsBeyondTheLastBoundIsThatBound() {
    assertThat(of(10, 1, 20, 1, ALL, 10).quantile(0.9)).hasValue(20);
  }

  @Test
  void withoutObservationsOrTheLastBucketThereIsNone() {
    assertThat(Histogram.EMPTY.quantile(0.5)).isEmpty();
    assertThat(of(10, 0, ALL, 0).quantile(0.5)).isEmpty();
    assertThat(of(10, 1, 20, 2).quantile(0.5)).isEmpty();
    assertThat(of(ALL, 2).quantile(0.5)).isEmpty();
  }

  @Test
  void bucketsThatFallAreTakenAsEven() {
    assertThat(of(10, 4, 20, 3.9, ALL, 4).quantile(1)).hasValue(10);
  }

  @Test
  void severalAreAddedBucketByBucket() {
    assertThat(Histogram.sum(List.of(of(10, 1, ALL, 2), of(10, 3, ALL, 4), Histogram.EMPTY)))
        .isEqualTo(of(10, 4, ALL, 6));
  }
}
