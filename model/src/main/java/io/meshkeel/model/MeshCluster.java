package io.meshkeel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code MeshCluster} declaration ({@code meshkeel.io/v1alpha1}).
 *
 * @param name {@code metadata.name}
 * @param mesh the mesh it belongs to
 * @param position where it is declared
 * @param annotations {@code metadata.annotations}
 * @param role control plane or data plane
 * @param network Istio network name
 * @param credential name of a credential that the service was given
 * @param namespaces watch and write only these; empty means all
 * @param suspend leave this cluster alone
 * @param istiod istiod's debug and metrics endpoint
 * @param remoteSecret name of the credential that istiod of the control plane clusters is given to
 *     discover this cluster
 */
public record MeshCluster(
    ClusterName name,
    MeshName mesh,
    SourcePosition position,
    Map<String, String> annotations,
    Role role,
    Optional<String> network,
    String credential,
    List<String> namespaces,
    boolean suspend,
    Optional<Istiod> istiod,
    Optional<String> remoteSecret) {
  public MeshCluster {
    annotations = Map.copyOf(annotations);
    namespaces = List.copyOf(namespaces);
  }

  /** Without istiod's endpoint and remote secret. */
  public MeshCluster(
      ClusterName name,
      MeshName mesh,
      SourcePosition position,
      Map<String, String> annotations,
      Role role,
      Optional<String> network,
      String credential,
      List<String> namespaces,
      boolean suspend) {
    this(
        name,
        mesh,
        position,
        annotations,
        role,
        network,
        credential,
        namespaces,
        suspend,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * {@code spec.istiod}.
   *
   * @param url base URL of its debug and metrics endpoint
   * @param credential name of a credential that the service was given
   */
  public record Istiod(String url, Optional<String> credential) {}

  /** {@code spec.role}. */
  public enum Role {
    CONTROL_PLANE("ControlPlane"),
    DATA_PLANE("DataPlane");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }
}
