package io.meshkeel.live;

import io.meshkeel.model.TrafficEdge;
import io.meshkeel.model.TrafficEdge.End;
import io.meshkeel.model.TrafficEdge.Figures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Makes edges of samples of Istio's standard metrics (istio.io, "Istio Standard Metrics"). A call
 * between two proxies is reported by both: of the two the source's figures are taken, since it also
 * sees what never arrived, and the destination's share of mutual TLS, since only it knows. They are
 * never added. Of one series in several Prometheuses the larger value is taken. For one thread.
 */
final class TrafficMerge {
  /** What a sample tells. */
  enum Figure {
    REQUESTS(true),
    ERRORS(true),
    BYTES(true),
    P50(false),
    P90(false),
    P99(false);

    /** Whether the values of several series of one edge add up. */
    private final boolean summed;

    Figure(boolean summed) {
      this.summed = summed;
    }
  }

  /**
   * A sample.
   *
   * @param labels of the series
   * @param value its value
   */
  record Sample(Map<String, String> labels, double value) {
    String label(String name) {
      String value = labels.getOrDefault(name, "");
      return value.equals("unknown") ? "" : value;
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

  private static Key key(Sample sample, Figure figure, String cluster) {
    String protocol = sample.label("request_protocol");
    return new Key(
        end(sample, "source", cluster),
        end(sample, "destination", cluster),
        sample.label("destination_service"),
        figure == Figure.BYTES || protocol.isEmpty() ? "tcp" : protocol);
  }

  /** {@code Kubernetes} is what istiod calls a cluster that nobody named. */
  private static End end(Sample sample, String side, String cluster) {
    String workload = sample.label(side + "_workload");
    String named = sample.label(side + "_cluster");
    return new End(
        workload.isEmpty() ? "" : named.isEmpty() || named.equals("Kubernetes") ? cluster : named,
        sample.label(side + "_workload_namespace"),
        workload.isEmpty() ? "unknown" : workload);
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
                key.source(),
                key.destination(),
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
