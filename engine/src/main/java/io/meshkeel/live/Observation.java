package io.meshkeel.live;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.GroupKind;
import java.util.Map;

/**
 * What a cluster held, as far as the credential may see.
 *
 * @param inventory the objects
 * @param unseen kinds that the credential has no right to list, with the missing right
 */
public record Observation(ClusterInventory inventory, Map<GroupKind, String> unseen) {
  public Observation {
    unseen = Map.copyOf(unseen);
  }
}
