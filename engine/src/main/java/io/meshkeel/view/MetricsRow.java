package io.meshkeel.view;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Figures of a mesh, a service, a workload or a control plane. What doesn't apply, or isn't known,
 * is empty.
 *
 * @param mesh the mesh
 * @param clusters that it is in; empty if they aren't known
 * @param namespace of a service or workload; empty for others
 * @param scope what it is about
 * @param name which one: a host, {@code cluster/namespace/workload}, or a cluster
 * @param requests requests a second that it was sent
 * @param success share of these that didn't fail, in percent
 * @param p50 milliseconds until it answered; of a control plane, until a proxy had a change
 * @param p90 the same
 * @param p99 the same
 * @param bytes bytes a second of TCP connections to it, both ways
 * @param calls requests a second that it sent
 * @param pushes configurations a second sent to proxies
 * @param pushErrors of these, those that could not be made or sent
 * @param rejects configurations a second that proxies refused
 * @param proxies connections of proxies
 * @param dashboard address of Istio's dashboard about it
 */
public record MetricsRow(
    String mesh,
    List<String> clusters,
    String namespace,
    Scope scope,
    String name,
    OptionalDouble requests,
    OptionalDouble success,
    OptionalDouble p50,
    OptionalDouble p90,
    OptionalDouble p99,
    OptionalDouble bytes,
    OptionalDouble calls,
    OptionalDouble pushes,
    OptionalDouble pushErrors,
    OptionalDouble rejects,
    OptionalDouble proxies,
    Optional<String> dashboard)
    implements Row {
  /** What a row is about. */
  public enum Scope {
    MESH("mesh"),
    SERVICE("service"),
    WORKLOAD("workload"),
    CONTROL_PLANE("controlPlane");

    private final String word;

    Scope(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static final List<Column<MetricsRow>> COLUMNS =
      List.of(
          Column.of("scope", row -> row.scope().word()),
          Column.of("name", MetricsRow::name),
          Column.of("requests", row -> TopologyRow.known(row.requests())),
          Column.of("success", row -> TopologyRow.known(row.success())),
          Column.of("p50", row -> TopologyRow.known(row.p50())),
          Column.of("p90", row -> TopologyRow.known(row.p90())),
          Column.of("p99", row -> TopologyRow.known(row.p99())),
          Column.of("bytes", row -> TopologyRow.known(row.bytes())),
          Column.of("pushes", row -> TopologyRow.known(row.pushes())),
          Column.of("rejects", row -> TopologyRow.known(row.rejects())),
          Column.wide("calls", row -> TopologyRow.known(row.calls())),
          Column.wide("pushErrors", row -> TopologyRow.known(row.pushErrors())),
          Column.wide("proxies", row -> TopologyRow.known(row.proxies())),
          Column.wide("dashboard", MetricsRow::dashboard),
          Column.wide("namespace", MetricsRow::namespace),
          Column.wide("clusters", MetricsRow::clusters),
          Column.wide("mesh", MetricsRow::mesh));

  public MetricsRow {
    clusters = List.copyOf(clusters);
  }
}
