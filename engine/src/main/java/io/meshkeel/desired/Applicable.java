package io.meshkeel.desired;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells declarations that can be applied from those that can't. */
final class Applicable {
  private static final GroupKind GATEWAY_CLASS =
      new GroupKind("gateway.networking.k8s.io", "GatewayClass");

  private Applicable() {}

  /**
   * Why an object can't be applied; empty if it can.
   *
   * @param clusters the clusters that its annotation names; empty if it has none
   * @param controlPlanes the control plane clusters of the mesh
   */
  static Optional<String> whyNot(
      Manifest manifest, Optional<Set<String>> clusters, Set<String> controlPlanes) {
    GroupKind kind = manifest.key().groupKind();
    if (!configuration(kind)) {
      return Optional.of(
          kind + " is neither an Istio nor a Gateway API kind; take it out of the mesh's folder");
    }
    boolean clusterScoped = kind.equals(GATEWAY_CLASS);
    if (manifest.key().namespace().isEmpty() != clusterScoped) {
      return Optional.of(
          clusterScoped
              ? "a GatewayClass has no namespace; take metadata.namespace away"
              : "it has no namespace; add metadata.namespace");
    }
    return clusters.flatMap(names -> unknown(names, controlPlanes));
  }

  private static Optional<String> unknown(Set<String> names, Set<String> controlPlanes) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(controlPlanes);
    if (unknown.isEmpty() && !names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Labels.CLUSTERS
            + (names.isEmpty() ? " names no cluster" : " names " + String.join(", ", unknown))
            + "; the control plane clusters of this mesh are: "
            + String.join(", ", new TreeSet<>(controlPlanes)));
  }

  private static boolean configuration(GroupKind kind) {
    return kind.group().endsWith(".istio.io") || kind.group().equals(GATEWAY_CLASS.group());
  }
}
