package io.meshkeel.policy.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that holds more memory than it may, or that works longer at what it is asked. It
 * looks at the resident memory in {@code /proc}, for which no privilege is needed; where the system
 * has none, only the limit that Go keeps by itself holds. Time is the processor's, so that nobody
 * is blamed for others that keep it busy. Any thread.
 */
final class ProcessWatch implements AutoCloseable {
  /** How often it looks while the process works, and while nobody asks it. */
  private static final Duration BUSY = Duration.ofMillis(20);

  private static final Duration CALM = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);

  private final ProcessHandle process;
  private final Path status;
  private final long memory;
  private final @Nullable Duration time;
  private final Thread watcher;
  private volatile @Nullable Excess ended;
  private volatile boolean closed;
  private int asking;
  private int asked;
  private Duration before = Duration.ZERO;

  private ProcessWatch(ProcessHandle process, long memory, @Nullable Duration time) {
    this.process = process;
    this.status = Path.of("/proc", String.valueOf(process.pid()), "status");
    this.memory = memory;
    this.time = time;
    this.watcher = Thread.ofVirtual().name("watch-of-" + process.pid()).unstarted(this::watch);
  }

  /** What a process took too much of. */
  enum Excess {
    MEMORY,
    TIME
  }

  /**
   * Watches from now on until it is closed.
   *
   * @param memory bytes of resident memory
   * @param time of the processor for each question; null for any
   */
  static ProcessWatch of(ProcessHandle process, long memory, @Nullable Duration time) {
    ProcessWatch watch = new ProcessWatch(process, memory, time);
    watch.watcher.start();
    return watch;
  }

  /** The process is asked something: it is looked at more often until {@link #end}. */
  void begin() {
    synchronized (this) {
      if (asking++ == 0) {
        asked = 0;
        before = taken();
      }
      asked++;
    }
    LockSupport.unpark(watcher);
  }

  /** A question came to its end. */
  synchronized void end() {
    asking--;
  }

  /** What the process was ended for; empty if it wasn't. */
  Optional<Excess> ended() {
    return Optional.ofNullable(ended);
  }

  private void watch() {
    while (!closed && process.isAlive()) {
      Excess excess = excess();
      if (excess != null) {
        ended = excess;
        LOG.info(
            "OPA process {} is ended: it takes too much {}",
            process.pid(),
            excess.name().toLowerCase(Locale.ROOT));
        process.destroyForcibly();
        return;
      }
      LockSupport.parkNanos((isBusy() ? BUSY : CALM).toNanos());
    }
  }

  private synchronized boolean isBusy() {
    return asking > 0;
  }

  private @Nullable Excess excess() {
    OptionalLong resident = resident();
    if (resident.isPresent() && resident.getAsLong() > memory) {
      return Excess.MEMORY;
    }
    return worksTooLong() ? Excess.TIME : null;
  }

  /** Who asks beside others is counted with them: each has its time. */
  private synchronized boolean worksTooLong() {
    return time != null
        && asking > 0
        && taken().minus(before).compareTo(time.multipliedBy(asked)) > 0;
  }

  private Duration taken() {
    return time == null ? Duration.ZERO : process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private OptionalLong resident() {
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          String[] words = line.split("\\s+");
          return OptionalLong.of(Long.parseLong(words[1]) << 10);
        }
      }
    } catch (IOException | NumberFormatException e) {
      LOG.trace("{} can't be read", status, e);
    }
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watcher);
  }
}
