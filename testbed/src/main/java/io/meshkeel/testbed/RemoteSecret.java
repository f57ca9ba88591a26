package io.meshkeel.testbed;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/**
 * The Secret by which istiod finds a remote cluster, as {@code istioctl create-remote-secret} makes
 * it.
 */
final class RemoteSecret {
  private RemoteSecret() {}

  /** The Secret for this cluster, to be put on the home of istiod. */
  static Secret of(KubeApiServer remote) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("istio-remote-secret-" + remote.name())
        .withNamespace(Istiod.NAMESPACE)
        .addToLabels("istio/multiCluster", "true")
        .addToAnnotations("networking.istio.io/cluster", remote.name())
        .endMetadata()
        .addToStringData(remote.name(), remote.kubeconfig(KubeApiServer.ADMIN))
        .build();
  }
}
