package io.meshkeel.view;

import io.meshkeel.kube.Body;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is known of what one cluster holds. */
public interface Held {
  /** In whose name nothing is held. */
  ClusterName NOBODY = new ClusterName("nobody");

  /** The kinds that were looked at. */
  Set<GroupKind> known();

  /** The objects of a kind, by namespace and name; empty if there are none. */
  List<Manifest> of(GroupKind kind);

  /** One object, if it was seen. */
  Optional<Manifest> get(ResourceKey key);

  /** One object as a comparison with what is declared wants it. */
  Optional<LiveObject> live(ResourceKey key);

  /** Each object, in no order. */
  void forEach(Consumer<Manifest> taker);

  /** Of which nothing is told but the kinds that were looked at. */
  static Held known(Set<GroupKind> kinds) {
    return Held.of(ClusterInventory.of(NOBODY, kinds, List.of()));
  }

  /** What an inventory holds. */
  static Held of(ClusterInventory inventory) {
    return new Held() {
      @Override
      public Set<GroupKind> known() {
        return inventory.known();
      }

      @Override
      public List<Manifest> of(GroupKind kind) {
        return inventory.of(kind);
      }

      @Override
      public Optional<Manifest> get(ResourceKey key) {
        return inventory.get(key);
      }

      @Override
      public Optional<LiveObject> live(ResourceKey key) {
        return inventory.get(key).map(Held::unowned);
      }

      @Override
      public void forEach(Consumer<Manifest> taker) {
        inventory.objects().forEach(taker);
      }
    };
  }

  /** Who wrote which field isn't known. */
  private static LiveObject unowned(Manifest object) {
    return new LiveObject(
        object.key(),
        object.apiVersion(),
        JsonTree.string(object.metadata(), "uid", ""),
        JsonTree.string(object.metadata(), "resourceVersion", ""),
        object.labels(),
        object.annotations(),
        Body.of(object.content(), object.key().groupKind()),
        List.of(),
        object.metadata().containsKey("deletionTimestamp"));
  }
}
