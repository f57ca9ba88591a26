package io.meshkeel.policy.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that holds more memory than it may. It looks at the resident memory in {@code
 * /proc}, for which no privilege is needed; where the system has none, only the limit that Go keeps
 * by itself holds.
 */
final class MemoryWatch implements AutoCloseable {
  /** How often it looks while the process works, and while nobody asks it. */
  private static final Duration BUSY = Duration.ofMillis(20);

  private static final Duration CALM = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);

  private final ProcessHandle process;
  private final Path status;
  private final long limit;
  private final Thread watcher;
  private volatile boolean busy;
  private volatile boolean ended;
  private volatile boolean closed;

  private MemoryWatch(ProcessHandle process, long limit) {
    this.process = process;
    this.status = Path.of("/proc", String.valueOf(process.pid()), "status");
    this.limit = limit;
    this.watcher = Thread.ofVirtual().name("memory-of-" + process.pid()).unstarted(this::watch);
  }

  /**
   * Watches from now on until it is closed.
   *
   * @param limit bytes of resident memory
   */
  static MemoryWatch of(ProcessHandle process, long limit) {
    MemoryWatch watch = new MemoryWatch(process, limit);
    watch.watcher.start();
    return watch;
  }

  /** Whether the process is about to work: then it is looked at more often. */
  void busy(boolean now) {
    busy = now;
    LockSupport.unpark(watcher);
  }

  /** Whether the process was ended for its memory. */
  boolean ended() {
    return ended;
  }

  private void watch() {
    while (!closed && process.isAlive()) {
      OptionalLong resident = resident();
      if (resident.isPresent() && resident.getAsLong() > limit) {
        ended = true;
        LOG.warn(
            "OPA process {} is ended: it holds {} MiB", process.pid(), resident.getAsLong() >> 20);
        process.destroyForcibly();
        return;
      }
      LockSupport.parkNanos((busy ? BUSY : CALM).toNanos());
    }
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
