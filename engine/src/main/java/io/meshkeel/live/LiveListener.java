package io.meshkeel.live;

import io.meshkeel.model.ResourceKey;
import java.util.Set;

/**
 * Hears what changes in a cluster. Called from the view's threads, several at once; must return
 * quickly and not throw. The view already holds the new state.
 */
@FunctionalInterface
public interface LiveListener {
  /** These objects were created, changed or deleted, or may have been (after a relist). */
  void touched(Set<ResourceKey> keys);

  /** The view became ready, lost the cluster, or found it again. */
  default void statusChanged(LiveStatus status) {}
}
