package io.meshkeel.kube;

import io.meshkeel.desired.Labels;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ResourceKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reduces objects as an API server sends them. */
final class LiveObjects {
  /** The field manager of all our writes. */
  static final String MANAGER = Labels.MANAGER;

  private LiveObjects() {}

  /**
   * @param content an object of this kind as parsed
   * @param kind its kind: items of lists don't say it themselves
   * @param apiVersion its version
   * @throws IllegalArgumentException if it has no name, or its kind is not looked at
   */
  static LiveObject reduce(Map<?, ?> content, GroupKind kind, String apiVersion) {
    Kinds.requireListed(kind);
    Map<?, ?> metadata = content.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    boolean configuration = Kinds.APPLIED.contains(kind);
    return new LiveObject(
        new ResourceKey(
            kind.group(), kind.kind(), text(metadata, "namespace"), text(metadata, "name")),
        apiVersion,
        text(metadata, "uid"),
        text(metadata, "resourceVersion"),
        tree(metadata, "labels"),
        tree(metadata, "annotations"),
        configuration ? tree(content, "spec") : Map.of(),
        configuration ? owners(metadata) : List.of(),
        metadata.get("deletionTimestamp") != null);
  }

  private static List<FieldOwner> owners(Map<?, ?> metadata) {
    List<FieldOwner> owners = new ArrayList<>();
    if (metadata.get("managedFields") instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map && text(map, "subresource").isEmpty()) {
          String manager = text(map, "manager");
          owners.add(
              new FieldOwner(
                  manager,
                  text(map, "operation"),
                  time(text(map, "time")),
                  manager.equals(MANAGER) ? Map.of() : tree(map, "fieldsV1")));
        }
      }
    }
    return owners;
  }

  private static Optional<Instant> time(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static Map<String, Object> tree(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> value ? JsonTree.freeze(value) : Map.of();
  }
}
