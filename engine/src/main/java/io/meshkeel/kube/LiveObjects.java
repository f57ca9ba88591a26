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
import java.util.stream.Collectors;

/** Reduces objects as an API server sends them. */
final class LiveObjects {
  /** The field manager of all our writes. */
  static final String MANAGER = Labels.MANAGER;

  /**
   * A label of all that a gateway consists of. What carries it may be taken over by a declaration,
   * so all of it is looked at; without it there is a difference anyway.
   */
  private static final String GATEWAY = "istio";

  private LiveObjects() {}

  /**
   * @param content an object of this kind as parsed
   * @param kind its kind: items of lists don't say it themselves
   * @param apiVersion its version
   * @throws IllegalArgumentException if it has no name, or its kind is not looked at
   */
  static LiveObject reduce(Map<?, ?> content, GroupKind kind, String apiVersion) {
    Kinds.requireListed(kind);
    return kind.equals(Kinds.SECRET)
        ? of(SecretContent.digested(content), kind, apiVersion)
        : of(content, kind, apiVersion);
  }

  private static LiveObject of(Map<?, ?> content, GroupKind kind, String apiVersion) {
    Map<?, ?> metadata = content.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    Map<String, Object> labels = tree(metadata, "labels");
    boolean ours = Kinds.mayBeOurs(kind) && labels.containsKey(Labels.PART_OF);
    boolean whole =
        ours
            || Kinds.ISTIO.contains(kind)
            || Kinds.GATEWAY.contains(kind)
            || (Kinds.RENDERED.contains(kind) && labels.containsKey(GATEWAY));
    return new LiveObject(
        key(content, kind),
        apiVersion,
        text(metadata, "uid"),
        text(metadata, "resourceVersion"),
        labels,
        whole || kind.equals(Kinds.CONFIG_MAP)
            ? tree(metadata, "annotations")
            : own(tree(metadata, "annotations")),
        whole ? Body.of(content, kind) : Body.part(content, kind),
        kind.equals(Kinds.CONFIG_MAP) ? List.of() : owners(metadata, kind, ours, whole),
        metadata.get("deletionTimestamp") != null,
        StatusReduction.of(content, kind),
        Rollout.of(content, kind),
        text(metadata, "creationTimestamp"));
  }

  /**
   * What identifies an object.
   *
   * @throws IllegalArgumentException if it has no name
   */
  static ResourceKey key(Map<?, ?> content, GroupKind kind) {
    Map<?, ?> metadata = content.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    return new ResourceKey(
        kind.group(), kind.kind(), text(metadata, "namespace"), text(metadata, "name"));
  }

  /** What a person says to Meshkeel of an object that isn't ours. */
  private static Map<String, Object> own(Map<String, Object> annotations) {
    return annotations.entrySet().stream()
        .filter(annotation -> annotation.getKey().startsWith(Labels.OWN_PREFIX))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * @param kind of the object
   * @param ours whether all of the object is ours; else only some fields may be
   * @param whole whether the whole object is looked at; else only the fields that may be ours
   */
  private static List<FieldOwner> owners(
      Map<?, ?> metadata, GroupKind kind, boolean ours, boolean whole) {
    List<FieldOwner> owners = new ArrayList<>();
    if (metadata.get("managedFields") instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map && text(map, "subresource").isEmpty()) {
          String manager = text(map, "manager");
          boolean own = manager.equals(MANAGER);
          // Of an object of others, what is ours of it is there to be let go of.
          boolean all = whole && (!own || ours || !Kinds.SHARED.contains(kind));
          owners.add(
              new FieldOwner(
                  manager, text(map, "operation"), time(text(map, "time")), fields(map, own, all)));
        }
      }
    }
    return owners;
  }

  /** Of a whole object of ours, all fields that we own are known. */
  private static Map<String, Object> fields(Map<?, ?> entry, boolean ours, boolean whole) {
    if (whole) {
      return ours ? Map.of() : tree(entry, "fieldsV1");
    }
    return Body.partOfFields(tree(entry, "fieldsV1"));
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
