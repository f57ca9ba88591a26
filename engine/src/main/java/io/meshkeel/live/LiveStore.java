package io.meshkeel.live;

import io.meshkeel.desired.Labels;
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
 * Objects by key, and by the ApplySet they are members of. Reading never blocks; one key is written
 * by one thread at a time.
 */
final class LiveStore {
  private final Map<ResourceKey, LiveObject> objects = new ConcurrentHashMap<>();
  private final Map<String, Set<ResourceKey>> members = new ConcurrentHashMap<>();

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

  /** Takes in this state of an object; says whether anything is new about it. */
  boolean put(LiveObject object) {
    LiveObject before = objects.put(object.key(), object);
    String set = object.label(Labels.PART_OF);
    String earlier = before == null ? "" : before.label(Labels.PART_OF);
    if (!set.isEmpty()) {
      members.computeIfAbsent(set, _ -> ConcurrentHashMap.newKeySet()).add(object.key());
    }
    if (!earlier.equals(set)) {
      leave(earlier, object.key());
    }
    return before == null || !before.resourceVersion().equals(object.resourceVersion());
  }

  /** Forgets an object; says whether it was there. */
  boolean remove(ResourceKey key) {
    LiveObject before = objects.remove(key);
    if (before == null) {
      return false;
    }
    leave(before.label(Labels.PART_OF), key);
    return true;
  }

  /**
   * Makes the objects that are in a scope exactly these.
   *
   * @return the keys that are new, gone or changed
   */
  Set<ResourceKey> replace(Predicate<ResourceKey> scope, List<LiveObject> listed) {
    Set<ResourceKey> touched = new HashSet<>();
    Set<ResourceKey> there = HashSet.newHashSet(listed.size());
    for (LiveObject object : listed) {
      there.add(object.key());
      if (put(object)) {
        touched.add(object.key());
      }
    }
    for (ResourceKey key : objects.keySet()) {
      if (scope.test(key) && !there.contains(key) && remove(key)) {
        touched.add(key);
      }
    }
    return touched;
  }

  private void leave(String set, ResourceKey key) {
    Set<ResourceKey> keys = members.get(set);
    if (keys != null) {
      keys.remove(key);
    }
  }
}
