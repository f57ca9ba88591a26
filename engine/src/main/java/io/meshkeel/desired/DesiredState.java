package io.meshkeel.desired;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one cluster of a mesh should hold. A value; any thread.
 *
 * @param mesh the mesh, with its limits on pruning, adoption and conflicts
 * @param cluster the cluster
 * @param applySet the set that the objects are members of
 * @param objects by key; must not be changed by the caller afterwards
 * @param withheld declared objects that can't be applied, and why: neither written nor pruned
 * @param alternatives objects that depend on what the cluster serves; empty once {@link #settled}
 */
public record DesiredState(
    Mesh mesh,
    MeshCluster cluster,
    ApplySet applySet,
    Map<ResourceKey, DesiredObject> objects,
    Map<ResourceKey, String> withheld,
    List<Alternative> alternatives) {
  public DesiredState {
    objects = Collections.unmodifiableMap(objects);
    withheld = Map.copyOf(withheld);
    alternatives = List.copyOf(alternatives);
  }

  /** Without alternatives. */
  public DesiredState(
      Mesh mesh,
      MeshCluster cluster,
      ApplySet applySet,
      Map<ResourceKey, DesiredObject> objects,
      Map<ResourceKey, String> withheld) {
    this(mesh, cluster, applySet, objects, withheld, List.of());
  }

  /** The state for a cluster that serves these kinds: without alternatives. */
  public DesiredState settled(Predicate<GroupKind> served) {
    if (alternatives.isEmpty()) {
      return this;
    }
    Map<ResourceKey, DesiredObject> all = new HashMap<>(objects);
    for (Alternative alternative : alternatives) {
      all.putAll(served.test(alternative.kind()) ? alternative.served() : alternative.otherwise());
    }
    return new DesiredState(mesh, cluster, applySet, all, withheld, List.of());
  }

  public ClusterName clusterName() {
    return cluster.name();
  }

  /** How many objects the Mesh's annotation lets be pruned without another word. */
  public long confirmedPrune() {
    String word = mesh.annotations().getOrDefault(Labels.CONFIRM_PRUNE, "");
    return word.matches("[0-9]{1,9}") ? Long.parseLong(word) : 0;
  }

  /** The API versions that Istio and Gateway API objects are declared in. */
  public Set<String> apiVersions() {
    Set<String> found = new HashSet<>();
    addApiVersions(objects, found);
    for (Alternative alternative : alternatives) {
      addApiVersions(alternative.served(), found);
      addApiVersions(alternative.otherwise(), found);
    }
    return found;
  }

  /**
   * The same, told from an earlier state: versions that are gone since are left in.
   *
   * @param earlier of the same cluster
   * @param versions of the earlier
   */
  public Set<String> apiVersionsSince(DesiredState earlier, Set<String> versions) {
    if (!alternatives.equals(earlier.alternatives)) {
      return apiVersions();
    }
    Map<ResourceKey, DesiredObject> changed = new HashMap<>();
    for (ResourceKey key : changedSince(earlier)) {
      get(key).ifPresent(object -> changed.put(key, object));
    }
    Set<String> found = new HashSet<>(versions);
    addApiVersions(changed, found);
    return found;
  }

  private static void addApiVersions(Map<ResourceKey, DesiredObject> objects, Set<String> found) {
    for (DesiredObject object : objects.values()) {
      GroupKind kind = object.key().groupKind();
      if (ObservedKinds.ISTIO.contains(kind) || ObservedKinds.GATEWAY_API.contains(kind)) {
        found.add(object.manifest().apiVersion());
      }
    }
  }

  public Optional<DesiredObject> get(ResourceKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /**
   * The keys that are new, gone or not the same object as in an earlier state of the same cluster.
   * Compares by identity: 10,000 objects take about a millisecond, and less as long as both states
   * were filled in the same order.
   */
  public Set<ResourceKey> changedSince(DesiredState previous) {
    Set<ResourceKey> changed = new HashSet<>();
    if (objects != previous.objects) {
      addChanged(previous.objects, changed);
    }
    withheld.forEach((key, why) -> {
      if (!why.equals(previous.withheld.get(key))) {
        changed.add(key);
      }
    });
    for (ResourceKey key : previous.withheld.keySet()) {
      if (!withheld.containsKey(key)) {
        changed.add(key);
      }
    }
    if (!alternatives.equals(previous.alternatives)) {
      changed.addAll(alternativeKeys());
      changed.addAll(previous.alternativeKeys());
    }
    return changed;
  }

  /** Of two maps that were filled alike most entries stand at the same place. */
  private void addChanged(Map<ResourceKey, DesiredObject> before, Set<ResourceKey> changed) {
    Iterator<Map.Entry<ResourceKey, DesiredObject>> then = before.entrySet().iterator();
    boolean alike = objects.size() == before.size();
    for (Map.Entry<ResourceKey, DesiredObject> entry : objects.entrySet()) {
      Map.Entry<ResourceKey, DesiredObject> other = alike ? then.next() : null;
      boolean same = other != null && other.getValue() == entry.getValue();
      if (!same && before.get(entry.getKey()) != entry.getValue()) {
        changed.add(entry.getKey());
      }
      alike = alike && (same || (other != null && other.getKey().equals(entry.getKey())));
    }
    if (!alike) {
      for (ResourceKey key : before.keySet()) {
        if (!objects.containsKey(key)) {
          changed.add(key);
        }
      }
    }
  }

  private Set<ResourceKey> alternativeKeys() {
    Set<ResourceKey> keys = new HashSet<>();
    for (Alternative alternative : alternatives) {
      keys.addAll(alternative.served().keySet());
      keys.addAll(alternative.otherwise().keySet());
    }
    return keys;
  }
}
