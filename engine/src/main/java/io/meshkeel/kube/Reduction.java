package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Takes from an object what nobody needs to see and what nobody may: who wrote which field, copies
 * of the object in annotations, values of Secrets, values of environment variables, commands and
 * arguments of containers that aren't Istio's, schemas of CRDs.
 */
final class Reduction {
  /** Annotations in which other tools keep a copy of the whole object. */
  private static final Set<String> COPIES =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          "kapp.k14s.io/original",
          "objectset.rio.cattle.io/applied");

  private static final List<String> CONTAINERS =
      List.of("containers", "initContainers", "ephemeralContainers");

  /** Where a kind has the spec of its pods. */
  private static final Map<GroupKind, List<String>> POD_SPECS =
      Map.of(
          ObservedKinds.POD, List.of("spec"),
          ObservedKinds.DEPLOYMENT, List.of("spec", "template", "spec"),
          ObservedKinds.STATEFUL_SET, List.of("spec", "template", "spec"),
          ObservedKinds.DAEMON_SET, List.of("spec", "template", "spec"),
          ObservedKinds.REPLICA_SET, List.of("spec", "template", "spec"),
          ObservedKinds.JOB, List.of("spec", "template", "spec"),
          ObservedKinds.CRON_JOB, List.of("spec", "jobTemplate", "spec", "template", "spec"));

  private Reduction() {}

  /**
   * @param item an object as parsed; items of lists don't say their kind
   * @throws IllegalArgumentException if it has no name
   */
  static Manifest reduce(Map<?, ?> item, GroupKind kind, String apiVersion) {
    Map<String, Object> tree = new HashMap<>(JsonTree.freeze(item));
    tree.put("apiVersion", apiVersion);
    tree.put("kind", kind.kind());
    if (kind.equals(ObservedKinds.SECRET)) {
      return Manifest.of(SecretReduction.reduce(tree));
    }
    tree.put("metadata", metadata(JsonTree.map(tree, "metadata")));
    if (kind.equals(ObservedKinds.DEFINITION)) {
      tree.put("spec", definition(JsonTree.map(tree, "spec")));
      tree.remove("status");
    }
    List<String> podSpec = POD_SPECS.get(kind);
    if (podSpec != null) {
      return Manifest.of(at(tree, podSpec, Reduction::podSpec));
    }
    return Manifest.of(tree);
  }

  private static Map<String, Object> metadata(Map<String, Object> metadata) {
    Map<String, Object> reduced = new HashMap<>(metadata);
    reduced.remove("managedFields");
    if (reduced.containsKey("annotations")) {
      Map<String, Object> annotations = new HashMap<>(JsonTree.map(metadata, "annotations"));
      annotations.keySet().removeAll(COPIES);
      reduced.put("annotations", annotations);
    }
    return reduced;
  }

  private static Map<String, Object> definition(Map<String, Object> spec) {
    Map<String, Object> reduced = new HashMap<>(spec);
    reduced.remove("conversion");
    reduced.put(
        "versions",
        JsonTree.maps(spec, "versions").stream()
            .map(version -> only(version, "name", "served", "storage", "deprecated"))
            .toList());
    return reduced;
  }

  private static Map<String, Object> podSpec(Map<String, Object> spec) {
    Map<String, Object> reduced = new HashMap<>(spec);
    for (String field : CONTAINERS) {
      if (spec.containsKey(field)) {
        reduced.put(field, JsonTree.maps(spec, field).stream().map(Reduction::container).toList());
      }
    }
    return reduced;
  }

  /** Istio's own containers tell how the proxy is set up. */
  private static Map<String, Object> container(Map<String, Object> container) {
    if (JsonTree.string(container, "name", "").startsWith("istio-")) {
      return container;
    }
    Map<String, Object> reduced = new HashMap<>(container);
    reduced.remove("command");
    reduced.remove("args");
    if (container.containsKey("env")) {
      reduced.put(
          "env",
          JsonTree.maps(container, "env").stream()
              .map(variable -> only(variable, "name", "valueFrom"))
              .toList());
    }
    return reduced;
  }

  private static Map<String, Object> only(Map<String, Object> map, String... fields) {
    Map<String, Object> reduced = new HashMap<>();
    for (String field : fields) {
      Object value = map.get(field);
      if (value != null) {
        reduced.put(field, value);
      }
    }
    return reduced;
  }

  private static Map<String, Object> at(
      Map<String, Object> tree, List<String> path, UnaryOperator<Map<String, Object>> change) {
    if (path.isEmpty()) {
      return change.apply(tree);
    }
    String field = path.getFirst();
    if (!tree.containsKey(field)) {
      return tree;
    }
    Map<String, Object> changed = new HashMap<>(tree);
    changed.put(field, at(JsonTree.map(tree, field), path.subList(1, path.size()), change));
    return changed;
  }
}
