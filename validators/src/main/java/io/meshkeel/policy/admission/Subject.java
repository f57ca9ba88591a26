package io.meshkeel.policy.admission;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;

/**
 * The object that is judged.
 *
 * @param root the whole object
 * @param manifest its identity, labels and annotations
 * @param minor the minor release of Istio: 29 for 1.29
 */
record Subject(Node root, Manifest manifest, int minor) {
  static Subject of(Manifest manifest, int minor) {
    return new Subject(Node.root(manifest.content()), manifest, minor);
  }

  Node spec() {
    return root.at("spec");
  }

  /** The namespace; {@code default} where none is written. */
  String namespace() {
    String namespace = manifest.key().namespace();
    return namespace.isEmpty() ? "default" : namespace;
  }

  String annotation(String name) {
    return JsonTree.string(manifest.annotations(), name, "");
  }

  String label(String name) {
    return JsonTree.string(manifest.labels(), name, "");
  }

  /** Whether istiod itself made the object from one of the Gateway API. */
  boolean gatewaySemantics() {
    return annotation("internal.istio.io/gateway-semantics").equals("gateway");
  }

  /** Whether istiod itself made the object from a route of the Gateway API. */
  boolean routeSemantics() {
    return annotation("internal.istio.io/route-semantics").equals("gateway");
  }
}
