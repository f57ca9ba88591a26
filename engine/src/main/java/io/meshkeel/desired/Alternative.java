package io.meshkeel.desired;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;
import java.util.Map;

/**
 * Objects that depend on what a cluster serves.
 *
 * @param kind the kind that decides
 * @param served what should be there if the cluster serves it
 * @param otherwise what should be there if it doesn't
 */
public record Alternative(
    GroupKind kind,
    Map<ResourceKey, DesiredObject> served,
    Map<ResourceKey, DesiredObject> otherwise) {
  public Alternative {
    served = Map.copyOf(served);
    otherwise = Map.copyOf(otherwise);
  }
}
