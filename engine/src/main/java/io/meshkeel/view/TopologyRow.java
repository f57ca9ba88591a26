package io.meshkeel.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Who calls whom.
 *
 * @param mesh the mesh
 * @param clusters of both ends
 * @param namespace of the destination; empty if it isn't known
 * @param source {@code cluster/namespace/workload}; between services {@code namespace/service}
 * @param destination the same
 * @param service the host that was called; empty if none
 * @param protocol {@code http}, {@code grpc} or {@code tcp}
 * @param requests requests a second
 * @param errors share of these that failed, in percent
 * @param bytes bytes a second of connections
 * @param p50 milliseconds
 * @param p90 milliseconds
 * @param p99 milliseconds
 * @param mtls share with mutual TLS, in percent
 * @param health {@code Healthy}, {@code Degraded} or {@code Failing}
 */
public record TopologyRow(
    String mesh,
    List<String> clusters,
    String namespace,
    String source,
    String destination,
    String service,
    String protocol,
    double requests,
    double errors,
    double bytes,
    OptionalDouble p50,
    OptionalDouble p90,
    OptionalDouble p99,
    OptionalDouble mtls,
    String health)
    implements Row {
  static final List<Column<TopologyRow>> COLUMNS =
      List.of(
          Column.of("source", TopologyRow::source),
          Column.of("destination", TopologyRow::destination),
          Column.of("protocol", TopologyRow::protocol),
          Column.of("requests", row -> rounded(row.requests())),
          Column.of("errors", row -> rounded(row.errors())),
          Column.of("p99", row -> known(row.p99())),
          Column.of("mtls", row -> known(row.mtls())),
          Column.of("health", TopologyRow::health),
          Column.wide("service", TopologyRow::service),
          Column.wide("bytes", row -> rounded(row.bytes())),
          Column.wide("p50", row -> known(row.p50())),
          Column.wide("p90", row -> known(row.p90())),
          Column.wide("namespace", TopologyRow::namespace),
          Column.wide("clusters", TopologyRow::clusters),
          Column.wide("mesh", TopologyRow::mesh));

  public TopologyRow {
    clusters = List.copyOf(new ArrayList<>(clusters));
  }

  /** Three digits behind the point are more than rates are good for. */
  static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }

  static Optional<Double> known(OptionalDouble value) {
    return value.isPresent() ? Optional.of(rounded(value.getAsDouble())) : Optional.empty();
  }
}
