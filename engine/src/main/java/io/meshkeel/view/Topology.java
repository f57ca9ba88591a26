package io.meshkeel.view;

import io.meshkeel.model.TrafficEdge;
import io.meshkeel.model.TrafficEdge.End;
import io.meshkeel.model.TrafficEdge.Figures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Module {@code topology}: the edges of a mesh, between its workloads or its services. */
final class Topology {
  /** Failed requests, in percent, from which an edge is degraded. */
  static final double DEGRADED = 0.1;

  /** Failed requests, in percent, from which an edge is failing. */
  static final double FAILING = 10;

  private static final String UNKNOWN = "unknown";

  private Topology() {}

  /** Between workloads. */
  static List<TopologyRow> rows(Scene scene) {
    return edges(scene).stream()
        .map(edge ->
            row(
                scene,
                edge.destination().namespace(),
                edge.source().toString(),
                edge.destination().toString(),
                edge.protocol(),
                List.of(edge)))
        .toList();
  }

  /** Which services call which. */
  private record Pair(String source, String destination, String protocol, String namespace)
      implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int first = source.compareTo(other.source);
      int second = first != 0 ? first : destination.compareTo(other.destination);
      return second != 0 ? second : protocol.compareTo(other.protocol);
    }
  }

  /**
   * Between services, each the same in all clusters: a workload counts as its canonical service,
   * and what has no proxy as the host that was called.
   */
  static List<TopologyRow> services(Scene scene) {
    String domain = scene.spec().clusterDomain();
    Map<Pair, List<TrafficEdge>> pairs = new TreeMap<>();
    for (TrafficEdge edge : edges(scene)) {
      String host = edge.service();
      Pair pair =
          new Pair(
              service(edge.source(), "", domain),
              service(edge.destination(), host, domain),
              edge.protocol(),
              edge.destination().namespace().isEmpty()
                  ? namespace(host, domain)
                  : edge.destination().namespace());
      pairs.computeIfAbsent(pair, p -> new ArrayList<>()).add(edge);
    }
    List<TopologyRow> rows = new ArrayList<>();
    pairs.forEach((pair, edges) ->
        rows.add(
            row(
                scene,
                pair.namespace(),
                pair.source(),
                pair.destination(),
                pair.protocol(),
                edges)));
    return rows;
  }

  /** The edges that begin or end in the mesh, or nobody knows where. */
  static List<TrafficEdge> edges(Scene scene) {
    return scene.edges().stream()
        .filter(edge -> {
          String source = edge.source().cluster();
          String destination = edge.destination().cluster();
          return source.isEmpty() && destination.isEmpty()
              || !source.isEmpty() && scene.ownsCluster(source)
              || !destination.isEmpty() && scene.ownsCluster(destination);
        })
        .toList();
  }

  static boolean isUnknown(End end) {
    return end.workload().equals(UNKNOWN);
  }

  /** The namespace that a host of Kubernetes says; empty for other hosts. */
  static String namespace(String host, String domain) {
    String suffix = ".svc." + domain;
    int dot = host.indexOf('.');
    return host.endsWith(suffix) && dot < host.length() - suffix.length()
        ? host.substring(dot + 1, host.length() - suffix.length())
        : "";
  }

  private static String service(End end, String host, String domain) {
    if (!isUnknown(end) && !end.canonical().isEmpty()) {
      return (end.namespace().isEmpty() ? "" : end.namespace() + "/") + end.canonical();
    }
    if (!host.isEmpty()) {
      String namespace = namespace(host, domain);
      return namespace.isEmpty() ? host : namespace + "/" + host.substring(0, host.indexOf('.'));
    }
    return isUnknown(end) ? UNKNOWN : new End("", end.namespace(), end.workload()).toString();
  }

  private static TopologyRow row(
      Scene scene,
      String namespace,
      String source,
      String destination,
      String protocol,
      List<TrafficEdge> edges) {
    TreeSet<String> clusters = new TreeSet<>();
    TreeSet<String> hosts = new TreeSet<>();
    double requests = 0;
    double failed = 0;
    double bytes = 0;
    for (TrafficEdge edge : edges) {
      clusters.add(edge.source().cluster());
      clusters.add(edge.destination().cluster());
      hosts.add(edge.service());
      requests += edge.figures().requests();
      failed += edge.figures().errors();
      bytes += edge.figures().bytes();
    }
    clusters.remove("");
    hosts.remove("");
    // Rounded first, so that what is shown decides: sums of rates are off by their last digits.
    double errors = requests <= 0 ? 0 : TopologyRow.rounded(100 * failed / requests);
    return new TopologyRow(
        scene.mesh(),
        List.copyOf(clusters),
        namespace,
        source,
        destination,
        String.join(",", hosts),
        protocol,
        requests,
        errors,
        bytes,
        largest(edges, Figures::p50),
        largest(edges, Figures::p90),
        largest(edges, Figures::p99),
        mtls(edges),
        errors >= FAILING ? "Failing" : errors >= DEGRADED ? "Degraded" : "Healthy");
  }

  /** No quantile of several edges together is above the largest of them. */
  private static OptionalDouble largest(
      Collection<TrafficEdge> edges, Function<Figures, OptionalDouble> quantile) {
    return edges.stream()
        .map(edge -> quantile.apply(edge.figures()))
        .flatMapToDouble(OptionalDouble::stream)
        .max();
  }

  private static OptionalDouble mtls(Collection<TrafficEdge> edges) {
    double secured = 0;
    double all = 0;
    for (TrafficEdge edge : edges) {
      Figures figures = edge.figures();
      if (figures.mtls().isPresent()) {
        double weight = figures.requests() > 0 ? figures.requests() : figures.bytes();
        secured += weight * figures.mtls().getAsDouble();
        all += weight;
      }
    }
    return all <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * secured / all);
  }
}
