package io.meshkeel.apply;

import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.policy.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A map that is declared empty and held something of ours before: server-side apply takes away what
 * it held, makes null of the map itself, and refuses the null as a breach of the schema (seen with
 * Kubernetes 1.36, custom resources). So what goes from the object has to go before it is applied.
 * Of Kubernetes' own kinds an empty map isn't stored at all.
 *
 * <p>What the CRD itself fills into an empty map can't go: it comes back at once, and is still
 * ours. It is declared as it is there, which means the same.
 *
 * @param declared the manifest, with what the CRD fills into such maps
 * @param content what such maps hold, in the order of the live object; empty where applying is
 *     enough
 * @param all everything outside of lists that goes, that content among it
 */
record EmptiedMaps(Manifest declared, List<JsonPath> content, List<JsonPath> all) {
  /** Those of the Gateway API, which are the same for every version of Istio. */
  private static final SchemaCheck DEFAULTS = SchemaCheck.of(SchemaCheck.ISTIO_VERSIONS.getLast());

  /**
   * What has to go.
   *
   * @param desired what is declared
   * @param live the object as it was seen
   */
  static EmptiedMaps of(Manifest desired, LiveObject live) {
    GroupKind kind = desired.key().groupKind();
    if (!Kinds.ISTIO.contains(kind) && !Kinds.GATEWAY.contains(kind)) {
      return new EmptiedMaps(desired, List.of(), List.of());
    }
    List<JsonPath> all = new ArrayList<>();
    missing(desired.spec(), live.spec(), JsonPath.of("spec"), all);
    List<JsonPath> content =
        all.stream()
            .filter(path -> path.parent().find(desired.content()).equals(Optional.of(Map.of())))
            .toList();
    if (content.isEmpty() || !Kinds.GATEWAY.contains(kind)) {
      return new EmptiedMaps(desired, content, List.copyOf(all));
    }
    Map<String, Object> filled = DEFAULTS.withDefaults(desired);
    Map<String, Object> there = Map.of("spec", live.spec());
    Set<JsonPath> kept = new HashSet<>();
    Map<String, Object> declared = desired.content();
    for (JsonPath path : content) {
      Optional<Object> value = path.find(there);
      if (value.isPresent() && value.equals(path.find(filled))) {
        kept.add(path);
        declared = with(declared, path.segments(), value.get());
      }
    }
    return new EmptiedMaps(
        Manifest.of(declared),
        content.stream().filter(path -> !kept.contains(path)).toList(),
        all.stream().filter(path -> !kept.contains(path)).toList());
  }

  /** The tree with a value at a place outside of lists. */
  private static Map<String, Object> with(
      Map<String, Object> tree, List<Object> path, Object value) {
    String field = (String) path.getFirst();
    Map<String, Object> changed = new HashMap<>(tree);
    changed.put(
        field,
        path.size() == 1
            ? value
            : with(JsonTree.map(tree, field), path.subList(1, path.size()), value));
    return Map.copyOf(changed);
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
