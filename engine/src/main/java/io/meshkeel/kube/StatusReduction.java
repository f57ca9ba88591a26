package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Keeps of a status what controllers say about an object, and nothing that only counts. */
final class StatusReduction {
  /** Of Istio's kinds, of all kinds, and of the parts of a Gateway API object. */
  private static final Set<String> TOLD =
      Set.of("validationMessages", "conditions", "parents", "listeners");

  private StatusReduction() {}

  static Map<String, Object> of(Map<?, ?> content, GroupKind kind) {
    if (!(content.get("status") instanceof Map<?, ?> status)
        || !(Kinds.ISTIO.contains(kind) || Kinds.GATEWAY.contains(kind))) {
      return Map.of();
    }
    Map<Object, Object> told = new HashMap<>(status);
    told.keySet().retainAll(TOLD);
    return JsonTree.freeze(told);
  }
}
