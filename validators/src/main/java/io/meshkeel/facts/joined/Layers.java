package io.meshkeel.facts.joined;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the clusters of a mesh hold, and what they will hold once the revision is applied. Kept from
 * one revision to the next; changed by one thread while nobody reads.
 */
final class Layers {
  /** What istiod brings to a cluster: that one cluster has some says nothing of another. */
  private static final Set<GroupKind> EACH_ITS_OWN =
      Set.of(
          ObservedKinds.CONFIG_MAP,
          ObservedKinds.DEFINITION,
          ObservedKinds.MUTATING_WEBHOOK,
          ObservedKinds.VALIDATING_WEBHOOK);

  private final ClusterName configuration;
  private final Map<ClusterName, Overlay> overlays = new TreeMap<>();
  private final Holdings found;
  private final Holdings expected;

  Layers(MeshDeclarations declared, Evidence evidence) {
    Map<ClusterName, ClusterInventory> own = new HashMap<>();
    for (MeshCluster cluster : declared.clusters()) {
      evidence.inventory().of(cluster.name()).ifPresent(held -> own.put(cluster.name(), held));
    }
    if (!evidence.complete()) {
      lookedAlike(own);
    }
    this.found = new Holdings(own);
    this.configuration = configuration(declared, own);
    Map<ClusterName, ClusterInventory> laid = new HashMap<>();
    for (MeshCluster cluster : declared.clusters()) {
      ClusterInventory held = own.get(cluster.name());
      if (held != null) {
        Overlay overlay =
            new Overlay(declared, cluster, held, cluster.name().equals(configuration));
        overlays.put(cluster.name(), overlay);
        laid.put(
            cluster.name(),
            evidence.complete()
                ? overlay.expected()
                : UnseenWebhooks.in(overlay.expected(), declared));
      }
    }
    this.expected = new Holdings(laid);
  }

  /**
   * Files written by hand: whoever wrote down the Secrets of one cluster is taken to have written
   * down those of all.
   */
  private static void lookedAlike(Map<ClusterName, ClusterInventory> own) {
    Set<GroupKind> kinds = new HashSet<>();
    own.values().forEach(held -> kinds.addAll(held.known()));
    kinds.removeAll(EACH_ITS_OWN);
    own.replaceAll((cluster, held) -> {
      Set<GroupKind> looked = new HashSet<>(held.known());
      return looked.addAll(kinds) ? ClusterInventory.of(cluster, looked, held.objects()) : held;
    });
  }

  private static ClusterName configuration(
      MeshDeclarations declared, Map<ClusterName, ClusterInventory> own) {
    return declared.clusters().stream()
        .filter(cluster -> cluster.role() == MeshCluster.Role.CONTROL_PLANE)
        .map(MeshCluster::name)
        .filter(own::containsKey)
        .findFirst()
        .orElseGet(() -> own.keySet().stream().sorted().findFirst().orElseThrow());
  }

  /** What was found, as it was found. */
  Holdings found() {
    return found;
  }

  /** What they will hold. */
  Holdings expected() {
    return expected;
  }

  /** The cluster whose Istio configuration counts. */
  ClusterName configuration() {
    return configuration;
  }

  /**
   * Takes over what changed, in a mesh whose clusters are known in full.
   *
   * @param objects all that are declared now
   * @param declaredKeys under which keys something else is declared
   * @param held what the clusters hold now
   * @param foundKeys under which keys of these it changed; of kinds that were looked at
   * @return under which keys each cluster will hold something else
   */
  Map<ClusterName, Set<ResourceKey>> become(
      List<Declaration> objects,
      Set<ResourceKey> declaredKeys,
      List<ClusterInventory> held,
      Map<ClusterName, Set<ResourceKey>> foundKeys) {
    Map<ClusterName, Set<ResourceKey>> changed = new TreeMap<>();
    for (ClusterInventory now : held) {
      ClusterName cluster = now.cluster();
      Set<ResourceKey> keys = foundKeys.getOrDefault(cluster, Set.of());
      found.of(cluster).orElseThrow().become(now, keys);
      Overlay overlay = Objects.requireNonNull(overlays.get(cluster));
      Set<ResourceKey> expectedKeys = overlay.become(objects, declaredKeys, now, keys);
      expected.of(cluster).orElseThrow().become(overlay.expected(), expectedKeys);
      changed.put(cluster, expectedKeys);
    }
    return changed;
  }
}
