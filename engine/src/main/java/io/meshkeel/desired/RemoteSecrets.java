package io.meshkeel.desired;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import java.util.Map;
import java.util.Optional;

/**
 * Renders the Secrets by which the istiods of a mesh find its other clusters, after {@code istioctl
 * create-remote-secret} ({@code istioctl/pkg/multicluster/remote_secret.go} of istio/istio). What a
 * Secret holds is never here: in its place stands which credential it is made from, and later a
 * digest.
 */
public final class RemoteSecrets {
  /** The kind of all of them. */
  public static final GroupKind KIND = ObservedKinds.SECRET;

  /** What their names begin with; the name of the cluster follows. */
  public static final String PREFIX = "istio-remote-secret-";

  private static final String MARK = "istio/multiCluster";
  private static final String CLUSTER = "networking.istio.io/cluster";

  private RemoteSecrets() {}

  /** The Secret for a cluster, if its declaration asks for one. */
  static Optional<DesiredObject> of(MeshCluster remote, Mesh mesh, ApplySet applySet) {
    String name = remote.name().value();
    return remote
        .remoteSecret()
        .map(credential ->
            Rendering.of(
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    KIND.kind(),
                    "metadata",
                    Map.of(
                        "name",
                        PREFIX + name,
                        "namespace",
                        mesh.spec().rootNamespace(),
                        "labels",
                        Map.of(MARK, "true"),
                        "annotations",
                        Map.of(CLUSTER, name, Labels.CREDENTIAL, credential)),
                    "data",
                    Map.of(name, "(made from credential " + credential + ")")),
                OwnRendering.origin(remote),
                applySet,
                mesh.spec().clusterDomain()));
  }
}
