package io.meshkeel.model;

/** A declaration of one of Meshkeel's own kinds, for what Istio has no object for. */
public sealed interface OwnDeclaration
    permits NamespaceSidecar, WorkloadSidecar, MeshGateway, ServicePort {

  /** The document itself: its key has group {@code meshkeel.io} and no namespace. */
  Declaration declaration();

  /** Which clusters of the mesh it is meant for. */
  ClusterChoice clusters();

  /** {@code metadata.name}. */
  default String name() {
    return declaration().manifest().key().name();
  }
}
