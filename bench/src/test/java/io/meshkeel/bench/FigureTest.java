package io.meshkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void aValueOnTheBoundMeetsIt() {
    assertThat(Figure.atLeast("x", 5, "times", 5).met()).isTrue();
    assertThat(Figure.atMost("x", 500, "ms", 500).met()).isTrue();
  }

  @Test
  void aValueBeyondTheBoundMissesItAndSaysSo() {
    assertThat(Figure.atLeast("x", 4.99, "times", 5).line()).contains(">= 5").endsWith("MISSED");
    assertThat(Figure.atMost("x", 501, "ms", 500).met()).isFalse();
  }

  @Test
  void aYardstickHasNoBoundToMiss() {
    assertThat(Figure.yardstick("kubectl", 52, "objects/s").met()).isTrue();
  }

  @Test
  void quantilesAreMeasuredValues() {
    Distribution d = new Distribution(5, 1, 4, 2, 3);
    assertThat(d.quantile(0.5)).isEqualTo(3);
    assertThat(d.quantile(0.95)).isEqualTo(5);
    assertThat(d.quantile(0.2)).isEqualTo(1);
  }

  @Test
  void nothingMeasuredIsNoDistribution() {
    assertThatThrownBy(() -> new Distribution()).isInstanceOf(IllegalArgumentException.class);
  }
}
