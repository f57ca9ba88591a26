package io.meshkeel.imports;

import io.meshkeel.kube.Body;
import io.meshkeel.kube.FieldOwner;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What clusters hold, in the form in which a plan is made. An inventory doesn't tell who wrote
 * which field, so one hand is taken to have written all of them: no plan can show more differences.
 */
final class Seen {
  private static final FieldOwner ANYBODY =
      new FieldOwner(
          "somebody",
          "Update",
          Optional.empty(),
          Map.of("f:metadata", Map.of(), "f:spec", Map.of()));

  private Seen() {}

  static Map<ClusterName, LiveState> of(Inventory inventory) {
    Map<ClusterName, LiveState> seen = new TreeMap<>();
    inventory.clusters().forEach((name, cluster) -> seen.put(name, state(cluster)));
    return seen;
  }

  private static LiveState state(ClusterInventory cluster) {
    List<LiveObject> objects = new ArrayList<>();
    Set<GroupKind> served = new HashSet<>(cluster.known());
    for (GroupKind kind : cluster.known()) {
      if (Kinds.LISTED.contains(kind) && !kind.equals(Kinds.CONFIG_MAP)) {
        cluster.of(kind).forEach(object -> objects.add(live(object)));
      }
    }
    return LiveSnapshot.of(objects, served);
  }

  private static LiveObject live(Manifest object) {
    return new LiveObject(
        object.key(),
        object.apiVersion(),
        JsonTree.string(object.metadata(), "uid", ""),
        JsonTree.string(object.metadata(), "resourceVersion", ""),
        object.labels(),
        object.annotations(),
        Body.of(object.content(), object.key().groupKind()),
        List.of(ANYBODY),
        object.metadata().containsKey("deletionTimestamp"));
  }
}
