package io.meshkeel.apply;

import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A map that is declared empty and held something of ours before: server-side apply takes away what
 * it held, makes null of the map itself, and refuses the null as a breach of the schema (seen with
 * Kubernetes 1.36, custom resources). So what goes from the object has to go before it is applied.
 * Of Kubernetes' own kinds an empty map isn't stored at all.
 *
 * @param content what such maps hold, in the order of the live object; empty where applying is
 *     enough
 * @param all everything outside of lists that goes, that content among it
 */
record EmptiedMaps(List<JsonPath> content, List<JsonPath> all) {
  /**
   * What has to go.
   *
   * @param desired what is declared
   * @param live the object as it was seen
   */
  static EmptiedMaps of(Manifest desired, LiveObject live) {
    GroupKind kind = desired.key().groupKind();
    if (!Kinds.ISTIO.contains(kind) && !Kinds.GATEWAY.contains(kind)) {
      return new EmptiedMaps(List.of(), List.of());
    }
    List<JsonPath> all = new ArrayList<>();
    missing(desired.spec(), live.spec(), JsonPath.of("spec"), all);
    List<JsonPath> content =
        all.stream()
            .filter(path -> path.parent().find(desired.content()).equals(Optional.of(Map.of())))
            .toList();
    return new EmptiedMaps(content, List.copyOf(all));
  }

  /** What is there and not declared, outside of lists: a list is written as a whole. */
  private static void missing(
      Map<?, ?> desired, Map<?, ?> there, JsonPath at, List<JsonPath> gone) {
    for (Object name : new TreeSet<Object>(there.keySet())) {
      JsonPath path = at.field((String) name);
      Object want = desired.get(name);
      if (want == null) {
        gone.add(path);
      } else if (want instanceof Map<?, ?> inner && there.get(name) instanceof Map<?, ?> has) {
        missing(inner, has, path, gone);
      }
    }
  }
}
