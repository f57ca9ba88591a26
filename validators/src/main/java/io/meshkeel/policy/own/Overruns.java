package io.meshkeel.policy.own;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Which rules ran over lately, whatever the mesh: so that no other mesh waits for one of them
 * beside all its other rules, nor each mesh for the same one. Any thread.
 */
final class Overruns {
  /** 3 times are enough. */
  static final int MOST = 3;

  /** A minute after it last ran over a rule is asked as any other. */
  static final Duration KEPT = Duration.ofMinutes(1);

  /** 1,000 rules are remembered. */
  static final int MAX_RULES = 1_000;

  private final Cache<Rule, Integer> times;

  private record Rule(String revision, String id) {}

  Overruns(Ticker ticker) {
    this.times =
        Caffeine.newBuilder().ticker(ticker).expireAfterWrite(KEPT).maximumSize(MAX_RULES).build();
  }

  /** A rule ran over. */
  void add(OwnBook book, String rule) {
    times.asMap().merge(of(book, rule), 1, Integer::sum);
  }

  /** Whether a rule is better asked by itself. */
  boolean has(OwnBook book, String rule) {
    return times.getIfPresent(of(book, rule)) != null;
  }

  /** Whether a rule is better not asked. */
  boolean isEnough(OwnBook book, String rule) {
    Integer known = times.getIfPresent(of(book, rule));
    return known != null && known >= MOST;
  }

  private static Rule of(OwnBook book, String rule) {
    return new Rule(book.files().revision(), rule);
  }
}
