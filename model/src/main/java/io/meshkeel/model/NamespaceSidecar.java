package io.meshkeel.model;

import java.util.List;
import java.util.Optional;

/**
 * Whether the pods of namespaces get a sidecar. On each chosen cluster the namespace exists and
 * carries exactly one of Istio's labels {@code istio-injection} and {@code istio.io/rev}, or none.
 *
 * @param declaration the document
 * @param clusters which clusters are meant
 * @param namespaces the namespaces; never a system namespace
 * @param injection whether sidecars are injected
 * @param revision the revision of istiod that injects; empty: that of the mesh
 */
public record NamespaceSidecar(
    Declaration declaration,
    ClusterChoice clusters,
    List<String> namespaces,
    Injection injection,
    Optional<String> revision)
    implements OwnDeclaration {
  public NamespaceSidecar {
    namespaces = List.copyOf(namespaces);
  }

  /** {@code spec.injection}. */
  public enum Injection {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    /** Both labels are taken away, whoever set them. */
    UNSET("Unset");

    private final String word;

    Injection(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }
}
