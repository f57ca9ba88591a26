package io.meshkeel.live;

import io.meshkeel.model.MeshName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/**
 * How a view looks at its cluster.
 *
 * @param mesh the mesh that the cluster belongs to: the parent of its ApplySet is watched
 * @param namespaces only these; empty for all
 * @param firstPause pause before the first new try of a broken watch
 * @param longestPause pauses double up to this
 * @param rediscovery how often kinds that aren't served are asked for again
 * @param clock for {@link LiveStatus#heard()}
 * @param jitter from 0 (inclusive) to 1 (exclusive): a pause is multiplied by 0.5 to 1
 * @param pool gives an equal earlier instance of a {@code spec}, so that many clusters that hold
 *     the same content share it in memory; any thread
 * @param relist how often each kind is listed anew without need, to find what a lost event hid
 */
public record LiveOptions(
    MeshName mesh,
    List<String> namespaces,
    Duration firstPause,
    Duration longestPause,
    Duration rediscovery,
    Clock clock,
    DoubleSupplier jitter,
    UnaryOperator<Map<String, Object>> pool,
    Duration relist) {
  /** {@link #firstPause} if nothing is said. */
  public static final Duration DEFAULT_FIRST_PAUSE = Duration.ofMillis(200);

  /** {@link #longestPause} if nothing is said. */
  public static final Duration DEFAULT_LONGEST_PAUSE = Duration.ofSeconds(30);

  /** {@link #rediscovery} if nothing is said. */
  public static final Duration DEFAULT_REDISCOVERY = Duration.ofSeconds(60);

  /** {@link #relist} if nothing is said. */
  public static final Duration DEFAULT_RELIST = Duration.ofMinutes(10);

  /** With {@link #DEFAULT_RELIST}. */
  public LiveOptions(
      MeshName mesh,
      List<String> namespaces,
      Duration firstPause,
      Duration longestPause,
      Duration rediscovery,
      Clock clock,
      DoubleSupplier jitter,
      UnaryOperator<Map<String, Object>> pool) {
    this(
        mesh,
        namespaces,
        firstPause,
        longestPause,
        rediscovery,
        clock,
        jitter,
        pool,
        DEFAULT_RELIST);
  }

  public LiveOptions {
    namespaces = List.copyOf(namespaces);
  }

  /** The defaults, without a pool. */
  public static LiveOptions of(
      MeshName mesh, List<String> namespaces, Clock clock, DoubleSupplier jitter) {
    return new LiveOptions(
        mesh,
        namespaces,
        DEFAULT_FIRST_PAUSE,
        DEFAULT_LONGEST_PAUSE,
        DEFAULT_REDISCOVERY,
        clock,
        jitter,
        UnaryOperator.identity());
  }

  /** The same with a pool. */
  public LiveOptions pooled(UnaryOperator<Map<String, Object>> shared) {
    return new LiveOptions(
        mesh, namespaces, firstPause, longestPause, rediscovery, clock, jitter, shared, relist);
  }

  /** The same, listing anew this often. */
  public LiveOptions relisting(Duration every) {
    return new LiveOptions(
        mesh, namespaces, firstPause, longestPause, rediscovery, clock, jitter, pool, every);
  }
}
