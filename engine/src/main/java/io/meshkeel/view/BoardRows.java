package io.meshkeel.view;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.state.Touched;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.WorkloadSidecar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of each module by the part of the mesh that they are about. What a change touches is
 * only noted; {@link #now} makes those parts anew. Not thread-safe.
 */
final class BoardRows {
  private static final Set<GroupKind> INJECTION =
      Set.of(ObservedKinds.NAMESPACE, ObservedKinds.MUTATING_WEBHOOK, ObservedKinds.CONFIG_MAP);
  private static final Set<GroupKind> OF_GATEWAYS =
      Set.of(
          Gateways.ISTIO,
          Gateways.GATEWAY_API,
          ObservedKinds.AUTOSCALER,
          ObservedKinds.DISRUPTION_BUDGET);
  private static final String POLICIES = "security.istio.io";

  /** A namespace of a cluster. */
  private record Place(String cluster, String namespace) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int first = cluster.compareTo(other.cluster);
      return first != 0 ? first : namespace.compareTo(other.namespace);
    }
  }

  /** An object of a cluster, in the order of {@code config}. */
  private record Thing(String cluster, ResourceKey key) implements Comparable<Thing> {
    @Override
    public int compareTo(Thing other) {
      int order = cluster.compareTo(other.cluster);
      order = order != 0 ? order : key.namespace().compareTo(other.key.namespace());
      order = order != 0 ? order : Configuration.kind(key).compareTo(Configuration.kind(other.key));
      order = order != 0 ? order : key.name().compareTo(other.key.name());
      return order != 0 ? order : key.compareTo(other.key);
    }
  }

  private Scene scene;
  private Configuration configuration;
  private final Parts<ServiceKey, ServiceRow> services = new Parts<>();
  private final Parts<String, TrafficRow> traffic = new Parts<>();
  private final Parts<WorkloadKey, SecurityRow> security = new Parts<>();
  private final Parts<Place, SidecarRow> sidecars = new Parts<>();
  private final Parts<WorkloadKey, GatewayRow> gateways = new Parts<>();
  private final Parts<Thing, ConfigRow> config = new Parts<>();
  private Map<List<ConfigRow>, Overview.Tally> tallies = Map.of();
  private boolean allGateways;

  /** All rows of a scene. */
  BoardRows(Scene scene, Map<ClusterName, DesiredState> states) {
    this.scene = scene;
    this.configuration = Configuration.of(scene, states);
    scene.services().all().forEach(service -> services.touch(service.key()));
    for (SceneCluster cluster : scene.clusters()) {
      cluster(cluster);
      configuration.keys(cluster).forEach(key -> config.touch(thing(cluster, key)));
      if (cluster.controlPlane()) {
        scene.hosts(cluster).hosts().forEach(traffic::touch);
      }
    }
  }

  private static Set<WorkloadSidecar> sidecars(Scene scene) {
    return scene.declared().stream()
        .flatMap(mesh -> mesh.own().stream())
        .filter(WorkloadSidecar.class::isInstance)
        .map(WorkloadSidecar.class::cast)
        .collect(Collectors.toSet());
  }

  private static Thing thing(SceneCluster cluster, ResourceKey key) {
    return new Thing(cluster.name().value(), key);
  }

  private static Place place(SceneCluster cluster, String namespace) {
    return new Place(cluster.name().value(), namespace);
  }

  private void cluster(SceneCluster cluster) {
    for (Workload workload : scene.workloads(cluster).all()) {
      workload(workload.key());
    }
    cluster
        .of(ObservedKinds.NAMESPACE)
        .forEach(namespace -> sidecars.touch(place(cluster, namespace.key().name())));
  }

  private void workload(WorkloadKey key) {
    security.touch(key);
    gateways.touch(key);
    sidecars.touch(new Place(key.cluster().value(), key.namespace()));
  }

  /**
   * Another revision of the same clusters.
   *
   * @param changed what is declared or judged otherwise, by cluster
   * @param governs whether other namespaces hold declared objects now
   */
  void redeclare(
      Scene next,
      Map<ClusterName, DesiredState> states,
      Map<ClusterName, Set<ResourceKey>> changed,
      boolean governs) {
    Set<WorkloadSidecar> declared = sidecars(scene);
    Set<WorkloadSidecar> others = sidecars(next);
    for (SceneCluster cluster : next.clusters()) {
      Stream.concat(
              declared.stream().filter(one -> !others.contains(one)),
              others.stream().filter(one -> !declared.contains(one)))
          .forEach(one -> sidecars.touch(place(cluster, one.workload().namespace())));
    }
    scene = next;
    configuration = Configuration.of(next, states);
    for (SceneCluster cluster : scene.clusters()) {
      Set<ResourceKey> keys = changed.getOrDefault(cluster.name(), Set.of());
      keys.forEach(key -> config.touch(thing(cluster, key)));
      if (governs) {
        configuration.keys(cluster).forEach(key -> config.touch(thing(cluster, key)));
      }
      if (cluster.controlPlane()) {
        HostObjects hosts = scene.hosts(cluster);
        keys.forEach(key -> hosts.of(key).forEach(traffic::touch));
      }
    }
  }

  /**
   * An object may be another one now.
   *
   * @param touched what follows from it
   * @param hosts that it speaks of
   */
  void touched(SceneCluster cluster, ResourceKey key, Touched touched, Set<String> hosts) {
    GroupKind kind = key.groupKind();
    config.touch(thing(cluster, key));
    hosts.forEach(traffic::touch);
    if (kind.group().equals(POLICIES)) {
      scene.state().workloads(touched).forEach(security::touch);
      return;
    }
    allGateways |= OF_GATEWAYS.contains(kind);
    if (INJECTION.contains(kind)) {
      injection(cluster, key, touched);
      return;
    }
    touched.services().forEach(services::touch);
    touched.workloads().forEach(this::workload);
  }

  /** Injection decides the state of sidecars, and so what is said of services. */
  private void injection(SceneCluster cluster, ResourceKey key, Touched touched) {
    if (key.groupKind().equals(ObservedKinds.NAMESPACE)) {
      sidecars.touch(place(cluster, key.name()));
    }
    for (WorkloadKey workload : scene.state().workloads(touched)) {
      sidecars.touch(new Place(workload.cluster().value(), workload.namespace()));
      scene.state().services(workload).forEach(services::touch);
    }
    for (ClusterName name : touched.clusters()) {
      sidecars.touchAll(place -> place.cluster().equals(name.value()));
    }
  }

  /** The rows of all modules that are kept, by module. */
  Map<String, List<? extends Row>> now() {
    services.refresh(key -> ServiceRows.row(scene, key).map(List::of).orElse(List.of()));
    traffic.refresh(host -> Traffic.rows(scene, host));
    Map<ClusterName, SceneCluster> clusters = new HashMap<>();
    scene.clusters().forEach(cluster -> clusters.put(cluster.name(), cluster));
    refreshSecurity(clusters);
    sidecars.refresh(place ->
        Optional.ofNullable(clusters.get(new ClusterName(place.cluster())))
            .map(cluster -> Sidecars.rows(scene, cluster, place.namespace()))
            .orElse(List.of()));
    refreshGateways(clusters);
    config.refresh(thing ->
        Optional.ofNullable(clusters.get(new ClusterName(thing.cluster())))
            .flatMap(cluster -> configuration.row(cluster, thing.key()))
            .map(List::of)
            .orElse(List.of()));
    Map<String, List<? extends Row>> all = new TreeMap<>();
    all.put("services", services.rows());
    all.put("traffic", traffic.rows());
    all.put("security", security.rows());
    all.put("sidecars", sidecars.rows());
    all.put("gateways", gateways.rows());
    all.put("config", config.rows());
    all.put("clusters", Clusters.rows(scene));
    all.put("overview", Overview.rows(scene, tally()));
    return all;
  }

  /** Only blocks of rows that changed are counted anew. */
  private Overview.Tally tally() {
    Map<List<ConfigRow>, Overview.Tally> counted = new IdentityHashMap<>();
    for (List<ConfigRow> block : config.rows().blocks()) {
      Overview.Tally known = tallies.get(block);
      counted.put(block, known == null ? Overview.Tally.of(block) : known);
    }
    tallies = counted;
    return Overview.Tally.sum(counted.values());
  }

  private void refreshSecurity(Map<ClusterName, SceneCluster> clusters) {
    Map<ClusterName, Set<WorkloadKey>> byCluster = new HashMap<>();
    for (WorkloadKey key : security.open()) {
      byCluster.computeIfAbsent(key.cluster(), c -> new HashSet<>()).add(key);
    }
    Map<WorkloadKey, List<SecurityRow>> fresh = new HashMap<>();
    byCluster.forEach((name, keys) ->
        fresh.putAll(Security.rows(scene, Objects.requireNonNull(clusters.get(name)), keys)));
    security.refresh(key -> fresh.getOrDefault(key, List.of()));
  }

  private void refreshGateways(Map<ClusterName, SceneCluster> clusters) {
    if (allGateways) {
      gateways.touchAll(key -> true);
      allGateways = false;
    }
    Map<ClusterName, List<Manifest>> objects = new HashMap<>();
    gateways.refresh(key -> {
      SceneCluster cluster = Objects.requireNonNull(clusters.get(key.cluster()));
      List<Manifest> counting =
          objects.computeIfAbsent(key.cluster(), name -> Gateways.gateways(scene, cluster));
      return Gateways.row(scene, cluster, key, counting)
          .<List<GatewayRow>>map(List::of)
          .orElseGet(ArrayList::new);
    });
  }
}
