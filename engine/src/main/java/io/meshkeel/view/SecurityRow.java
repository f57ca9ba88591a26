package io.meshkeel.view;

import java.util.List;

/**
 * What guards one port of a workload.
 *
 * @param mesh the mesh
 * @param cluster the cluster
 * @param namespace its namespace
 * @param kind of the workload
 * @param workload its name
 * @param port its own port, not the Service's; 0 for the ports it doesn't name
 * @param protocol as Istio takes it; empty if no Service leads to the port
 * @param mtls {@code STRICT}, {@code PERMISSIVE}, {@code DISABLE}, or {@code NONE} where no proxy
 *     is
 * @param mtlsBy the object that decides the mode; empty for Istio's own default
 * @param access {@code ANYONE}, {@code SOME} or {@code NOBODY}
 * @param who who may call, in words
 * @param policies AuthorizationPolicies that count
 * @param tokens RequestAuthentications that count
 */
public record SecurityRow(
    String mesh,
    String cluster,
    String namespace,
    String kind,
    String workload,
    long port,
    String protocol,
    String mtls,
    String mtlsBy,
    String access,
    String who,
    List<String> policies,
    List<String> tokens)
    implements Row {
  static final List<Column<SecurityRow>> COLUMNS =
      List.of(
          Column.of("cluster", SecurityRow::cluster),
          Column.of("namespace", SecurityRow::namespace),
          Column.wide("kind", SecurityRow::kind),
          Column.of("workload", SecurityRow::workload),
          new Column<>(
              "port",
              false,
              row -> row.port() == 0 ? "*" : String.valueOf(row.port()),
              SecurityRow::port),
          Column.wide("protocol", SecurityRow::protocol),
          Column.of("mtls", SecurityRow::mtls),
          Column.of("mtlsBy", SecurityRow::mtlsBy),
          Column.of("access", SecurityRow::access),
          Column.of("who", SecurityRow::who),
          Column.wide("policies", SecurityRow::policies),
          Column.wide("tokens", SecurityRow::tokens),
          Column.wide("mesh", SecurityRow::mesh));

  public SecurityRow {
    policies = List.copyOf(policies);
    tokens = List.copyOf(tokens);
  }

  @Override
  public List<String> clusters() {
    return List.of(cluster);
  }
}
