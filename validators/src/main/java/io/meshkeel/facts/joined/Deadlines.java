package io.meshkeel.facts.joined;

import java.time.Duration;
import java.time.Instant;

/** What is said of dates, and until when it holds. For one thread. */
final class Deadlines {
  private Instant now;

  /** The first moment after which something that was asked is another thing. */
  private Instant until = Instant.MAX;

  Deadlines(Instant now) {
    this.now = now;
  }

  /**
   * Whether a moment is over.
   *
   * @param end after which something else is told
   */
  boolean isOver(Instant end) {
    boolean over = end.isBefore(now);
    if (!over && end.isBefore(until)) {
      until = end;
    }
    return over;
  }

  /** Whole days until something ends that isn't over; tomorrow it is one less. */
  long daysUntil(Instant end) {
    long days = Duration.between(now, end).toDays();
    Instant next = end.minus(Duration.ofDays(days));
    if (next.isBefore(until)) {
      until = next;
    }
    return days;
  }

  /**
   * Goes on to another time.
   *
   * @return whether the same would be told then of all that was asked
   */
  boolean goOn(Instant time) {
    boolean same = !time.isBefore(now) && !until.isBefore(time);
    if (same) {
      now = time;
    }
    return same;
  }
}
