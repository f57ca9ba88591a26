package io.meshkeel.view;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Labels;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Module {@code clusters}. */
final class Clusters {
  private static final String UNKNOWN = "Unknown";
  private static final String MISSING = "Missing";

  private Clusters() {}

  static List<ClusterRow> rows(Scene scene) {
    List<ClusterRow> rows = new ArrayList<>();
    for (SceneCluster cluster : scene.clusters()) {
      List<String> versions = versions(cluster);
      ClusterRow row =
          new ClusterRow(
              scene.mesh(),
              cluster.name().value(),
              cluster.role().word(),
              cluster.declared().flatMap(MeshCluster::network).orElse(""),
              state(scene, cluster),
              istiods(cluster),
              versions.size(),
              versions,
              proxies(scene, cluster),
              List.of(),
              rootCertificate(scene, cluster),
              remoteSecret(scene, cluster),
              withoutEffect(cluster),
              unseen(cluster),
              revision(scene, cluster),
              scene.link(cluster).map(ClusterLink::problem).orElse(""),
              ClusterRow.time(scene.link(cluster).flatMap(ClusterLink::since)),
              ClusterRow.time(scene.link(cluster).flatMap(ClusterLink::heard)));
      rows.add(scene.proxies().map(row::with).orElse(row));
    }
    return rows;
  }

  /**
   * The revision that the service confirmed; without a service, the one that last changed the
   * cluster, as it is recorded there.
   */
  static String revision(Scene scene, SceneCluster cluster) {
    Optional<String> confirmed =
        scene.link(cluster).map(ClusterLink::revision).filter(revision -> !revision.isEmpty());
    return confirmed
        .or(() ->
            parent(scene, cluster)
                .map(parent -> JsonTree.string(parent.annotations(), Labels.REVISION, ""))
                .filter(Revision::isFullId)
                .map(sha -> new Revision(sha).abbreviated()))
        .orElse("");
  }

  /** The parent of the mesh's ApplySet; without declarations the only one there is. */
  private static Optional<Manifest> parent(Scene scene, SceneCluster cluster) {
    List<Manifest> parents =
        cluster.of(ObservedKinds.CONFIG_MAP).stream()
            .filter(map -> map.labels().containsKey(Labels.APPLYSET_ID))
            .filter(map -> map.key().namespace().equals(ApplySet.NAMESPACE))
            .filter(map ->
                scene
                    .declared()
                    .map(mesh -> ApplySet.of(mesh.mesh().name()).parent().equals(map.key()))
                    .orElse(true))
            .toList();
    return parents.size() == 1 ? Optional.of(parents.getFirst()) : Optional.empty();
  }

  private static String state(Scene scene, SceneCluster cluster) {
    return scene
        .link(cluster)
        .map(link -> link.connected() ? "Connected" : "Unreachable")
        .orElse(cluster.seen().isPresent() ? "Seen" : UNKNOWN);
  }

  static List<String> istiods(SceneCluster cluster) {
    TreeSet<String> versions = new TreeSet<>();
    Istiod.in(cluster)
        .forEach(istiod ->
            versions.add(istiod.version().isEmpty() ? istiod.revision() : istiod.version()));
    return List.copyOf(versions);
  }

  private static List<String> versions(SceneCluster cluster) {
    List<String> versions = new ArrayList<>();
    for (Manifest definition : cluster.of(ObservedKinds.DEFINITION)) {
      GroupKind kind =
          new GroupKind(
              JsonTree.string(definition.spec(), "group", ""),
              JsonTree.string(JsonTree.map(definition.spec(), "names"), "kind", "-"));
      if (Scene.isConfiguration(kind)) {
        List<String> served =
            JsonTree.maps(definition.spec(), "versions").stream()
                .filter(version -> Boolean.TRUE.equals(version.get("served")))
                .map(version -> JsonTree.string(version, "name", ""))
                .toList();
        if (!served.isEmpty()) {
          versions.add(kind + "=" + String.join("/", served));
        }
      }
    }
    return versions;
  }

  private static long proxies(Scene scene, SceneCluster cluster) {
    long proxies = 0;
    for (Workload workload : scene.workloads(cluster).all()) {
      proxies += workload.pods().stream().filter(pod -> pod.shape().proxy().isPresent()).count();
    }
    return proxies;
  }

  private static Optional<String> root(Scene scene, SceneCluster cluster) {
    return cluster
        .get(new ResourceKey("", "ConfigMap", scene.spec().rootNamespace(), "istio-ca-root-cert"))
        .map(map ->
            JsonTree.string(JsonTree.map(map.content(), "data"), "root-cert.pem", "").strip());
  }

  private static String rootCertificate(Scene scene, SceneCluster cluster) {
    if (!cluster.knows(ObservedKinds.CONFIG_MAP)) {
      return UNKNOWN;
    }
    Optional<String> own = root(scene, cluster);
    Optional<String> wanted = scene.governing(cluster).flatMap(plane -> root(scene, plane));
    if (own.isEmpty()) {
      return MISSING;
    }
    return wanted.isEmpty() ? UNKNOWN : wanted.equals(own) ? "Equal" : "Differs";
  }

  /**
   * A Secret with the label {@code istio/multiCluster: "true"} and a key of the cluster's name in
   * the root namespace ({@code pkg/kube/multicluster/secretcontroller.go} of istio/istio).
   */
  private static String remoteSecret(Scene scene, SceneCluster cluster) {
    if (cluster.controlPlane()) {
      return "";
    }
    List<String> without = new ArrayList<>();
    TreeSet<String> ends = new TreeSet<>();
    for (SceneCluster plane : scene.controlPlanes()) {
      List<Manifest> found =
          plane.of(ObservedKinds.SECRET).stream()
              .filter(secret -> secret.key().namespace().equals(scene.spec().rootNamespace()))
              .filter(secret -> "true".equals(secret.labels().get("istio/multiCluster")))
              .filter(secret ->
                  JsonTree.map(secret.content(), "data").containsKey(cluster.name().value()))
              .toList();
      found.forEach(secret -> end(secret, cluster.name().value()).ifPresent(ends::add));
      if (found.isEmpty()) {
        if (!plane.knows(ObservedKinds.SECRET)) {
          return UNKNOWN;
        }
        without.add(plane.name().value());
      }
    }
    if (!without.isEmpty()) {
      return MISSING;
    }
    return ends.isEmpty() ? "Present" : "Present until " + ends.getFirst();
  }

  /** When what is in a key of a Secret ends, as {@link ObservedKinds#CERTIFICATE_EXPIRY} tells. */
  private static Optional<String> end(Manifest secret, String key) {
    for (String each :
        JsonTree.string(secret.annotations(), ObservedKinds.CERTIFICATE_EXPIRY, "")
            .split(",", -1)) {
      if (each.startsWith(key + "=")) {
        return Optional.of(each.substring(key.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static long withoutEffect(SceneCluster cluster) {
    if (cluster.controlPlane()) {
      return 0;
    }
    return ObservedKinds.ALL.stream()
        .filter(kind -> Scene.isConfiguration(kind) && !kind.kind().equals("WorkloadEntry"))
        .mapToLong(kind -> cluster.of(kind).size())
        .sum();
  }

  private static List<String> unseen(SceneCluster cluster) {
    return ObservedKinds.sorted().stream()
        .filter(kind -> !cluster.knows(kind))
        .map(GroupKind::toString)
        .toList();
  }
}
