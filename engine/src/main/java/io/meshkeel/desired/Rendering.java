package io.meshkeel.desired;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Turns a declaration into what is sent to clusters. */
final class Rendering {
  private Rendering() {}

  static DesiredObject of(Declaration declaration, ApplySet applySet, String clusterDomain) {
    Manifest declared = declaration.manifest();
    Map<String, Object> labels = new HashMap<>(declared.labels());
    labels.keySet().removeIf(name -> name.startsWith(Labels.OWN_PREFIX));
    labels.put(Labels.MANAGED_BY, Labels.MANAGER);
    labels.put(Labels.MESH, applySet.mesh().value());
    labels.put(Labels.PART_OF, applySet.id());
    Map<String, Object> annotations = new HashMap<>(declared.annotations());
    annotations.keySet().removeIf(name -> name.startsWith(Labels.OWN_PREFIX));

    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", declared.key().name());
    if (!declared.key().namespace().isEmpty()) {
      metadata.put("namespace", declared.key().namespace());
    }
    metadata.put("labels", Map.copyOf(labels));
    if (!annotations.isEmpty()) {
      metadata.put("annotations", Map.copyOf(annotations));
    }
    Map<String, Object> content = new HashMap<>(declared.content());
    content.remove("status");
    content.put("metadata", Map.copyOf(metadata));
    Manifest sent = new Manifest(declared.key(), declared.apiVersion(), content);
    return ours(sent, declaration, clusterDomain);
  }

  /** Something of ours that a declaration of an own kind stands for. */
  static DesiredObject of(
      Map<String, Object> content, Declaration origin, ApplySet applySet, String clusterDomain) {
    Map<String, Object> metadata = new HashMap<>(JsonTree.map(content, "metadata"));
    Map<String, Object> labels = new HashMap<>(JsonTree.map(metadata, "labels"));
    labels.put(Labels.MANAGED_BY, Labels.MANAGER);
    labels.put(Labels.MESH, applySet.mesh().value());
    labels.put(Labels.PART_OF, applySet.id());
    metadata.put("labels", labels);
    Map<String, Object> labelled = new HashMap<>(content);
    labelled.put("metadata", metadata);
    return ours(Manifest.of(labelled), origin, clusterDomain);
  }

  private static DesiredObject ours(Manifest sent, Declaration origin, String clusterDomain) {
    return new DesiredObject(
        sent,
        origin,
        References.of(sent, clusterDomain),
        Hosts.about(sent.key(), sent.spec(), clusterDomain));
  }

  /**
   * Fields of an object that isn't ours. The label {@link Labels#MESH} goes with them, so that it
   * is known later whose they were.
   */
  static DesiredObject shared(
      Map<String, Object> content, Declaration origin, ApplySet applySet, Ownership.Shared how) {
    Map<String, Object> metadata = new HashMap<>(JsonTree.map(content, "metadata"));
    Map<String, Object> labels = new HashMap<>(JsonTree.map(metadata, "labels"));
    labels.put(Labels.MESH, applySet.mesh().value());
    metadata.put("labels", labels);
    Map<String, Object> labelled = new HashMap<>(content);
    labelled.put("metadata", metadata);
    return new DesiredObject(Manifest.of(labelled), origin, Set.of(), Set.of(), how);
  }
}
