package io.meshkeel.model;

import java.util.Map;

/**
 * One Kubernetes object as it is declared or found.
 *
 * @param key what identifies it
 * @param apiVersion as written, for example {@code networking.istio.io/v1}
 * @param content the whole object with {@code apiVersion}, {@code kind} and {@code metadata}, as
 *     {@link JsonTree}
 */
public record Manifest(ResourceKey key, String apiVersion, Map<String, Object> content) {
  public Manifest {
    content = Map.copyOf(content);
  }

  /**
   * Reads key and version from the content.
   *
   * @throws IllegalArgumentException if {@code apiVersion}, {@code kind} or {@code metadata.name}
   *     is missing, or the content is no JSON
   */
  public static Manifest of(Map<?, ?> content) {
    Map<String, Object> tree = JsonTree.freeze(content);
    String apiVersion = JsonTree.string(tree, "apiVersion", "");
    String kind = JsonTree.string(tree, "kind", "");
    Map<String, Object> metadata = JsonTree.map(tree, "metadata");
    String name = JsonTree.string(metadata, "name", "");
    if (apiVersion.isEmpty() || kind.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("an object needs apiVersion, kind and metadata.name");
    }
    return new Manifest(
        new ResourceKey(
            GroupKind.of(apiVersion, kind).group(),
            kind,
            JsonTree.string(metadata, "namespace", ""),
            name),
        apiVersion,
        tree);
  }

  public Map<String, Object> metadata() {
    return JsonTree.map(content, "metadata");
  }

  /** {@code metadata.labels}; empty if there are none. */
  public Map<String, Object> labels() {
    return JsonTree.map(metadata(), "labels");
  }

  /** {@code metadata.annotations}; empty if there are none. */
  public Map<String, Object> annotations() {
    return JsonTree.map(metadata(), "annotations");
  }

  /** {@code spec}; empty if there is none. */
  public Map<String, Object> spec() {
    return JsonTree.map(content, "spec");
  }
}
