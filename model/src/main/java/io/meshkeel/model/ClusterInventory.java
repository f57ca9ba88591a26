package io.meshkeel.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

  /**
   * The same after changes, sharing the kinds that none of them touched.
   *
   * @param changes objects that appeared or changed, and empty for those that are gone; of kinds
   *     that were looked at
   */
  public ClusterInventory with(Map<ResourceKey, Optional<Manifest>> changes) {
    Map<GroupKind, Map<ResourceKey, Manifest>> next = new TreeMap<>(objects);
    Set<GroupKind> copied = new HashSet<>();
    changes.forEach((key, object) -> {
      GroupKind kind = key.groupKind();
      if (copied.add(kind)) {
        next.put(kind, new TreeMap<>(objects.getOrDefault(kind, Map.of())));
      }
      Map<ResourceKey, Manifest> all = next.getOrDefault(kind, Map.of());
      object.ifPresentOrElse(found -> all.put(key, found), () -> all.remove(key));
    });
    next.values().removeIf(Map::isEmpty);
    return new ClusterInventory(cluster, known, next);
  }

  /** The same without the objects of some kinds, which count as looked at as before. */
  public ClusterInventory without(Set<GroupKind> kinds) {
    Map<GroupKind, Map<ResourceKey, Manifest>> rest = new TreeMap<>(objects);
    rest.keySet().removeAll(kinds);
    return new ClusterInventory(cluster, known, rest);
  }

  /**
   * The keys under which another inventory of the cluster holds other instances, or one of both
   * none. Kinds that both share cost nothing.
   *
   * @param most how many keys are named
   * @return empty if there are more, or if other kinds were looked at
   */
  public Optional<Set<ResourceKey>> difference(ClusterInventory other, int most) {
    if (!cluster.equals(other.cluster) || !known.equals(other.known)) {
      return Optional.empty();
    }
    Set<GroupKind> kinds = new TreeSet<>(objects.keySet());
    kinds.addAll(other.objects.keySet());
    Set<ResourceKey> keys = new HashSet<>();
    for (GroupKind kind : kinds) {
      Map<ResourceKey, Manifest> own = objects.getOrDefault(kind, Map.of());
      Map<ResourceKey, Manifest> others = other.objects.getOrDefault(kind, Map.of());
      if (own != others && !addDifference(own, others, keys, most)) {
        return Optional.empty();
      }
    }
    return Optional.of(keys);
  }

  /** Both are in the order of their keys; false if there are too many. */
  @SuppressWarnings("ReferenceEquality") // What was seen anew may be another thing.
  private static boolean addDifference(
      Map<ResourceKey, Manifest> own,
      Map<ResourceKey, Manifest> others,
      Set<ResourceKey> keys,
      int most) {
    Iterator<Manifest> ours = own.values().iterator();
    Iterator<Manifest> theirs = others.values().iterator();
    Manifest one = next(ours);
    Manifest other = next(theirs);
    while (one != null || other != null) {
      int order = one == other ? 0 : order(one, other);
      Manifest first = order <= 0 ? one : other;
      if (one != other && first != null) {
        keys.add(first.key());
        if (keys.size() > most) {
          return false;
        }
      }
      if (order <= 0) {
        one = next(ours);
      }
      if (order >= 0) {
        other = next(theirs);
      }
    }
    return true;
  }

  /** Which of two comes first; what isn't there comes last. */
  private static int order(@Nullable Manifest one, @Nullable Manifest other) {
    if (one == null || other == null) {
      return one == null ? 1 : -1;
    }
    return one.key().compareTo(other.key());
  }

  private static @Nullable Manifest next(Iterator<Manifest> objects) {
    return objects.hasNext() ? objects.next() : null;
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

  /** The objects of a kind in one namespace, by name; costs a look at all of the kind. */
  public List<Manifest> of(GroupKind kind, String namespace) {
    return objects.getOrDefault(kind, Map.of()).values().stream()
        .filter(object -> object.key().namespace().equals(namespace))
        .toList();
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
