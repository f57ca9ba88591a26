package io.meshkeel.live;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.GroupKind;
import java.util.List;
import java.util.Map;

/**
 * What a cluster held, as far as the credential may see.
 *
 * @param inventory the objects
 * @param unseen kinds that the credential has no right to list, with the missing right
 * @param remarks what else it has no right to see
 */
public record Observation(
    ClusterInventory inventory, Map<GroupKind, String> unseen, List<String> remarks) {
  public Observation {
    unseen = Map.copyOf(unseen);
    remarks = List.copyOf(remarks);
  }
}
