package io.meshkeel.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  /** Tells when something was written. */
  private static final class Watched extends StringWriter {
    private final CountDownLatch written = new CountDownLatch(1);

    @Override
    public void flush() {
      super.flush();
      written.countDown();
    }
  }

  @Test
  void aTerminalSeesALineThatGoesAway() throws Exception {
    Watched err = new Watched();
    try (Progress progress =
        Progress.of(new PrintWriter(err), "judging", true, Duration.ofNanos(1))) {
      err.written.await();
    }
    assertThat(err.toString()).contains("judging").endsWith("\r\u001B[K").doesNotContain("\n");
  }

  @Test
  void whatIsQuickShowsNothing() {
    Watched err = new Watched();
    Progress.of(new PrintWriter(err), "judging", true, Duration.ofHours(1)).close();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFileSeesNothing() {
    Watched err = new Watched();
    Progress.of(new PrintWriter(err), "judging", false, Duration.ZERO).close();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whoWantsNoColourGetsNone() {
    assertThat(Terminal.wantsColour(Map.of())).isTrue();
    assertThat(Terminal.wantsColour(Map.of("NO_COLOR", ""))).isTrue();
    assertThat(Terminal.wantsColour(Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.wantsColour(Map.of("TERM", "dumb"))).isFalse();
  }
}
