package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Whether each istiod knows each other cluster of the mesh, by a secret of its own cluster: {@code
 * pkg/kube/multicluster/secretcontroller.go} of istio/istio, release 1.31. It must lie in the root
 * namespace, have the label, and name the cluster by the key of its data.
 */
final class RemoteSecrets {
  /** Where what is wrong with a cluster is told. */
  interface Misfits {
    void add(ClusterName cluster, List<Object> path, String what);
  }

  private static final String PREFIX = "istio-remote-secret-";
  private static final String LABEL = "istio/multiCluster";
  private static final String CLUSTER = "networking.istio.io/cluster";

  private final JoinedMesh mesh;
  private final Function<Subject, Slice> slices;
  private final Misfits misfits;
  private final boolean whole;

  RemoteSecrets(JoinedMesh mesh, Function<Subject, Slice> slices, Misfits misfits) {
    this.mesh = mesh;
    this.slices = slices;
    this.misfits = misfits;
    this.whole = mesh.complete() || isPlumbed();
  }

  void tell() {
    for (MeshCluster cluster : mesh.clusters()) {
      for (ClusterName control : mesh.controlPlanes()) {
        if (!control.equals(cluster.name()) && cluster.remoteSecret().isEmpty()) {
          tell(cluster, control);
        }
      }
    }
  }

  private void tell(MeshCluster cluster, ClusterName control) {
    Optional<String> unknown = mesh.unknown(control, ObservedKinds.SECRET);
    if (unknown.isPresent()) {
      slices.apply(Subject.of(cluster)).unjudged("M1003", unknown.get());
    } else if (!whole) {
      slices
          .apply(Subject.of(cluster))
          .unjudged("M1003", "Secrets of istiod in cluster " + control + " were not looked at");
    } else {
      check(
          cluster.name(), control, mesh.found().of(control).orElseThrow().of(ObservedKinds.SECRET));
    }
  }

  /**
   * Files written by hand: where one of istiod's secrets was written down, or what else ties
   * clusters together, remote secrets were too.
   */
  private boolean isPlumbed() {
    int roots = 0;
    for (Held held : mesh.found().all()) {
      boolean paths =
          held.of(ObservedKinds.MUTATING_WEBHOOK).stream()
              .anyMatch(
                  hook -> FoundClusters.INJECT_PATH.matcher(hook.content().toString()).find());
      if (paths
          || !Istiods.clusterNames(mesh, held).isEmpty()
          || held.of(ObservedKinds.SECRET).stream().anyMatch(RemoteSecrets::isIstios)) {
        return true;
      }
      roots +=
          held.of(ObservedKinds.CONFIG_MAP).stream()
                  .anyMatch(map -> map.key().name().equals(SigningRoots.ROOT_CERTIFICATE))
              ? 1
              : 0;
    }
    return roots > 1;
  }

  private static boolean isIstios(Manifest secret) {
    String name = secret.key().name();
    return isLabelled(secret)
        || name.startsWith(PREFIX)
        || Set.of("cacerts", "istio-ca-secret").contains(name);
  }

  private static boolean isLabelled(Manifest secret) {
    return "true".equals(secret.labels().get(LABEL));
  }

  private boolean isRead(Manifest secret) {
    return isLabelled(secret) && secret.key().namespace().equals(mesh.spec().rootNamespace());
  }

  private void check(ClusterName cluster, ClusterName control, List<Manifest> secrets) {
    String name = cluster.value();
    String where = " in cluster " + control;
    for (Manifest secret : secrets) {
      if (isRead(secret) && keys(secret).contains(name)) {
        Optional<Instant> end = end(secret, name);
        if (end.isPresent() && mesh.deadlines().isOver(end.get())) {
          add(cluster, "the certificate in its remote secret" + where + " has ended");
        } else if (end.isPresent()) {
          ends(cluster, "the certificate in its remote secret" + where, end.get());
        }
        String annotated = Labels.of(secret.annotations()).getOrDefault(CLUSTER, name);
        if (!annotated.equals(name)) {
          add(cluster, "its remote secret" + where + " is annotated for " + annotated);
        }
        return;
      }
    }
    add(
        cluster,
        secrets.stream()
            .filter(secret -> isMeant(secret, name))
            .findFirst()
            .map(secret -> whyNotRead(secret, where))
            .orElse("there is no remote secret for it" + where));
  }

  private static boolean isMeant(Manifest secret, String name) {
    return secret.key().name().equals(PREFIX + name)
        || (isLabelled(secret)
            && (keys(secret).contains(name)
                || name.equals(Labels.of(secret.annotations()).get(CLUSTER))));
  }

  private String whyNotRead(Manifest secret, String where) {
    if (!isLabelled(secret)) {
      return "its remote secret" + where + " lacks the label " + LABEL + "=true";
    }
    return secret.key().namespace().equals(mesh.spec().rootNamespace())
        ? "its remote secret" + where + " names it " + String.join(", ", keys(secret))
        : "its remote secret"
            + where
            + " is in namespace "
            + secret.key().namespace()
            + ", and istiod reads those of "
            + mesh.spec().rootNamespace();
  }

  private void add(ClusterName cluster, String what) {
    misfits.add(cluster, List.of("metadata", "name"), what);
  }

  private static Set<String> keys(Manifest secret) {
    Set<String> keys = new TreeSet<>(JsonTree.map(secret.content(), "data").keySet());
    keys.addAll(JsonTree.map(secret.content(), "stringData").keySet());
    return keys;
  }

  /** Told of a MeshCluster as {@code endings}, anew each day. */
  private void ends(ClusterName cluster, String what, Instant end) {
    long days = mesh.deadlines().daysUntil(end);
    mesh.clusters().stream()
        .filter(declared -> declared.name().equals(cluster))
        .findFirst()
        .ifPresent(declared ->
            slices
                .apply(Subject.of(declared))
                .put(
                    "endings",
                    List.of(
                        Map.of("path", List.of("metadata", "name"), "what", what, "days", days))));
  }

  private static Optional<Instant> end(Manifest secret, String key) {
    String expiry =
        Labels.of(secret.annotations()).getOrDefault(ObservedKinds.CERTIFICATE_EXPIRY, "");
    for (String entry : expiry.split(",")) {
      int equals = entry.indexOf('=');
      if (equals > 0 && entry.substring(0, equals).strip().equals(key)) {
        try {
          return Optional.of(OffsetDateTime.parse(entry.substring(equals + 1).strip()).toInstant());
        } catch (DateTimeParseException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
