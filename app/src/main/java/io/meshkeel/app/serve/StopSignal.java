package io.meshkeel.app.serve;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Whether somebody asked the process to stop, by SIGTERM or SIGINT. Without it the JVM ends with
 * 143 or 130 as soon as its shutdown hooks are through, which run all at once: OPA would be gone
 * while the last writes are being finished. Any thread.
 */
final class StopSignal {
  private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

  private final CountDownLatch asked = new CountDownLatch(1);

  private StopSignal() {}

  /**
   * Takes the signals from the JVM until the first one comes; the next one is the JVM's again and
   * ends it at once.
   */
  static StopSignal listen() {
    StopSignal stop = new StopSignal();
    for (String name : List.of("TERM", "INT")) {
      try {
        Signal.handle(new Signal(name), stop::received);
      } catch (IllegalArgumentException e) {
        log.warn("SIG{} can't be taken ({}): it ends the service at once", name, e.getMessage());
      }
    }
    return stop;
  }

  private void received(Signal signal) {
    Signal.handle(signal, SignalHandler.SIG_DFL);
    asked.countDown();
  }

  /** Blocks until it was asked. */
  void await() throws InterruptedException {
    asked.await();
  }
}
