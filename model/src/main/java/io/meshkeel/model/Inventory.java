package io.meshkeel.model;

import java.util.Map;
import java.util.Optional;

/**
 * What the clusters of one mesh hold, as far as they were looked at: from the service's watches, or
 * from the files of a snapshot. A cluster that is missing here is unknown, not empty.
 *
 * @param clusters what was seen, by cluster
 */
public record Inventory(Map<ClusterName, ClusterInventory> clusters) {
  /** Nothing was looked at. */
  public static final Inventory NONE = new Inventory(Map.of());

  public Inventory {
    clusters = Map.copyOf(clusters);
  }

  public Optional<ClusterInventory> of(ClusterName cluster) {
    return Optional.ofNullable(clusters.get(cluster));
  }
}
