package io.meshkeel.live;

import io.meshkeel.model.TrafficEdge;
import io.meshkeel.model.TrafficEdge.End;
import io.meshkeel.model.TrafficEdge.Figures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Makes edges of samples of Istio's standard metrics (istio.io, "Istio Standard Metrics"). A call
 * between two proxies is reported by both: of the two the source's figures are taken, since it also
 * sees what never arrived, and the destination's share of mutual TLS, since only it knows. They are
 * never added. Of one series in several Prometheuses the larger value is taken. For one thread.
 */
final class TrafficMerge {
  private static final String UNKNOWN = "unknown";

  /** What a sample tells. */
  enum Figure {
    REQUESTS(true, 0),
    ERRORS(true, 0),
    BYTES(true, 0),
    P50(false, 0.5),
    P90(false, 0.9),
    P99(false, 0.99);

    /** Whether the values of several series of one edge add up. */
    private final boolean summed;

    private final double share;

    Figure(boolean summed, double share) {
      this.summed = summed;
      this.share = share;
    }

    /** Of a quantile, from 0 to 1. */
    double share() {
      return share;
    }
  }

  /**
   * A sample.
   *
   * @param labels of the series
   * @param value its value
   * @param time of the value, in seconds since 1970
   */
  record Sample(Map<String, String> labels, double value, double time) {
    String label(String name) {
      String value = labels.getOrDefault(name, "");
      return value.equals(UNKNOWN) ? "" : value;
    }
  }

  private record Key(End source, End destination, String service, String protocol) {}

  /** What one reporter says of one edge. */
  private static final class Side {
    private final Map<Figure, Double> values = new HashMap<>();

    /** Requests or bytes by {@code connection_security_policy}. */
    private final Map<String, Double> policies = new HashMap<>();

    double value(Figure figure) {
      return values.getOrDefault(figure, 0.0);
    }

    OptionalDouble optional(Figure figure) {
      Double value = values.get(figure);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  private final Map<Key, Map<String, Side>> edges = new HashMap<>();

  /** Canonical services, apart from what tells ends apart: not every reporter knows them. */
  private final Map<End, String> canonical = new HashMap<>();

  /**
   * Takes in the samples of one query.
   *
   * @param cluster the cluster whose proxies were asked about, for ends that don't say theirs;
   *     empty if it isn't known
   */
  void add(Figure figure, List<Sample> samples, String cluster) {
    Map<Key, Map<String, Map<String, Double>>> sums = new HashMap<>();
    for (Sample sample : samples) {
      String reporter = sample.label("reporter");
      if (Double.isNaN(sample.value())
          || Double.isInfinite(sample.value())
          || !(reporter.equals("source") || reporter.equals("destination"))) {
        continue;
      }
      sums.computeIfAbsent(key(sample, figure, cluster), k -> new HashMap<>())
          .computeIfAbsent(reporter, r -> new HashMap<>())
          .merge(
              sample.label("connection_security_policy"),
              sample.value(),
              figure.summed ? Double::sum : Math::max);
    }
    sums.forEach((key, reporters) ->
        reporters.forEach((reporter, policies) -> {
          Side side =
              edges
                  .computeIfAbsent(key, k -> new HashMap<>())
                  .computeIfAbsent(reporter, r -> new Side());
          double all =
              policies.values().stream().reduce(0.0, figure.summed ? Double::sum : Math::max);
          side.values.merge(figure, all, Math::max);
          if (figure == Figure.REQUESTS || figure == Figure.BYTES) {
            policies.forEach((policy, value) -> side.policies.merge(policy, value, Math::max));
          }
        }));
  }

  private Key key(Sample sample, Figure figure, String cluster) {
    String protocol = sample.label("request_protocol");
    End source = end(sample, "source", cluster);
    End destination = end(sample, "destination", cluster);
    canonical(sample, "source", source, canonical);
    canonical(sample, "destination", destination, canonical);
    return new Key(
        source,
        destination,
        sample.label("destination_service"),
        figure == Figure.BYTES || protocol.isEmpty() ? "tcp" : protocol);
  }

  /** One end, without its canonical service. */
  static End end(Sample sample, String side, String cluster) {
    String workload = sample.label(side + "_workload");
    return new End(
        workload.isEmpty() ? "" : cluster(sample.label(side + "_cluster"), cluster),
        sample.label(side + "_workload_namespace"),
        workload.isEmpty() ? UNKNOWN : workload);
  }

  /** {@code Kubernetes} is what istiod calls a cluster that nobody named. */
  static String cluster(String named, String asked) {
    return named.isEmpty() || named.equals("Kubernetes") ? asked : named;
  }

  /** Remembers the canonical service of an end, if the sample tells it. */
  static void canonical(Sample sample, String side, End end, Map<End, String> known) {
    String service = sample.label(side + "_canonical_service");
    if (!service.isEmpty() && !end.workload().equals(UNKNOWN)) {
      known.put(end, service);
    }
  }

  /** The end with its canonical service, if that is known. */
  static End with(End end, Map<End, String> known) {
    return new End(end.cluster(), end.namespace(), end.workload(), known.getOrDefault(end, ""));
  }

  /** Whether a caller that has a proxy left it to the other side to tell its requests. */
  boolean callersMissing() {
    return edges.entrySet().stream()
        .anyMatch(edge ->
            !edge.getKey().source().workload().equals(UNKNOWN)
                && !edge.getValue().containsKey("source")
                && requests(edge.getValue().get("destination")));
  }

  /** Whether requests reached a workload that has a proxy, and it didn't tell. */
  boolean serversMissing(ServedMerge served) {
    return edges.entrySet().stream()
        .anyMatch(edge ->
            !edge.getKey().destination().workload().equals(UNKNOWN)
                && requests(edge.getValue().get("source"))
                && !served.told(edge.getKey().destination(), edge.getKey().service()));
  }

  private static boolean requests(@Nullable Side side) {
    return side != null && side.value(Figure.REQUESTS) > 0;
  }

  /** The edges that had any traffic. */
  List<TrafficEdge> edges() {
    List<TrafficEdge> merged = new ArrayList<>();
    edges.forEach((key, reporters) -> {
      Side source = reporters.get("source");
      Side destination = reporters.get("destination");
      Side side = source == null ? destination : source;
      if (side != null && (side.value(Figure.REQUESTS) > 0 || side.value(Figure.BYTES) > 0)) {
        merged.add(
            new TrafficEdge(
                with(key.source(), canonical),
                with(key.destination(), canonical),
                key.service(),
                key.protocol(),
                new Figures(
                    side.value(Figure.REQUESTS),
                    side.value(Figure.ERRORS),
                    side.value(Figure.BYTES),
                    side.optional(Figure.P50),
                    side.optional(Figure.P90),
                    side.optional(Figure.P99),
                    destination == null ? OptionalDouble.empty() : mtls(destination))));
      }
    });
    merged.sort(TrafficEdge.ORDER);
    return merged;
  }

  private static OptionalDouble mtls(Side destination) {
    double all = destination.policies.values().stream().mapToDouble(Double::doubleValue).sum();
    return all <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(destination.policies.getOrDefault("mutual_tls", 0.0) / all);
  }
}
