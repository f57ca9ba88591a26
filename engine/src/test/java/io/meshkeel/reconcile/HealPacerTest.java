package io.meshkeel.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealPacerTest {
  private static final ResourceKey KEY = new ResourceKey("g", "K", "ns", "n");
  private static final ResourceKey OTHER = new ResourceKey("g", "K", "ns", "other");
  private final HealPacer pacer = new HealPacer();
  private Instant now = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void theFirstHealsAreAtOnce() {
    for (int i = 0; i < HealPacer.FREE; i++) {
      assertThat(pacer.wait(KEY, now)).isZero();
      pacer.healed(KEY, now);
    }
    assertThat(pacer.wait(KEY, now)).isEqualTo(HealPacer.FIRST);
    assertThat(pacer.wait(OTHER, now)).isZero();
  }

  @Test
  void aFightGetsSlowerUpToALimit() {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 30; i++) {
      Duration wait = pacer.wait(KEY, now);
      assertThat(wait).isGreaterThanOrEqualTo(longest).isLessThanOrEqualTo(HealPacer.LONGEST);
      longest = wait;
      now = now.plus(wait);
      pacer.healed(KEY, now);
    }
    assertThat(longest).isEqualTo(HealPacer.LONGEST);
  }

  @Test
  void anObjectThatStayedCalmStartsAnew() {
    for (int i = 0; i < 6; i++) {
      pacer.healed(KEY, now);
    }
    now = now.plus(HealPacer.CALM).plusSeconds(1);
    pacer.healed(OTHER, now);
    assertThat(pacer.wait(KEY, now)).isZero();
  }
}
