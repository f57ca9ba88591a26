package io.meshkeel.plan;

import io.meshkeel.model.ResourceKey;
import java.util.Set;

/**
 * A change that writes, and what must be done before it.
 *
 * @param change one that {@linkplain Change#writes() writes}
 * @param after keys of steps in earlier stages: if one of them fails, this one must not be done
 */
public record Step(Change change, Set<ResourceKey> after) {
  /**
   * @throws IllegalArgumentException if the change doesn't write
   */
  public Step {
    after = Set.copyOf(after);
    if (!change.writes()) {
      throw new IllegalArgumentException("nothing is to be done about " + change.key());
    }
  }

  public ResourceKey key() {
    return change.key();
  }
}
