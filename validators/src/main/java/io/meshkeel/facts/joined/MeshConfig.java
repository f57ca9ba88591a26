package io.meshkeel.facts.joined;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Istio's own settings, as the ConfigMap {@code istio} of the configuration cluster has them under
 * {@code mesh} and {@code meshNetworks}. Empty if it isn't known or is no YAML.
 *
 * @param text as written
 * @param tree of {@code mesh}
 * @param networks of {@code meshNetworks}
 */
record MeshConfig(String text, Map<String, Object> tree, Map<String, Object> networks) {
  static MeshConfig of(JoinedMesh mesh) {
    String revision = mesh.spec().revision();
    String name = revision.equals("default") ? "istio" : "istio-" + revision;
    Optional<Held> held = mesh.found().of(mesh.configuration());
    Map<String, Object> data =
        held.flatMap(found ->
                found.get(new ResourceKey("", "ConfigMap", mesh.spec().rootNamespace(), name)))
            .map(Manifest::content)
            .map(content -> JsonTree.map(content, "data"))
            .orElse(Map.of());
    String text = JsonTree.string(data, "mesh", "");
    return new MeshConfig(text, yaml(text), yaml(JsonTree.string(data, "meshNetworks", "")));
  }

  static Map<String, Object> yaml(String text) {
    if (text.isBlank()) {
      return Map.of();
    }
    PositionedYaml read = PositionedYaml.read("config", text.getBytes(StandardCharsets.UTF_8));
    return read.problems().isEmpty() ? read.root() : Map.of();
  }

  /** The networks of {@code meshNetworks} that say how they are reached. */
  Set<String> networksWithGateways() {
    Map<String, Object> all = JsonTree.map(networks, "networks");
    Map<String, Object> byName = all.isEmpty() ? networks : all;
    Set<String> reached = new TreeSet<>();
    for (String network : byName.keySet()) {
      if (!JsonTree.maps(JsonTree.map(byName, network), "gateways").isEmpty()) {
        reached.add(network);
      }
    }
    return reached;
  }

  List<String> strings(String field) {
    return JsonTree.strings(tree, field);
  }

  boolean mentions(String word) {
    return text.contains(word);
  }
}
