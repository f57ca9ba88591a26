package io.meshkeel.live;

import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.ResourceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Objects by key, by the ApplySet they are members of, and by the mesh that has fields in them.
 * Reading never blocks; one key is written by one thread at a time.
 */
final class LiveStore {
  private final Map<ResourceKey, LiveObject> objects = new ConcurrentHashMap<>();
  private final Map<String, Set<ResourceKey>> members = new ConcurrentHashMap<>();
  private final Map<String, Set<ResourceKey>> shared = new ConcurrentHashMap<>();

  Optional<LiveObject> get(ResourceKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** All objects; a copy, as of about now. */
  List<LiveObject> objects() {
    return List.copyOf(objects.values());
  }

  Set<ResourceKey> inventory(String applySetId) {
    return Set.copyOf(members.getOrDefault(applySetId, Set.of()));
  }

  int inventorySize(String applySetId) {
    return members.getOrDefault(applySetId, Set.of()).size();
  }

  Set<ResourceKey> shared(String mesh) {
    return Set.copyOf(shared.getOrDefault(mesh, Set.of()));
  }

  /** Takes in this state of an object; says whether anything is new about it. */
  boolean put(LiveObject object) {
    LiveObject known = objects.get(object.key());
    if (known != null
        && known.uid().equals(object.uid())
        && known.resourceVersion().equals(object.resourceVersion())) {
      // A list that finds nothing new leaves nothing new in memory.
      return false;
    }
    LiveObject before = objects.put(object.key(), object);
    move(members, before == null ? "" : before.applySet(), object.applySet(), object.key());
    move(shared, before == null ? "" : before.sharedWith(), object.sharedWith(), object.key());
    return true;
  }

  /** Forgets an object; says whether it was there. */
  boolean remove(ResourceKey key) {
    LiveObject before = objects.remove(key);
    if (before == null) {
      return false;
    }
    move(members, before.applySet(), "", key);
    move(shared, before.sharedWith(), "", key);
    return true;
  }

  /**
   * Forgets the objects of a scope that are not there any more.
   *
   * @return the keys that are gone
   */
  Set<ResourceKey> keepOnly(Predicate<ResourceKey> scope, Set<ResourceKey> there) {
    Set<ResourceKey> gone = new HashSet<>();
    for (ResourceKey key : objects.keySet()) {
      if (scope.test(key) && !there.contains(key) && remove(key)) {
        gone.add(key);
      }
    }
    return gone;
  }

  private static void move(
      Map<String, Set<ResourceKey>> index, String from, String to, ResourceKey key) {
    if (!to.isEmpty()) {
      index.computeIfAbsent(to, _ -> ConcurrentHashMap.newKeySet()).add(key);
    }
    Set<ResourceKey> keys = from.equals(to) ? null : index.get(from);
    if (keys != null) {
      keys.remove(key);
    }
  }
}
