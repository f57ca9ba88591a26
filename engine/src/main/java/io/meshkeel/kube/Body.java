package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an object says beside its metadata: {@code spec}, or what its kind has instead. */
public final class Body {
  private static final Map<GroupKind, List<String>> WITHOUT_SPEC =
      Map.of(
          new GroupKind("rbac.authorization.k8s.io", "Role"),
          List.of("rules"),
          new GroupKind("rbac.authorization.k8s.io", "RoleBinding"),
          List.of("roleRef", "subjects"),
          new GroupKind("", "ServiceAccount"),
          List.of("automountServiceAccountToken"),
          Kinds.SECRET,
          List.of("data"));

  private Body() {}

  /** Where the body of a kind stands in an object. */
  public static JsonPath root(GroupKind kind) {
    return WITHOUT_SPEC.containsKey(kind) ? JsonPath.ROOT : JsonPath.of("spec");
  }

  /** The body of an object; empty if it has none. */
  public static Map<String, Object> of(Map<?, ?> content, GroupKind kind) {
    List<String> fields = WITHOUT_SPEC.get(kind);
    if (fields == null) {
      return tree(content, "spec");
    }
    Map<String, Object> body = new HashMap<>();
    for (String field : fields) {
      Object value = content.get(field);
      if (value != null) {
        body.put(field, value);
      }
    }
    return JsonTree.freeze(body);
  }

  /**
   * The fields of a body that may be ours while the object is not: ports of a Service, labels and
   * annotations of a pod template. The rest is of no use here, and there may be much of it.
   */
  static Map<String, Object> part(Map<?, ?> content, GroupKind kind) {
    if (!Kinds.SHARED.contains(kind) || kind.equals(Kinds.NAMESPACE)) {
      return Map.of();
    }
    Map<?, ?> spec = content.get("spec") instanceof Map<?, ?> map ? map : Map.of();
    if (spec.get("ports") instanceof List<?> ports) {
      return JsonTree.freeze(Map.of("ports", ports));
    }
    Map<?, ?> template = spec.get("template") instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> metadata = template.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    Map<String, Object> kept = new HashMap<>();
    for (String field : List.of("labels", "annotations")) {
      if (metadata.get(field) instanceof Map<?, ?> map) {
        kept.put(field, map);
      }
    }
    return kept.isEmpty()
        ? Map.of()
        : JsonTree.freeze(Map.of("template", Map.of("metadata", kept)));
  }

  /** Of {@code fieldsV1}, what is about {@link #part} and the labels. */
  static Map<String, Object> partOfFields(Map<String, Object> fields) {
    Map<String, Object> kept = new HashMap<>();
    Map<String, Object> labels = JsonTree.map(JsonTree.map(fields, "f:metadata"), "f:labels");
    if (!labels.isEmpty()) {
      kept.put("f:metadata", Map.of("f:labels", labels));
    }
    Map<String, Object> spec = JsonTree.map(fields, "f:spec");
    Map<String, Object> ports = JsonTree.map(spec, "f:ports");
    Map<String, Object> template = JsonTree.map(JsonTree.map(spec, "f:template"), "f:metadata");
    Map<String, Object> part = new HashMap<>();
    if (!ports.isEmpty()) {
      part.put("f:ports", ports);
    }
    if (!template.isEmpty()) {
      part.put("f:template", Map.of("f:metadata", template));
    }
    if (!part.isEmpty()) {
      kept.put("f:spec", part);
    }
    return JsonTree.freeze(kept);
  }

  private static Map<String, Object> tree(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> value ? JsonTree.freeze(value) : Map.of();
  }
}
