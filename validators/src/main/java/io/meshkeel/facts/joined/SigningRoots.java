package io.meshkeel.facts.joined;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the clusters of a mesh share a root of trust. What pods are given as root certificate
 * ({@code istio-ca-root-cert}) tells; where it isn't known, what istiod signs by does: {@code
 * createIstioCA} in {@code pilot/pkg/bootstrap/istio_ca.go} of istio/istio, release 1.31, takes the
 * Secret {@code cacerts}, and without it makes a root of its own, kept in {@code istio-ca-secret}
 * (or in {@code cacerts} with the key {@code istio-generated}).
 */
final class SigningRoots {
  static final String ROOT_CERTIFICATE = "istio-ca-root-cert";

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", Pattern.DOTALL);
  private static final List<Object> PATH = List.of("metadata", "name");

  private final JoinedMesh mesh;
  private final RemoteSecrets.Misfits misfits;
  private final Map<ClusterName, Set<String>> roots = new TreeMap<>();

  SigningRoots(JoinedMesh mesh, RemoteSecrets.Misfits misfits) {
    this.mesh = mesh;
    this.misfits = misfits;
    for (Held held : mesh.found().all()) {
      Set<String> own = certificates(held);
      if (!own.isEmpty()) {
        roots.put(held.cluster(), own);
      }
    }
  }

  void tell() {
    ClusterName first = mesh.configuration();
    Set<String> trusted = roots.getOrDefault(first, Set.of());
    roots.forEach((cluster, own) -> {
      if (!trusted.isEmpty() && own.stream().noneMatch(trusted::contains)) {
        misfits.add(cluster, PATH, "its root certificate is not that of cluster " + first);
      }
    });
    authorities();
  }

  /** Two clusters trust one another if one root is known to both. */
  private static Set<String> certificates(Held held) {
    Set<String> own = new TreeSet<>();
    for (Manifest map : held.of(ObservedKinds.CONFIG_MAP)) {
      if (map.key().name().equals(ROOT_CERTIFICATE)) {
        own.addAll(
            certificates(
                JsonTree.string(JsonTree.map(map.content(), "data"), "root-cert.pem", "")));
      }
    }
    return own;
  }

  /** The certificates of a bundle; by hand any word may stand for one. */
  private static Set<String> certificates(String pem) {
    Set<String> found = new TreeSet<>();
    Matcher each = CERTIFICATE.matcher(pem);
    while (each.find()) {
      found.add(each.group(1).replaceAll("\\s", ""));
    }
    if (found.isEmpty() && !pem.isBlank()) {
      found.add(pem.strip());
    }
    return found;
  }

  private enum Authority {
    /** Given from outside, so that others can be given the same. */
    PLUGGED,
    /** Made by the istiod of one cluster, for itself. */
    OWN
  }

  private void authorities() {
    Map<ClusterName, Authority> known = new TreeMap<>();
    for (ClusterName control : mesh.controlPlanes()) {
      mesh.found()
          .of(control)
          .flatMap(this::authority)
          .ifPresent(authority -> known.put(control, authority));
    }
    ClusterName first = mesh.configuration();
    known.forEach((cluster, authority) -> {
      if (authority == Authority.OWN) {
        known.keySet().stream()
            .filter(other -> !other.equals(cluster) && !areBothKnown(cluster, other))
            .filter(other -> known.get(other) == Authority.PLUGGED || !cluster.equals(first))
            .findFirst()
            .ifPresent(other ->
                misfits.add(
                    cluster,
                    PATH,
                    "its istiod made a root certificate for itself (it has no Secret cacerts), which"
                        + " cluster "
                        + other
                        + " doesn't trust"));
      }
    });
  }

  /** Then what pods are given has said it. */
  private boolean areBothKnown(ClusterName one, ClusterName other) {
    return roots.containsKey(one) && roots.containsKey(other);
  }

  private Optional<Authority> authority(Held held) {
    Optional<Set<String>> plugged = keys(held, "cacerts");
    if (plugged.isPresent() && !plugged.get().contains("istio-generated")) {
      return Optional.of(Authority.PLUGGED);
    }
    return plugged.isPresent() || keys(held, "istio-ca-secret").isPresent()
        ? Optional.of(Authority.OWN)
        : Optional.empty();
  }

  private Optional<Set<String>> keys(Held held, String secret) {
    return held.get(new ResourceKey("", "Secret", mesh.spec().rootNamespace(), secret))
        .map(found -> {
          Set<String> keys = new HashSet<>(JsonTree.map(found.content(), "data").keySet());
          keys.addAll(JsonTree.map(found.content(), "stringData").keySet());
          return keys;
        });
  }
}
