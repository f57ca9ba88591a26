package io.meshkeel.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected forms are those of an API server. */
class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "2000m, 2",
    "100m, 100m",
    "0.5, 500m",
    "1.5, 1500m",
    "2, 2",
    "+2, 2",
    "0, 0",
    "1000, 1k",
    "1024Mi, 1Gi",
    "128Mi, 128Mi",
    "0.5Gi, 512Mi",
    "1.5Gi, 1536Mi",
    "0.5Ki, 512",
    "1Ki, 1Ki",
    "1000Ki, 1000Ki",
    "1e3, 1e3",
    "1E4, 10e3",
    "1000k, 1M",
    "0.1m, 100u",
    "1n, 1n",
    ".5, 500m",
    "5., 5",
  })
  void aQuantityHasTheFormThatIsStored(String written, String stored) {
    assertThat(Quantity.canonical(written)).isEqualTo(stored);
    assertThat(Quantity.canonical(stored)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource({
    "100u, 1m",
    "1n, 1m",
    "1500u, 2m",
    "1.0005, 1001m",
    "1e-6, 1e-3",
    "100m, 100m",
    "0.5Ki, 512",
    "1Gi, 1Gi"
  })
  void ofAContainerNothingIsSmallerThanAThousandth(String written, String stored) {
    assertThat(Quantity.ofContainer(written)).isEqualTo(stored);
    assertThat(Quantity.ofContainer(stored)).isEqualTo(stored);
  }

  @Test
  void whatIsNoQuantityIsRefused() {
    assertThatThrownBy(() -> Quantity.canonical("5x")).isInstanceOf(NumberFormatException.class);
  }
}
