package io.meshkeel.reconcile;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the clusters of meshes hold, as rules want it: from the watches, object by object. A cluster
 * that isn't connected, that was not listed yet or fell silent, or of which only some namespaces
 * may be seen, is left out, so that it counts as unknown and not as empty; and so does a kind that
 * may not be listed. Any thread.
 */
@SuppressWarnings("ReferenceEquality") // As long as nothing changed, the same instances are given.
final class LiveEvidence {
  private final Function<MeshName, Map<ClusterName, ClusterSight>> sights;
  private final InstantSource clock;
  private final Map<MeshName, Seen> seen = new HashMap<>();

  /** What was given last. */
  private static final class Seen {
    private final Map<ClusterName, Kept> clusters = new HashMap<>();
    private Evidence evidence = Evidence.NONE;
  }

  /** A cluster through one connection. */
  private static final class Kept {
    private final ClusterName name;
    private final ClusterSight sight;
    private Set<GroupKind> known = Set.of();
    private ClusterInventory inventory;

    Kept(ClusterName name, ClusterSight sight) {
      this.name = name;
      this.sight = sight;
      this.inventory = ClusterInventory.of(name, Set.of(), List.of());
    }

    ClusterInventory now() {
      Set<ResourceKey> touched = sight.drainUnjudged();
      Set<GroupKind> kinds = sight.known();
      if (!kinds.equals(known)) {
        known = kinds;
        inventory = fill();
      } else if (!touched.isEmpty()) {
        Map<ResourceKey, Optional<Manifest>> changes = new HashMap<>();
        for (ResourceKey key : touched) {
          Optional<Manifest> object = takes(key) ? sight.get(key) : Optional.empty();
          if (!object.equals(inventory.get(key))) {
            changes.put(key, object);
          }
        }
        inventory = changes.isEmpty() ? inventory : inventory.with(changes);
      }
      return inventory;
    }

    private ClusterInventory fill() {
      List<Manifest> whole = new ArrayList<>();
      List<Manifest> single = new ArrayList<>();
      for (Manifest object : sight.objects()) {
        if (takes(object.key())) {
          (known.contains(object.key().groupKind()) ? whole : single).add(object);
        }
      }
      return ClusterInventory.of(name, known, whole).and(single);
    }

    /** A Secret that is looked at alone is known, though others aren't. */
    private boolean takes(ResourceKey key) {
      return known.contains(key.groupKind()) || key.groupKind().equals(ObservedKinds.SECRET);
    }
  }

  /**
   * @param sights what is seen of the clusters of a mesh; any thread
   * @param clock says how long ago a cluster was heard
   */
  LiveEvidence(Function<MeshName, Map<ClusterName, ClusterSight>> sights, InstantSource clock) {
    this.sights = sights;
    this.clock = clock;
  }

  /** What is known now of the clusters of a mesh; the same instance if that is what it was. */
  synchronized Evidence of(MeshDeclarations mesh) {
    MeshName name = mesh.mesh().name();
    Map<ClusterName, ClusterSight> connected = sights.apply(name);
    Seen last = seen.computeIfAbsent(name, n -> new Seen());
    last.clusters.keySet().retainAll(connected.keySet());
    Map<ClusterName, ClusterInventory> now = new HashMap<>();
    for (MeshCluster cluster : mesh.clusters()) {
      ClusterSight sight = connected.get(cluster.name());
      if (sight != null && cluster.namespaces().isEmpty() && sight.isClear(clock.instant())) {
        Kept kept = last.clusters.get(cluster.name());
        if (kept == null || kept.sight != sight) {
          kept = new Kept(cluster.name(), sight);
          last.clusters.put(cluster.name(), kept);
        }
        now.put(cluster.name(), kept.now());
      }
    }
    if (!sameAs(last.evidence.inventory().clusters(), now)) {
      last.evidence =
          now.isEmpty() ? Evidence.NONE : new Evidence(new Inventory(now), Optional.empty(), true);
    }
    return last.evidence;
  }

  private static boolean sameAs(
      Map<ClusterName, ClusterInventory> one, Map<ClusterName, ClusterInventory> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream().allMatch(entry -> entry.getValue() == other.get(entry.getKey()));
  }

  /** Only these meshes are still asked about. */
  synchronized void keepOnly(Collection<MeshName> meshes) {
    seen.keySet().retainAll(meshes);
  }
}
