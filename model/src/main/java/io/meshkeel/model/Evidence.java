package io.meshkeel.model;

import java.util.Optional;

/**
 * What is known of the clusters beside what the repository declares: from the service's watches, or
 * from the files of a snapshot.
 *
 * @param inventory what clusters hold; clusters of other meshes may be among them
 * @param traffic what was observed to be called; empty if nobody looked
 * @param complete whether a kind that was looked at is there in full; not so for files written by
 *     hand, which may hold only what somebody thought of
 */
public record Evidence(Inventory inventory, Optional<Traffic> traffic, boolean complete) {
  /** Nothing was looked at. */
  public static final Evidence NONE = new Evidence(Inventory.NONE, Optional.empty(), true);

  /** Whether any cluster was looked at. */
  public boolean isEmpty() {
    return inventory.clusters().isEmpty();
  }
}
