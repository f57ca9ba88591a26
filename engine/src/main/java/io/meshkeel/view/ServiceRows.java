package io.meshkeel.view;

import io.meshkeel.facts.injection.SidecarState;
import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.workload.Pod;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Module {@code services}. */
final class ServiceRows {
  private final Scene scene;
  private final MeshService service;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> workloads = new ArrayList<>();
  private final TreeSet<String> uninjected = new TreeSet<>();
  private long ready;
  private long pods;

  private ServiceRows(Scene scene, MeshService service) {
    this.scene = scene;
    this.service = service;
  }

  static List<ServiceRow> rows(Scene scene) {
    Map<ClusterName, SceneCluster> clusters = byName(scene);
    List<ServiceRow> rows = new ArrayList<>();
    for (MeshService service : scene.services().all()) {
      if (!scene.isSystem(service.key().namespace())) {
        rows.add(new ServiceRows(scene, service).row(clusters));
      }
    }
    return rows;
  }

  /** The row of a service; empty if it is gone, or one of Istio's or Kubernetes' own. */
  static Optional<ServiceRow> row(Scene scene, ServiceKey key) {
    return scene
        .services()
        .get(key)
        .filter(service -> !scene.isSystem(key.namespace()))
        .map(service -> new ServiceRows(scene, service).row(byName(scene)));
  }

  private static Map<ClusterName, SceneCluster> byName(Scene scene) {
    Map<ClusterName, SceneCluster> clusters = new TreeMap<>();
    scene.clusters().forEach(cluster -> clusters.put(cluster.name(), cluster));
    return clusters;
  }

  private ServiceRow row(Map<ClusterName, SceneCluster> clusters) {
    service
        .clusters()
        .forEach((name, here) ->
            Optional.ofNullable(clusters.get(name)).ifPresent(cluster -> look(cluster, here)));
    List<MeshService.PortProtocols> ports = service.portProtocols();
    List<Long> untold =
        ports.stream()
            .filter(port -> port.byCluster().containsValue(Protocol.UNKNOWN))
            .map(MeshService.PortProtocols::number)
            .toList();
    if (!untold.isEmpty()) {
      warnings.add(
          "the protocol of port "
              + String.join(", ", untold.stream().map(Object::toString).toList())
              + " is not declared");
    }
    List<String> abnormal =
        service.differences().stream().map(MeshService.Difference::words).toList();
    return new ServiceRow(
        scene.mesh(),
        service.key().namespace(),
        service.key().name(),
        names(),
        service.host(),
        service.clusters().firstEntry().getValue().type(),
        ports.stream().map(port -> port.number() + "/" + port.first().word()).toList(),
        workloads,
        ready,
        pods,
        !abnormal.isEmpty()
            ? ServiceRow.State.ABNORMAL
            : warnings.isEmpty() ? ServiceRow.State.NORMAL : ServiceRow.State.WARNING,
        abnormal.isEmpty()
            ? String.join("; ", warnings)
            : "clusters differ in " + String.join(", and in ", abnormal),
        abnormal.isEmpty() ? fix(untold) : Map.of());
  }

  private List<String> names() {
    return service.clusters().keySet().stream().map(ClusterName::value).toList();
  }

  private void look(SceneCluster cluster, ClusterService here) {
    if (here.selector().isEmpty() || !cluster.knows(ObservedKinds.POD)) {
      return;
    }
    int found = 0;
    for (Workload workload :
        scene.workloads(cluster).select(service.key().namespace(), here.selector())) {
      found++;
      look(cluster, workload, workload.podsSelectedBy(here.selector()));
    }
    if (found == 0) {
      warnings.add("its selector takes no workload in " + cluster.name());
    }
  }

  private void look(SceneCluster cluster, Workload workload, List<Pod> selected) {
    String what = workload.key().kind() + " " + workload.key().name();
    workloads.add(cluster.name() + "/" + what);
    pods += selected.size();
    ready += selected.stream().filter(Pod::ready).count();
    Optional<SidecarState> state =
        scene.injection(cluster).map(injection -> injection.state(workload));
    state
        .filter(found -> found.state() != SidecarState.State.INJECTED)
        .ifPresent(found -> {
          boolean waits = found.state() == SidecarState.State.PENDING_RESTART;
          warnings.add(
              what
                  + " in "
                  + cluster.name()
                  + (waits ? " must be restarted: " : " is not injected: ")
                  + found.reason());
          if (!waits) {
            uninjected.add(cluster.name().value());
          }
        });
  }

  /** A declaration that takes the first reason away, if one can. */
  private Map<String, Object> fix(List<Long> untold) {
    if (!uninjected.isEmpty()) {
      return Fixes.inject(service.key().namespace(), List.copyOf(uninjected));
    }
    return Fixes.protocol(service.key().namespace(), service.key().name(), names(), untold);
  }
}
