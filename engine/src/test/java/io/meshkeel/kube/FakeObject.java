package io.meshkeel.kube;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of a {@link FakeCluster}: its content and who owns which field. */
final class FakeObject {
  private final Manifest identity;
  private final String uid;
  private Map<String, Object> tree;
  private final Map<Owner, Owned> owners = new LinkedHashMap<>();

  private record Owner(String manager, String operation) {}

  private record Owned(Set<JsonPath> leaves, Instant time) {}

  FakeObject(Manifest identity, String uid) {
    this.identity = identity;
    this.uid = uid;
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", identity.key().name());
    metadata.put("uid", uid);
    if (!identity.key().namespace().isEmpty()) {
      metadata.put("namespace", identity.key().namespace());
    }
    this.tree = thawed(Map.of("metadata", metadata));
  }

  FakeObject copy() {
    FakeObject copy = new FakeObject(identity, uid);
    copy.tree = thawed(tree);
    owners.forEach((owner, owned) ->
        copy.owners.put(owner, new Owned(new HashSet<>(owned.leaves()), owned.time())));
    return copy;
  }

  Map<String, Object> tree() {
    return JsonTree.freeze(tree);
  }

  void version(String version) {
    set(JsonPath.of("metadata", "resourceVersion"), version);
  }

  /** {@code field is owned by 'manager'} for each leaf that another manager holds otherwise. */
  List<String> conflicts(Manifest manifest, String manager) {
    List<String> conflicts = new ArrayList<>();
    leaves(manifest)
        .forEach((path, value) ->
            owners.forEach((owner, owned) -> {
              if (!owner.manager().equals(manager)
                  && owned.leaves().contains(path)
                  && !Optional.of(value).equals(path.find(tree))) {
                conflicts.add(path + " is owned by '" + owner.manager() + "'");
              }
            }));
    return conflicts;
  }

  /** Applies as a manager; says whether anything changed. */
  boolean apply(Manifest manifest, String manager, Instant time, String operation, boolean fresh) {
    Map<String, Object> before = tree();
    Map<JsonPath, Object> leaves = leaves(manifest);
    Owner us = new Owner(manager, operation);
    Set<JsonPath> dropped =
        new HashSet<>(owners.getOrDefault(us, new Owned(Set.of(), time)).leaves());
    dropped.removeAll(leaves.keySet());
    for (JsonPath path : dropped) {
      boolean shared =
          owners.entrySet().stream()
              .anyMatch(e -> !e.getKey().equals(us) && e.getValue().leaves().contains(path));
      if (!shared) {
        remove(path);
      }
    }
    leaves.forEach((path, value) -> {
      if (!Optional.of(value).equals(path.find(tree))) {
        release(path, us);
        set(path, value);
      }
    });
    Owned earlier = owners.get(us);
    boolean same =
        before.equals(tree()) && earlier != null && earlier.leaves().equals(leaves.keySet());
    if (same && !fresh) {
      return false;
    }
    if (leaves.isEmpty()) {
      owners.remove(us);
    } else {
      owners.put(us, new Owned(new HashSet<>(leaves.keySet()), time));
    }
    return true;
  }

  /** Ends the ownership of a manager and takes labels away; says whether anything changed. */
  boolean release(String manager, Set<String> labels) {
    Map<String, Object> before = tree();
    boolean owned = owners.keySet().removeIf(owner -> owner.manager().equals(manager));
    for (String label : labels) {
      JsonPath path = JsonPath.of("metadata", "labels", label);
      if (path.find(tree).isPresent()) {
        remove(path);
        owners.values().forEach(o -> o.leaves().remove(path));
      }
    }
    return owned || !before.equals(tree());
  }

  /** Writes one field as a hand does, or takes it away. */
  void update(String manager, Instant time, JsonPath path, @Nullable Object value) {
    Owner us = new Owner(manager, "Update");
    release(path, us);
    Owned before = owners.getOrDefault(us, new Owned(Set.of(), time));
    Set<JsonPath> leaves = new HashSet<>(before.leaves());
    if (value == null) {
      remove(path);
      leaves.remove(path);
    } else {
      set(path, value);
      leaves.add(path);
    }
    if (leaves.isEmpty()) {
      owners.remove(us);
    } else {
      owners.put(us, new Owned(leaves, time));
    }
  }

  private void release(JsonPath path, Owner except) {
    owners.forEach((owner, owned) -> {
      if (!owner.equals(except)) {
        owned.leaves().removeIf(leaf -> starts(leaf, path) || starts(path, leaf));
      }
    });
    owners.values().removeIf(owned -> owned.leaves().isEmpty());
  }

  private static boolean starts(JsonPath path, JsonPath with) {
    int length = with.segments().size();
    return path.segments().size() >= length
        && path.segments().subList(0, length).equals(with.segments());
  }

  LiveObject live() {
    Map<String, Object> content = thawed(tree);
    content.put("kind", identity.key().kind());
    Map<String, Object> metadata = new HashMap<>(JsonTree.map(content, "metadata"));
    List<Object> managed = new ArrayList<>();
    owners.forEach((owner, owned) -> {
      Map<String, Object> fields = new HashMap<>();
      owned.leaves().forEach(leaf -> claim(fields, leaf.segments()));
      managed.add(
          Map.of(
              "manager",
              owner.manager(),
              "operation",
              owner.operation(),
              "time",
              owned.time().toString(),
              "fieldsV1",
              fields));
    });
    metadata.put("managedFields", managed);
    content.put("metadata", metadata);
    return LiveObjects.reduce(content, identity.key().groupKind(), identity.apiVersion());
  }

  @SuppressWarnings("unchecked") // made of maps only
  private static void claim(Map<String, Object> fields, List<Object> segments) {
    Map<String, Object> at = fields;
    for (Object segment : segments) {
      at = (Map<String, Object>) at.computeIfAbsent("f:" + segment, _ -> new HashMap<>());
    }
  }

  /** Paths of labels, annotations and of what is below spec, down to lists and plain values. */
  private static Map<JsonPath, Object> leaves(Manifest manifest) {
    Map<JsonPath, Object> leaves = new LinkedHashMap<>();
    collect(leaves, JsonPath.of("metadata", "labels"), manifest.labels());
    collect(leaves, JsonPath.of("metadata", "annotations"), manifest.annotations());
    for (String field : List.of("spec", "data", "status")) {
      if (manifest.content().containsKey(field)) {
        collect(leaves, JsonPath.of(field), JsonTree.map(manifest.content(), field));
      }
    }
    if (manifest.labels().isEmpty()) {
      leaves.remove(JsonPath.of("metadata", "labels"));
    }
    if (manifest.annotations().isEmpty()) {
      leaves.remove(JsonPath.of("metadata", "annotations"));
    }
    return leaves;
  }

  private static void collect(Map<JsonPath, Object> leaves, JsonPath at, Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((name, below) -> collect(leaves, at.field((String) name), below));
    } else {
      leaves.put(at, value);
    }
  }

  @SuppressWarnings("unchecked") // made of maps only, but for leaves
  private void set(JsonPath path, Object value) {
    Map<String, Object> at = tree;
    List<Object> segments = path.segments();
    for (Object segment : segments.subList(0, segments.size() - 1)) {
      Object below = at.get(segment);
      if (!(below instanceof Map<?, ?>)) {
        below = new HashMap<String, Object>();
        at.put((String) segment, below);
      }
      at = (Map<String, Object>) below;
    }
    at.put((String) segments.getLast(), value);
  }

  /** Takes a field away, and maps that become empty by it, as the API server does. */
  private void remove(JsonPath path) {
    tree = thawed(Objects.requireNonNullElse(without(tree, path.segments()), Map.of()));
  }

  @SuppressWarnings("unchecked") // made of maps only, but for leaves
  private static @Nullable Map<String, Object> without(
      Map<String, Object> map, List<Object> segments) {
    Map<String, Object> copy = new HashMap<>(map);
    Object first = segments.getFirst();
    if (segments.size() == 1) {
      copy.remove(first);
    } else if (copy.get(first) instanceof Map<?, ?> below) {
      Map<String, Object> rest =
          without((Map<String, Object>) below, segments.subList(1, segments.size()));
      if (rest == null) {
        copy.remove(first);
      } else {
        copy.put((String) first, rest);
      }
    }
    return copy.isEmpty() ? null : copy;
  }

  @SuppressWarnings("unchecked") // keys are strings
  private static Map<String, Object> thawed(Map<String, Object> map) {
    Map<String, Object> copy = new HashMap<>(map);
    copy.replaceAll((_, value) ->
        value instanceof Map<?, ?> below ? thawed((Map<String, Object>) below) : value);
    return copy;
  }
}
