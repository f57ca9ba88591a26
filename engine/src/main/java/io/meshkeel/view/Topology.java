package io.meshkeel.view;

import io.meshkeel.model.TrafficEdge;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Module {@code topology}: the edges of a mesh's workloads. */
final class Topology {
  /** Failed requests, in percent, from which an edge is degraded. */
  static final double DEGRADED = 0.1;

  /** Failed requests, in percent, from which an edge is failing. */
  static final double FAILING = 10;

  private Topology() {}

  static List<TopologyRow> rows(Scene scene) {
    Set<String> own =
        scene.clusters().stream()
            .map(cluster -> cluster.name().value())
            .collect(Collectors.toSet());
    List<TopologyRow> rows = new ArrayList<>();
    for (TrafficEdge edge : scene.edges()) {
      TreeSet<String> clusters =
          Stream.of(edge.source().cluster(), edge.destination().cluster())
              .filter(name -> !name.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new));
      if (clusters.isEmpty() || clusters.stream().anyMatch(own::contains)) {
        rows.add(row(scene, edge, List.copyOf(clusters)));
      }
    }
    return rows;
  }

  private static TopologyRow row(Scene scene, TrafficEdge edge, List<String> clusters) {
    TrafficEdge.Figures figures = edge.figures();
    double errors = figures.requests() <= 0 ? 0 : 100 * figures.errors() / figures.requests();
    return new TopologyRow(
        scene.mesh(),
        clusters,
        edge.destination().namespace(),
        edge.source().toString(),
        edge.destination().toString(),
        edge.service(),
        edge.protocol(),
        figures.requests(),
        errors,
        figures.bytes(),
        figures.p50(),
        figures.p90(),
        figures.p99(),
        figures.mtls().isPresent()
            ? OptionalDouble.of(100 * figures.mtls().getAsDouble())
            : OptionalDouble.empty(),
        errors >= FAILING ? "Failing" : errors >= DEGRADED ? "Degraded" : "Healthy");
  }
}
