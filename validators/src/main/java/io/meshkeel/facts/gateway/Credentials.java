package io.meshkeel.facts.gateway;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What istiod gives a gateway for a {@code credentialName}: {@code
 * pilot/pkg/model/credentials/resource.go}, {@code pilot/pkg/credentials/kube/secrets.go} and
 * {@code pilot/pkg/xds/sds.go} of istio/istio, release 1.31. The Secret is looked for in the
 * namespace of the pod, first in the pod's cluster, then in the control plane's, and the first that
 * holds what is needed is taken; its type doesn't matter.
 *
 * <p>Whether a key has a value can't be told: a Secret is only ever seen with the names of its
 * keys. Nor is it judged here whether the pod's service account may list Secrets, as istiod asks
 * too.
 */
public final class Credentials {
  private static final String CA_SUFFIX = "-cacert";
  private static final String KUBERNETES = "kubernetes://";
  private static final List<List<String>> CERTIFICATE =
      List.of(List.of("cert", "key"), List.of("tls.crt", "tls.key"));
  private static final List<List<String>> AUTHORITY = List.of(List.of("cacert"), List.of("ca.crt"));

  private final Inventory inventory;
  private final List<ClusterName> controlPlanes;

  /**
   * @param inventory what the clusters hold
   * @param controlPlanes the clusters in which the mesh's istiods run
   */
  public Credentials(Inventory inventory, Collection<ClusterName> controlPlanes) {
    this.inventory = inventory;
    this.controlPlanes = List.copyOf(controlPlanes);
  }

  /**
   * What a pod is given as its certificate and key.
   *
   * @param credentialName as a Gateway's server names it
   * @param podNamespace of the gateway's pods
   * @param podCluster of the gateway's pods
   */
  public CredentialAnswer certificate(
      String credentialName, String podNamespace, ClusterName podCluster) {
    return answer(credentialName, podNamespace, podCluster, credentialName.endsWith(CA_SUFFIX));
  }

  /**
   * What a pod is given to check its callers' certificates with, for {@code MUTUAL}: the Secret
   * with {@code -cacert}, else the same Secret.
   *
   * @param credentialName as a Gateway's server names it
   * @param podNamespace of the gateway's pods
   * @param podCluster of the gateway's pods
   */
  public CredentialAnswer authority(
      String credentialName, String podNamespace, ClusterName podCluster) {
    return answer(credentialName + CA_SUFFIX, podNamespace, podCluster, true);
  }

  private CredentialAnswer answer(
      String credentialName, String podNamespace, ClusterName podCluster, boolean authority) {
    if (credentialName.startsWith("builtin://")) {
      return new CredentialAnswer.Found(podCluster);
    }
    if (!credentialName.startsWith(KUBERNETES) && credentialName.contains("://")) {
      return new CredentialAnswer.Refused(
          "an Istio Gateway takes a Secret of its pods' namespace, not " + credentialName);
    }
    String name =
        credentialName.startsWith(KUBERNETES)
            ? credentialName.substring(KUBERNETES.length())
            : credentialName;
    String namespace = podNamespace;
    String[] parts = name.split("/", -1);
    if (parts.length > 1) {
      namespace = parts[0];
      name = parts[1];
    }
    if (!namespace.equals(podNamespace)) {
      return new CredentialAnswer.Refused(
          "a pod of namespace " + podNamespace + " may not read a Secret of " + namespace);
    }
    return look(namespace, name, podCluster, authority);
  }

  private CredentialAnswer look(
      String namespace, String name, ClusterName podCluster, boolean authority) {
    Set<ClusterName> places = new LinkedHashSet<>();
    places.add(podCluster);
    places.addAll(controlPlanes);
    boolean unseen = false;
    Optional<CredentialAnswer> incomplete = Optional.empty();
    for (ClusterName place : places) {
      Optional<ClusterInventory> cluster = inventory.of(place);
      if (cluster.isEmpty() || !cluster.get().knows(ObservedKinds.SECRET)) {
        unseen = true;
        continue;
      }
      Optional<Manifest> secret = secret(cluster.get(), namespace, name, authority);
      if (secret.isPresent()) {
        if (holds(secret.get(), authority ? AUTHORITY : CERTIFICATE)) {
          return new CredentialAnswer.Found(place);
        }
        if (incomplete.isEmpty()) {
          incomplete = Optional.of(new CredentialAnswer.Incomplete(place, needed(authority)));
        }
      }
    }
    return unseen
        ? new CredentialAnswer.Unknown()
        : incomplete.orElseGet(
            () -> new CredentialAnswer.Missing(namespace, name, new ArrayList<>(places)));
  }

  private static Optional<Manifest> secret(
      ClusterInventory cluster, String namespace, String name, boolean authority) {
    Optional<Manifest> named = cluster.get(new ResourceKey("", "Secret", namespace, name));
    return named.isPresent() || !authority
        ? named
        : cluster.get(
            new ResourceKey(
                "",
                "Secret",
                namespace,
                name.endsWith(CA_SUFFIX)
                    ? name.substring(0, name.length() - CA_SUFFIX.length())
                    : name));
  }

  private static boolean holds(Manifest secret, List<List<String>> sets) {
    Map<String, Object> data = JsonTree.map(secret.content(), "data");
    return sets.stream().anyMatch(keys -> data.keySet().containsAll(keys));
  }

  private static List<String> needed(boolean authority) {
    return (authority ? AUTHORITY : CERTIFICATE)
        .stream().map(keys -> String.join(" and ", keys)).toList();
  }
}
