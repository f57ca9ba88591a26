package io.meshkeel.reconcile;

import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Objects that were written and that the view doesn't show yet: a plan made before it does would
 * take them for as they were. One thread.
 */
final class Awaited {
  private final Map<ResourceKey, Instant> until = new HashMap<>();

  /** What was applied is waited for until then. */
  void written(ApplyResult result, Instant limit) {
    result
        .outcomes()
        .forEach((key, outcome) -> {
          if (outcome instanceof Outcome.Applied) {
            until.put(key, limit);
          }
        });
  }

  /** The view shows it as it was written. */
  void seen(ResourceKey key) {
    until.remove(key);
  }

  /** Whether the view may not show this object as it is. */
  boolean contains(ResourceKey key) {
    return until.containsKey(key);
  }

  boolean containsAny(Collection<ResourceKey> keys) {
    return keys.stream().anyMatch(until::containsKey);
  }

  /** Whether one of them is not in the view at all. */
  boolean anyMissing(LiveState live) {
    return until.keySet().stream().anyMatch(key -> live.get(key).isEmpty());
  }

  /** What the view should have shown long since is not waited for any more. */
  void expire(Instant now) {
    until.values().removeIf(limit -> now.isAfter(limit));
  }

  /** When the next of them expires; {@link Instant#MAX} if there are none. */
  Instant next() {
    return until.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
  }
}
