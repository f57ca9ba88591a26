package io.meshkeel.desired;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Manifest;
import java.util.HashMap;
import java.util.Map;

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
    return new DesiredObject(
        sent,
        declaration,
        References.of(sent, clusterDomain),
        Hosts.about(sent.key(), sent.spec(), clusterDomain));
  }
}
