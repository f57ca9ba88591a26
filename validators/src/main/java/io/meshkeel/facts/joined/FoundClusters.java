package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.gateway.NetworkGateways;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What holds the clusters of a mesh together: ways between networks ({@code
 * pilot/pkg/serviceregistry/kube/controller/network.go} of istio/istio, release 1.31), remote
 * secrets ({@code pkg/kube/multicluster/secretcontroller.go}: the key of a secret's data is the
 * cluster's name), the name in the path of injection, and the roots of trust. Told of a
 * MeshCluster: {@code noWay} {@code {path, network}} and {@code misfits} {@code {path, what}}.
 */
final class FoundClusters {
  static final Pattern INJECT_PATH = Pattern.compile("/inject/cluster/([^/]+)");

  /** What the chart writes where nobody said a name; istiod's environment may say another. */
  private static final String DEFAULT_NAME = "Kubernetes";

  private static final GroupKind GATEWAY = new GroupKind("gateway.networking.k8s.io", "Gateway");

  private final JoinedMesh mesh;
  private final Function<Subject, Slice> slices;
  private final Map<ClusterName, List<Object>> misfits = new HashMap<>();

  /**
   * @param slices where facts are told
   */
  FoundClusters(JoinedMesh mesh, Function<Subject, Slice> slices) {
    this.mesh = mesh;
    this.slices = slices;
  }

  void tell() {
    ways();
    if (mesh.clusters().size() > 1) {
      new RemoteSecrets(mesh, slices, this::add).tell();
      mesh.clusters().forEach(this::injectionPath);
      new SigningRoots(mesh, this::add).tell();
    }
    for (MeshCluster cluster : mesh.clusters()) {
      List<Object> told = misfits.getOrDefault(cluster.name(), List.of());
      if (!told.isEmpty()) {
        slices.apply(Subject.of(cluster)).put("misfits", List.copyOf(told));
      }
    }
  }

  private void add(ClusterName cluster, List<Object> path, String what) {
    misfits
        .computeIfAbsent(cluster, c -> new ArrayList<>())
        .add(Map.of("path", path, "what", what));
  }

  private void ways() {
    Map<ClusterName, String> networks = mesh.networks();
    if (new TreeSet<>(networks.values()).size() < 2) {
      return;
    }
    Map<String, List<NetworkGateways.Way>> ways = NetworkGateways.of(mesh.state().services());
    Set<String> declared = MeshConfig.of(mesh).networksWithGateways();
    for (MeshCluster cluster : mesh.clusters()) {
      String network = networks.get(cluster.name());
      if (network == null || declared.contains(network)) {
        continue;
      }
      Optional<String> unknown = unknownServices(network);
      if (unknown.isPresent()) {
        slices.apply(Subject.of(cluster)).unjudged("M1002", unknown.get());
      } else if (ways.getOrDefault(network, List.of()).stream().noneMatch(this::leadsIn)
          && !hasGateway(network)) {
        slices
            .apply(Subject.of(cluster))
            .put("noWay", List.of(Map.of("path", List.of("spec", "network"), "network", network)));
      }
    }
  }

  private Optional<String> unknownServices(String network) {
    return mesh.networks().entrySet().stream()
        .filter(entry -> entry.getValue().equals(network))
        .flatMap(entry -> mesh.unknown(entry.getKey(), ObservedKinds.SERVICE).stream())
        .findFirst();
  }

  /** An address may come later; a port doesn't. */
  private boolean leadsIn(NetworkGateways.Way way) {
    return mesh.state()
        .services()
        .get(way.service())
        .map(service -> service.clusters().get(way.cluster()))
        .map(held ->
            held.ports().stream().anyMatch(port -> port.number() == way.port())
                && (way.usable()
                    || Set.of("LoadBalancer", "NodePort").contains(held.type())
                    || isTypeLeftOut(way)))
        .orElse(false);
  }

  /** By hand one may leave out the type; what Kubernetes holds has one. */
  private boolean isTypeLeftOut(NetworkGateways.Way way) {
    ResourceKey key =
        new ResourceKey("", "Service", way.service().namespace(), way.service().name());
    return !mesh.complete()
        && mesh.expected()
            .of(way.cluster())
            .flatMap(held -> held.get(key))
            .filter(service -> !service.spec().containsKey("type"))
            .isPresent();
  }

  /** {@code handleGatewayResource}: a Gateway of the Gateway API with the label is a way too. */
  private boolean hasGateway(String network) {
    return mesh.expected().all().stream()
        .flatMap(held -> held.of(GATEWAY).stream())
        .anyMatch(gateway -> network.equals(Overlay.labels(gateway).get(NetworkGateways.NETWORK)));
  }

  private void injectionPath(MeshCluster cluster) {
    Optional<Held> held = mesh.found().of(cluster.name());
    if (held.isEmpty()) {
      return;
    }
    TreeSet<String> names = new TreeSet<>();
    for (Manifest webhook : held.get().of(ObservedKinds.MUTATING_WEBHOOK)) {
      for (Map<String, Object> one : JsonTree.maps(webhook.content(), "webhooks")) {
        if (JsonTree.string(one, "name", "").endsWith("istio.io")) {
          Map<String, Object> client = JsonTree.map(one, "clientConfig");
          String path =
              JsonTree.string(
                  client, "url", JsonTree.string(JsonTree.map(client, "service"), "path", ""));
          Matcher matcher = INJECT_PATH.matcher(path);
          if (matcher.find()) {
            names.add(matcher.group(1));
          }
        }
      }
    }
    clusterName(held.get()).ifPresent(names::add);
    names.addAll(Istiods.clusterNames(mesh, held.get()));
    names.remove(DEFAULT_NAME);
    names.remove(cluster.name().value());
    if (!names.isEmpty()) {
      add(
          cluster.name(),
          List.of("metadata", "name"),
          "the injection of its pods calls it " + String.join(", ", names));
    }
  }

  /** {@code global.multiCluster.clusterName} of the injector, where one runs in the cluster. */
  private Optional<String> clusterName(Held held) {
    String revision = mesh.spec().revision();
    String name =
        revision.equals("default")
            ? "istio-sidecar-injector"
            : "istio-sidecar-injector-" + revision;
    return held.get(new ResourceKey("", "ConfigMap", mesh.spec().rootNamespace(), name))
        .map(map -> JsonTree.string(JsonTree.map(map.content(), "data"), "values", ""))
        .map(MeshConfig::yaml)
        .map(values -> JsonTree.map(JsonTree.map(values, "global"), "multiCluster"))
        .map(values -> JsonTree.string(values, "clusterName", ""))
        .filter(found -> !found.isEmpty());
  }
}
