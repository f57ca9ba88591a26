package io.meshkeel.testbed;

import java.time.Duration;

/** Takes lines about long work, for a person who waits. Called from any thread. */
@FunctionalInterface
public interface Progress {
  /** Shows one line. */
  void line(String text);

  /** Lines to standard error. */
  static Progress toStandardError() {
    return text -> System.err.println("testbed: " + text);
  }

  /** A time as a person reads it: {@code 45 s}, {@code 3 min 20 s}. */
  static String time(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
