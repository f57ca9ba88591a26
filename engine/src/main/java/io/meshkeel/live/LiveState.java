package io.meshkeel.live;

import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.ServedSchemas;
import java.util.Collection;
import java.util.Optional;

/** What a cluster holds, as far as Meshkeel looks at it. Reading never blocks; any thread. */
public interface LiveState {
  /** The object; empty if there is none, or its kind isn't served or looked at. */
  Optional<LiveObject> get(ResourceKey key);

  /** The keys of all objects that carry this ApplySet id as part-of label; a copy. */
  Collection<ResourceKey> inventory(String applySetId);

  /** How many {@link #inventory} has, without copying. */
  int inventorySize(String applySetId);

  /** The keys of objects that aren't ours but hold fields of this mesh's; a copy. */
  Collection<ResourceKey> shared(MeshName mesh);

  /** Whether the cluster serves the kind. */
  boolean serves(GroupKind kind);

  /** What the cluster serves of the API versions it was asked for. */
  default ServedSchemas schemas() {
    return ServedSchemas.UNKNOWN;
  }

  /** Whether existence of namespaces can be told (a namespaced credential can't). */
  boolean seesNamespaces();
}
