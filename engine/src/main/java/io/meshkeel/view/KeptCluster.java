package io.meshkeel.view;

import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a cluster holds, object by object, as it was last told. Not thread-safe. */
final class KeptCluster implements Held {
  private final MeshBoard.Source source;
  private final Map<GroupKind, TreeMap<ResourceKey, Manifest>> objects = new HashMap<>();
  private Set<GroupKind> known = Set.of();

  KeptCluster(MeshBoard.Source source) {
    this.source = source;
  }

  /** Takes in all that the source holds now. */
  void refill() {
    objects.clear();
    known = source.known();
    for (Manifest object : source.objects()) {
      if (takes(object.key())) {
        put(object.key(), Optional.of(object));
      }
    }
  }

  /** Takes in one object as the source holds it now; returns it. */
  Optional<Manifest> refresh(ResourceKey key) {
    Optional<Manifest> now = takes(key) ? source.get(key) : Optional.empty();
    put(key, now);
    return now;
  }

  /** A Secret that is looked at alone is told of, though others aren't. */
  private boolean takes(ResourceKey key) {
    return known.contains(key.groupKind()) || key.groupKind().equals(ObservedKinds.SECRET);
  }

  private void put(ResourceKey key, Optional<Manifest> object) {
    TreeMap<ResourceKey, Manifest> kind =
        objects.computeIfAbsent(key.groupKind(), k -> new TreeMap<>());
    if (object.isPresent()) {
      kind.put(key, object.get());
    } else {
      kind.remove(key);
    }
  }

  @Override
  public Set<GroupKind> known() {
    return known;
  }

  @Override
  public List<Manifest> of(GroupKind kind) {
    TreeMap<ResourceKey, Manifest> found = objects.get(kind);
    return found == null ? List.of() : List.copyOf(found.values());
  }

  @Override
  public Optional<Manifest> get(ResourceKey key) {
    TreeMap<ResourceKey, Manifest> kind = objects.get(key.groupKind());
    return kind == null ? Optional.empty() : Optional.ofNullable(kind.get(key));
  }

  @Override
  public Optional<LiveObject> live(ResourceKey key) {
    return source.live(key);
  }

  @Override
  public void forEach(Consumer<Manifest> taker) {
    objects.values().forEach(kind -> kind.values().forEach(taker));
  }
}
