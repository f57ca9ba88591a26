package io.meshkeel.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one cluster holds, as far as it was looked at. A kind that wasn't looked at is unknown, not
 * empty: who asks must tell the two apart by {@link #knows}. Immutable.
 */
public final class ClusterInventory {
  private final ClusterName cluster;
  private final Set<GroupKind> known;
  private final Map<GroupKind, Map<ResourceKey, Manifest>> objects;

  private ClusterInventory(
      ClusterName cluster,
      Set<GroupKind> known,
      Map<GroupKind, Map<ResourceKey, Manifest>> objects) {
    this.cluster = cluster;
    this.known = known;
    this.objects = objects;
  }

  /**
   * @param cluster the cluster
   * @param looked kinds that were looked at, with or without objects; the kinds of the objects are
   *     added
   * @param objects plain Kubernetes objects, in any order; of two with one key the later is kept
   */
  public static ClusterInventory of(
      ClusterName cluster, Set<GroupKind> looked, Collection<Manifest> objects) {
    Set<GroupKind> known = new HashSet<>(looked);
    Map<GroupKind, Map<ResourceKey, Manifest>> byKind = new TreeMap<>();
    for (Manifest object : objects) {
      GroupKind kind = object.key().groupKind();
      known.add(kind);
      byKind.computeIfAbsent(kind, k -> new TreeMap<>()).put(object.key(), object);
    }
    return new ClusterInventory(cluster, Set.copyOf(known), byKind);
  }

  /** The same with single objects of kinds that weren't looked at as a whole. */
  public ClusterInventory and(Collection<Manifest> single) {
    if (single.isEmpty()) {
      return this;
    }
    List<Manifest> all = new ArrayList<>(objects());
    all.addAll(single);
    return new ClusterInventory(cluster, known, of(cluster, known, all).objects);
  }

  public ClusterName cluster() {
    return cluster;
  }

  /** Whether objects of this kind were looked at. */
  public boolean knows(GroupKind kind) {
    return known.contains(kind);
  }

  /** The kinds that were looked at. */
  public Set<GroupKind> known() {
    return known;
  }

  /** The objects of a kind, by namespace and name; empty if there are none. */
  public List<Manifest> of(GroupKind kind) {
    return List.copyOf(objects.getOrDefault(kind, Map.of()).values());
  }

  /** One object, if it was seen. */
  public Optional<Manifest> get(ResourceKey key) {
    return Optional.ofNullable(objects.getOrDefault(key.groupKind(), Map.of()).get(key));
  }

  /** All objects, by kind, namespace and name. */
  public List<Manifest> objects() {
    List<Manifest> all = new ArrayList<>();
    objects.values().forEach(kind -> all.addAll(kind.values()));
    return List.copyOf(all);
  }
}
