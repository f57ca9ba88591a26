package io.meshkeel.kube;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON Patch that lets go of an object. Server-side apply can only drop a field together with
 * its ownership; to keep the field, the entry of {@code metadata.managedFields} has to go itself,
 * which API servers allow (Kubernetes documentation, "Server-Side Apply", "Clearing
 * managedFields").
 */
final class LettingGo {
  private LettingGo() {}

  /**
   * The operations; empty if nothing of ours is in the object.
   *
   * @param metadata of the object as the server sent it
   * @param labels that are to go
   */
  static List<Map<String, Object>> of(Map<?, ?> metadata, Set<String> labels) {
    List<Map<String, Object>> operations = new ArrayList<>();
    addLabels(operations, metadata.get("labels") instanceof Map<?, ?> map ? map : Map.of(), labels);
    addOwnership(operations, Json.maps(metadata.get("managedFields")));
    if (!operations.isEmpty()) {
      operations.addFirst(test("/metadata/resourceVersion", metadata.get("resourceVersion")));
      operations.addFirst(test("/metadata/uid", metadata.get("uid")));
    }
    return operations;
  }

  private static void addLabels(
      List<Map<String, Object>> operations, Map<?, ?> there, Set<String> labels) {
    Set<Object> going = new HashSet<>(labels);
    going.retainAll(there.keySet());
    if (!going.isEmpty() && going.size() == there.size()) {
      operations.add(remove("/metadata/labels"));
      return;
    }
    going.stream()
        .map(label -> label.toString().replace("~", "~0").replace("/", "~1"))
        .sorted()
        .forEach(label -> operations.add(remove("/metadata/labels/" + label)));
  }

  /** From the end, so that indexes stay true. */
  private static void addOwnership(List<Map<String, Object>> operations, List<Map<?, ?>> entries) {
    List<Integer> ours = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (LiveObjects.MANAGER.equals(entries.get(i).get("manager"))) {
        ours.addFirst(i);
      }
    }
    if (!ours.isEmpty() && ours.size() == entries.size()) {
      // An empty list is taken for a client that doesn't know the field; this one clears it.
      operations.add(
          Map.of("op", "replace", "path", "/metadata/managedFields", "value", List.of(Map.of())));
      return;
    }
    ours.forEach(i -> operations.add(remove("/metadata/managedFields/" + i)));
  }

  private static Map<String, Object> remove(String path) {
    return Map.of("op", "remove", "path", path);
  }

  private static Map<String, Object> test(
      String path, @org.jspecify.annotations.Nullable Object value) {
    return Map.of("op", "test", "path", path, "value", value == null ? "" : value);
  }
}
