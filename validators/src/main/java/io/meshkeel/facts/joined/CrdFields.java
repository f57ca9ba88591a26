package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the CustomResourceDefinitions of the clusters that an object goes to don't serve: its kind,
 * its version, or, where a snapshot holds the schema, a field, which the API server would prune
 * ({@code structural-schema/pruning} of k8s.io/apiextensions-apiserver). Told as {@code notServed}:
 * {@code {path, what, cluster}}.
 */
final class CrdFields extends KeptIndex {
  private static final String CLUSTERS = "meshkeel.io/clusters";

  /** 8 of Istio's 15 kinds: who writes down so many definitions by hand writes down all. */
  private static final int MOST_KINDS = 8;

  /** Fewer are enough where they are those of all other kinds that the mesh declares. */
  private static final int SOME_KINDS = 3;

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("apiVersion", "kind", "metadata", "status");

  private final JoinedMesh mesh;
  private final Map<ClusterName, Map<GroupKind, Manifest>> definitions = new HashMap<>();
  private final Set<GroupKind> declared;

  CrdFields(JoinedMesh mesh) {
    this.mesh = mesh;
    this.declared = mesh.declaredKinds();
    for (ClusterName cluster : mesh.controlPlanes()) {
      mesh.found()
          .of(cluster)
          .filter(held -> held.knows(ObservedKinds.DEFINITION))
          .ifPresent(held -> definitions.put(cluster, index(held)));
    }
  }

  private static Map<GroupKind, Manifest> index(Held held) {
    Map<GroupKind, Manifest> byKind = new HashMap<>();
    for (Manifest definition : held.of(ObservedKinds.DEFINITION)) {
      byKind.put(
          new GroupKind(
              JsonTree.string(definition.spec(), "group", ""),
              JsonTree.string(JsonTree.map(definition.spec(), "names"), "kind", "")),
          definition);
    }
    return byKind;
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest manifest = object.declaration().manifest();
    if (!Overlay.isConfiguration(manifest.key())) {
      return;
    }
    String chosen = Labels.of(manifest.annotations()).getOrDefault(CLUSTERS, "");
    List<Object> told = new ArrayList<>();
    for (ClusterName cluster : mesh.controlPlanes()) {
      if (!chosen.isBlank()
          && Arrays.stream(chosen.split(",")).noneMatch(n -> n.strip().equals(cluster.value()))) {
        continue;
      }
      Map<GroupKind, Manifest> served = definitions.get(cluster);
      if (served == null) {
        slice.unjudged(
            "M904",
            mesh.unknown(cluster, ObservedKinds.DEFINITION)
                .orElse("definitions of cluster " + cluster + " were not looked at"));
      } else {
        told.addAll(unserved(manifest, served, cluster, slice));
      }
    }
    slice.put("notServed", List.copyOf(told));
  }

  private List<Object> unserved(
      Manifest manifest, Map<GroupKind, Manifest> served, ClusterName cluster, Slice slice) {
    Manifest definition = served.get(manifest.key().groupKind());
    if (definition == null && !isWhole(served, manifest.key().groupKind())) {
      slice.unjudged(
          "M904",
          "the definition of "
              + manifest.key().groupKind()
              + " in cluster "
              + cluster
              + " was not looked at");
      return List.of();
    }
    if (definition == null) {
      return List.of(
          fact(List.of("kind"), "kind " + manifest.key().groupKind() + " is not served", cluster));
    }
    String version = manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
    List<Map<String, Object>> versions = JsonTree.maps(definition.spec(), "versions");
    Optional<Map<String, Object>> own =
        versions.stream()
            .filter(one -> JsonTree.string(one, "name", "").equals(version))
            .filter(one -> !Boolean.FALSE.equals(one.get("served")))
            .findFirst();
    if (own.isEmpty()) {
      List<String> others =
          versions.stream()
              .filter(one -> !Boolean.FALSE.equals(one.get("served")))
              .map(one -> JsonTree.string(one, "name", ""))
              .toList();
      return List.of(
          fact(
              List.of("apiVersion"),
              "version " + version + " is not served, only " + String.join(", ", others),
              cluster));
    }
    Map<String, Object> schema = JsonTree.map(JsonTree.map(own.get(), "schema"), "openAPIV3Schema");
    List<Object> told = new ArrayList<>();
    if (!JsonTree.map(schema, "properties").isEmpty()) {
      Map<String, Object> content = new HashMap<>(manifest.content());
      content.keySet().removeAll(OF_EVERY_OBJECT);
      walk(content, schema, List.of(), cluster, told);
    } else if (schema.isEmpty()) {
      slice.partly(
          "M904", "only kind and version are known of the definitions of cluster " + cluster);
    }
    return told;
  }

  /** Whether a kind that is missing among definitions isn't there. */
  private boolean isWhole(Map<GroupKind, Manifest> served, GroupKind missing) {
    Set<GroupKind> family =
        ObservedKinds.ISTIO.contains(missing) ? ObservedKinds.ISTIO : ObservedKinds.GATEWAY_API;
    long there = family.stream().filter(served::containsKey).count();
    if (mesh.complete() || family.equals(ObservedKinds.GATEWAY_API)) {
      return mesh.complete() || there > 0;
    }
    boolean others =
        declared.stream()
            .filter(kind -> family.contains(kind) && !kind.equals(missing))
            .allMatch(served::containsKey);
    return there >= MOST_KINDS || (there >= SOME_KINDS && others);
  }

  private static void walk(
      Object value,
      Map<String, Object> schema,
      List<Object> path,
      ClusterName cluster,
      List<Object> told) {
    if (value instanceof List<?> list) {
      Map<String, Object> items = JsonTree.map(schema, "items");
      for (int i = 0; i < list.size(); i++) {
        walk(list.get(i), items, PolicyFields.path(path, i), cluster, told);
      }
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> known = JsonTree.map(schema, "properties");
      boolean open =
          known.isEmpty()
              || schema.containsKey("additionalProperties")
              || Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"));
      for (Object name : new TreeSet<>(map.keySet())) {
        List<Object> at = PolicyFields.path(path, name);
        Map<String, Object> field = JsonTree.map(known, (String) name);
        if (!known.containsKey((String) name)) {
          if (!open) {
            told.add(fact(at, "field " + name + " is not in its schema and is pruned", cluster));
          }
        } else {
          walk(Objects.requireNonNull(map.get(name)), field, at, cluster, told);
        }
      }
    }
  }

  private static Map<String, Object> fact(List<Object> path, String what, ClusterName cluster) {
    return Map.of("path", path, "what", what, "cluster", cluster.value());
  }
}
