package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IstiodOptionsTest {
  @Test
  void whatIsAddedLaterWinsAndTheFirstStaysAsItWas() {
    IstiodOptions quick = IstiodOptions.PLAIN.with("PILOT_DEBOUNCE_AFTER", "100ms");
    IstiodOptions quicker = quick.with("PILOT_DEBOUNCE_AFTER", "10ms");

    assertThat(quicker.settings()).containsEntry("PILOT_DEBOUNCE_AFTER", "10ms").hasSize(1);
    assertThat(quick.settings()).containsEntry("PILOT_DEBOUNCE_AFTER", "100ms");
    assertThat(IstiodOptions.PLAIN.settings()).isEmpty();
  }

  @Test
  void linesOfTheMeshConfigurationAddUp() {
    IstiodOptions options =
        IstiodOptions.PLAIN
            .withMesh("enableAutoMtls: false")
            .with("A", "b")
            .withMesh("defaultProviders: {}");

    assertThat(options.mesh()).isEqualTo("enableAutoMtls: false\ndefaultProviders: {}\n");
    assertThat(options.settings()).containsOnlyKeys("A");
    assertThat(options.webhooks()).isNull();
  }
}
