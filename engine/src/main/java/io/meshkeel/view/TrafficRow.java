package io.meshkeel.view;

import java.util.List;

/**
 * What decides the way of requests for one host.
 *
 * @param mesh the mesh
 * @param clusters the control plane clusters where it is so; another line if they differ
 * @param namespace of the service; of the first object if the host is none of a service
 * @param host in full
 * @param gateways {@code namespace/name} of the gateways that take it in; {@code mesh} for sidecars
 * @param routes in the order in which they are tried
 * @param subsets that rules define for the host, as {@code name(labels)}
 * @param policy what rules for the host set beside subsets
 * @param objects where it comes from, as {@code Kind namespace/name (file:line)}
 */
public record TrafficRow(
    String mesh,
    List<String> clusters,
    String namespace,
    String host,
    List<String> gateways,
    List<Route> routes,
    List<String> subsets,
    List<String> policy,
    List<String> objects)
    implements Row {
  static final List<Column<TrafficRow>> COLUMNS =
      List.of(
          Column.of("namespace", TrafficRow::namespace),
          Column.of("host", TrafficRow::host),
          Column.of("gateways", TrafficRow::gateways),
          new Column<>(
              "routes",
              false,
              row -> String.join("; ", row.routes().stream().map(Route::text).toList()),
              row -> row.routes().stream().map(Route::json).toList()),
          Column.of("subsets", TrafficRow::subsets),
          Column.wide("policy", TrafficRow::policy),
          Column.wide("objects", TrafficRow::objects),
          Column.wide("clusters", TrafficRow::clusters),
          Column.wide("mesh", TrafficRow::mesh));

  public TrafficRow {
    clusters = List.copyOf(clusters);
    gateways = List.copyOf(gateways);
    routes = List.copyOf(routes);
    subsets = List.copyOf(subsets);
    policy = List.copyOf(policy);
    objects = List.copyOf(objects);
  }
}
