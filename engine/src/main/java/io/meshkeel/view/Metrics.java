package io.meshkeel.view;

import io.meshkeel.model.Histogram;
import io.meshkeel.model.Traffic;
import io.meshkeel.model.TrafficEdge;
import io.meshkeel.model.TrafficEdge.End;
import io.meshkeel.view.MetricsRow.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Module {@code metrics}: what is sent to services and workloads and how they answer. Volume and
 * success are sums over the edges of {@link Topology}; latency is what the serving side's proxies
 * measured, and the callers' where it has none.
 */
final class Metrics {
  private final Scene scene;
  private final Optional<GrafanaLinks> grafana;
  private final List<TrafficEdge> edges;
  private final List<Traffic.Served> served;

  private Metrics(Scene scene, Traffic traffic) {
    this.scene = scene;
    this.grafana = scene.spec().observability().grafana().map(GrafanaLinks::new);
    this.edges = Topology.edges(scene);
    this.served =
        traffic.served().stream()
            .filter(one -> scene.ownsCluster(one.destination().cluster()))
            .toList();
  }

  static List<MetricsRow> rows(Scene scene) {
    return scene
        .traffic()
        .map(traffic -> new Metrics(scene, traffic).all(traffic))
        .orElse(List.of());
  }

  private List<MetricsRow> all(Traffic traffic) {
    List<MetricsRow> rows = new ArrayList<>();
    rows.add(
        row(
            Scope.MESH,
            scene.mesh().isEmpty() ? "mesh" : scene.mesh(),
            "",
            new TreeSet<>(scene.clusters().stream().map(one -> one.name().value()).toList()),
            new Sums(edges, List.of(), served),
            grafana.map(GrafanaLinks::mesh)));
    rows.addAll(services());
    rows.addAll(workloads());
    traffic.controlPlanes().stream()
        .filter(plane -> scene.ownsCluster(plane.cluster()))
        .forEach(plane -> rows.add(row(plane)));
    return rows;
  }

  /** What is added up for one row. */
  private record Sums(
      List<TrafficEdge> received, List<TrafficEdge> sent, List<Traffic.Served> served) {
    Sums() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    double requests() {
      return received.stream().mapToDouble(edge -> edge.figures().requests()).sum();
    }

    OptionalDouble success() {
      double errors = received.stream().mapToDouble(edge -> edge.figures().errors()).sum();
      double all = requests();
      return all <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * (1 - errors / all));
    }

    double bytes() {
      return received.stream().mapToDouble(edge -> edge.figures().bytes()).sum();
    }

    double calls() {
      return sent.stream().mapToDouble(edge -> edge.figures().requests()).sum();
    }
  }

  private List<MetricsRow> services() {
    Map<String, Sums> services = new TreeMap<>();
    edges.stream()
        .filter(edge -> !edge.service().isEmpty())
        .forEach(edge -> at(services, edge.service()).received().add(edge));
    served.stream()
        .filter(one -> services.containsKey(one.service()))
        .forEach(one -> at(services, one.service()).served().add(one));
    List<MetricsRow> rows = new ArrayList<>();
    services.forEach((host, sums) ->
        rows.add(
            row(
                Scope.SERVICE,
                host,
                Topology.namespace(host, scene.spec().clusterDomain()),
                clusters(sums.received(), TrafficEdge::destination),
                sums,
                grafana.map(links -> links.service(host)))));
    return rows;
  }

  private List<MetricsRow> workloads() {
    Map<End, Sums> workloads = new TreeMap<>();
    for (TrafficEdge edge : edges) {
      if (!Topology.isUnknown(edge.destination())) {
        at(workloads, edge.destination()).received().add(edge);
      }
      if (!Topology.isUnknown(edge.source())) {
        at(workloads, edge.source()).sent().add(edge);
      }
    }
    served.stream()
        .filter(one -> workloads.containsKey(one.destination()))
        .forEach(one -> at(workloads, one.destination()).served().add(one));
    List<MetricsRow> rows = new ArrayList<>();
    workloads.forEach((end, sums) -> {
      TreeSet<String> clusters = new TreeSet<>();
      if (!end.cluster().isEmpty()) {
        clusters.add(end.cluster());
      }
      rows.add(
          row(
              Scope.WORKLOAD,
              end.toString(),
              end.namespace(),
              clusters,
              sums,
              grafana.map(links -> links.workload(end.namespace(), end.workload()))));
    });
    return rows;
  }

  private static <K> Sums at(Map<K, Sums> sums, K key) {
    return sums.computeIfAbsent(key, k -> new Sums());
  }

  private static TreeSet<String> clusters(
      Collection<TrafficEdge> edges, Function<TrafficEdge, End> side) {
    TreeSet<String> clusters = new TreeSet<>();
    edges.forEach(edge -> clusters.add(side.apply(edge).cluster()));
    clusters.remove("");
    return clusters;
  }

  private MetricsRow row(
      Scope scope,
      String name,
      String namespace,
      TreeSet<String> clusters,
      Sums sums,
      Optional<String> dashboard) {
    Histogram latency = Histogram.sum(sums.served().stream().map(Traffic.Served::latency).toList());
    return new MetricsRow(
        scene.mesh(),
        List.copyOf(clusters),
        namespace,
        scope,
        name,
        OptionalDouble.of(sums.requests()),
        sums.success(),
        latency.quantile(0.5),
        latency.quantile(0.9),
        latency.quantile(0.99),
        OptionalDouble.of(sums.bytes()),
        scope == Scope.WORKLOAD ? OptionalDouble.of(sums.calls()) : OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        dashboard);
  }

  private MetricsRow row(Traffic.ControlPlane plane) {
    return new MetricsRow(
        scene.mesh(),
        plane.cluster().isEmpty() ? List.of() : List.of(plane.cluster()),
        scene.spec().rootNamespace(),
        Scope.CONTROL_PLANE,
        plane.cluster().isEmpty() ? "istiod" : plane.cluster(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        plane.convergence().quantile(0.5),
        plane.convergence().quantile(0.9),
        plane.convergence().quantile(0.99),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(plane.pushes()),
        OptionalDouble.of(plane.errors()),
        OptionalDouble.of(plane.rejects()),
        OptionalDouble.of(plane.proxies()),
        grafana.map(GrafanaLinks::controlPlane));
  }
}
