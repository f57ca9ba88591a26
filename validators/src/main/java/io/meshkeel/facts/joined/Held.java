package io.meshkeel.facts.joined;

import io.meshkeel.facts.Marks;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one cluster holds, from one revision to the next: who reads notes it. Which kinds were
 * looked at never changes. Changed by one thread while nobody reads; read by any.
 */
final class Held {
  private record Place(GroupKind kind, String namespace) {}

  private final Marks<ResourceKey> single = new Marks<>();
  private final Marks<GroupKind> kinds = new Marks<>();
  private final Marks<Place> places = new Marks<>();
  private ClusterInventory now;

  Held(ClusterInventory now) {
    this.now = now;
  }

  /**
   * Takes over what is held now.
   *
   * @param changed under which keys it is another thing
   */
  void become(ClusterInventory next, Set<ResourceKey> changed) {
    now = next;
    Set<GroupKind> touched = new HashSet<>();
    for (ResourceKey key : changed) {
      single.change(key);
      if (touched.add(key.groupKind())) {
        kinds.change(key.groupKind());
      }
      places.change(new Place(key.groupKind(), key.namespace()));
    }
  }

  /** For who notes in some other way what is read. */
  ClusterInventory inventory() {
    return now;
  }

  ClusterName cluster() {
    return now.cluster();
  }

  /** All of a kind is read. */
  void read(GroupKind kind) {
    kinds.read(kind);
  }

  /** Whether objects of this kind were looked at. */
  boolean knows(GroupKind kind) {
    return now.knows(kind);
  }

  /** One object, if it is there. */
  Optional<Manifest> get(ResourceKey key) {
    single.read(key);
    return now.get(key);
  }

  /** The objects of a kind, by namespace and name; empty if there are none. */
  List<Manifest> of(GroupKind kind) {
    kinds.read(kind);
    return now.of(kind);
  }

  /** The objects of a kind in one namespace, by name. */
  List<Manifest> of(GroupKind kind, String namespace) {
    places.read(new Place(kind, namespace));
    return now.of(kind, namespace);
  }
}
