package io.meshkeel.facts.joined;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the clusters of a mesh hold, as far as they were looked at, by name. */
final class Holdings {
  private final TreeMap<ClusterName, Held> clusters = new TreeMap<>();

  Holdings(Map<ClusterName, ClusterInventory> clusters) {
    clusters.forEach((name, held) -> this.clusters.put(name, new Held(held)));
  }

  Optional<Held> of(ClusterName cluster) {
    return Optional.ofNullable(clusters.get(cluster));
  }

  /** Each cluster that was looked at, by name. */
  Collection<Held> all() {
    return Collections.unmodifiableCollection(clusters.values());
  }

  /** As it is now, for who notes in some other way what is read. */
  Inventory inventory() {
    Map<ClusterName, ClusterInventory> now = new HashMap<>();
    clusters.forEach((name, held) -> now.put(name, held.inventory()));
    return new Inventory(now);
  }

  /** As it is now, for who reads one kind of it. */
  Inventory reading(GroupKind kind) {
    clusters.values().forEach(held -> held.read(kind));
    return inventory();
  }
}
