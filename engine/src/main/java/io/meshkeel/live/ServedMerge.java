package io.meshkeel.live;

import io.meshkeel.live.TrafficMerge.Sample;
import io.meshkeel.model.Histogram;
import io.meshkeel.model.Traffic.ControlPlane;
import io.meshkeel.model.Traffic.Served;
import io.meshkeel.model.TrafficEdge.End;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes histograms of buckets: of what workloads served, and of what istiods did. Where the
 * destination's proxy told, the callers' view is left out; they are never added. Of one series in
 * several Prometheuses the larger value is taken. For one thread.
 */
final class ServedMerge {
  private static final double MILLIS = 1_000;

  /** What one reporter says, of callers in one cluster. */
  private record Part(String reporter, String sourceCluster) {}

  /** A workload under one of its services. */
  record Target(End destination, String service) {}

  private final Map<Target, Map<Part, TreeMap<Double, Double>>> served = new HashMap<>();
  private final Map<String, Map<String, Double>> planes = new TreeMap<>();
  private final Map<String, TreeMap<Double, Double>> convergences = new HashMap<>();
  private final Map<End, String> canonical = new HashMap<>();

  /**
   * Takes in buckets of what was served.
   *
   * @param cluster the cluster whose proxies were asked about; empty if it isn't known
   */
  void add(List<Sample> samples, String cluster) {
    for (Sample sample : samples) {
      if (!Double.isFinite(sample.value()) || sample.label("le").isEmpty()) {
        continue;
      }
      End end = TrafficMerge.end(sample, "destination", cluster);
      TrafficMerge.canonical(sample, "destination", end, canonical);
      served
          .computeIfAbsent(
              new Target(end, sample.label("destination_service")), t -> new HashMap<>())
          .computeIfAbsent(
              new Part(
                  sample.label("reporter"),
                  TrafficMerge.cluster(sample.label("source_cluster"), cluster)),
              p -> new TreeMap<>())
          .merge(bound(sample), sample.value(), Math::max);
    }
  }

  /** Takes in what istiods did. */
  void addControlPlanes(List<Sample> samples, String cluster) {
    for (Sample sample : samples) {
      if (!Double.isFinite(sample.value())) {
        continue;
      }
      String figure = sample.label("figure");
      Map<String, Double> figures = planes.computeIfAbsent(cluster, c -> new HashMap<>());
      if (figure.equals("convergence")) {
        convergences
            .computeIfAbsent(cluster, c -> new TreeMap<>())
            .merge(MILLIS * bound(sample), sample.value(), Math::max);
      } else {
        figures.merge(figure, sample.value(), Math::max);
      }
    }
  }

  /** Whether a destination's proxy told of this workload. */
  boolean told(End destination, String service) {
    return served.getOrDefault(new Target(destination, service), Map.of()).keySet().stream()
        .anyMatch(part -> part.reporter().equals("destination"));
  }

  List<Served> served() {
    List<Served> all = new ArrayList<>();
    served.forEach((target, parts) -> {
      boolean told = told(target.destination(), target.service());
      List<Histogram> counted = new ArrayList<>();
      parts.forEach((part, buckets) -> {
        if (part.reporter().equals(told ? "destination" : "source")) {
          counted.add(new Histogram(buckets));
        }
      });
      Histogram latency = Histogram.sum(counted);
      if (latency.buckets().values().stream().anyMatch(value -> value > 0)) {
        all.add(
            new Served(
                TrafficMerge.with(target.destination(), canonical), target.service(), latency));
      }
    });
    return all;
  }

  List<ControlPlane> controlPlanes() {
    List<ControlPlane> all = new ArrayList<>();
    planes.forEach((cluster, figures) ->
        all.add(
            new ControlPlane(
                cluster,
                figures.getOrDefault("pushes", 0.0),
                figures.getOrDefault("errors", 0.0),
                figures.getOrDefault("rejects", 0.0),
                figures.getOrDefault("proxies", 0.0),
                new Histogram(convergences.getOrDefault(cluster, new TreeMap<>())))));
    return all;
  }

  private static double bound(Sample sample) {
    String bound = sample.label("le");
    try {
      return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    } catch (NumberFormatException e) {
      return Double.POSITIVE_INFINITY; // No bound is a bound that holds all.
    }
  }
}
