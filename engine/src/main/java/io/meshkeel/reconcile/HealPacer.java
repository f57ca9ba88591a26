package io.meshkeel.reconcile;

import io.meshkeel.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps healing from becoming a fight: an object that drifts again soon after it was healed is
 * healed with growing pauses. One thread.
 */
final class HealPacer {
  /** Heals of one object in a row before pauses begin. */
  static final int FREE = 3;

  /** First pause; doubles. */
  static final Duration FIRST = Duration.ofSeconds(1);

  /** Longest pause. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  /** An object that stayed as declared this long starts anew. */
  static final Duration CALM = Duration.ofMinutes(10);

  private record Healed(int times, Instant last) {}

  private final Map<ResourceKey, Healed> healed = new HashMap<>();

  /** How long to wait before this object may be healed; zero if it may be now. */
  Duration wait(ResourceKey key, Instant now) {
    Healed before = healed.get(key);
    if (before == null || before.times() < FREE) {
      return Duration.ZERO;
    }
    int doublings = Math.min(20, before.times() - FREE);
    Duration pause = FIRST.multipliedBy(1L << doublings);
    Instant next = before.last().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    return now.isBefore(next) ? Duration.between(now, next) : Duration.ZERO;
  }

  void healed(ResourceKey key, Instant now) {
    healed.values().removeIf(h -> h.last().plus(CALM).isBefore(now));
    Healed before = healed.get(key);
    healed.put(key, new Healed(before == null ? 1 : before.times() + 1, now));
  }
}
