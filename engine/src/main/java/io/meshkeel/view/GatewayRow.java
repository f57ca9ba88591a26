package io.meshkeel.view;

import java.util.List;

/**
 * A gateway: proxies at the edge of a cluster.
 *
 * @param mesh the mesh
 * @param cluster the cluster
 * @param namespace its namespace
 * @param name of its workload
 * @param type {@code Ingress}, {@code Egress} or {@code EastWest}
 * @param engine {@code GatewayApi} if istiod deploys it, else {@code Injection}
 * @param addresses of its Services
 * @param ports of its Services
 * @param hosts that the Gateways on it serve
 * @param ready pods that are ready
 * @param pods pods that run
 * @param gateways the Gateways on it, as {@code Kind namespace/name}
 * @param autoscaling its autoscaler's least and most proxies, as {@code 2-5}; empty if none was
 *     seen
 * @param disruption what its disruption budget allows, as {@code maxUnavailable 1}; empty if none
 *     was seen
 */
public record GatewayRow(
    String mesh,
    String cluster,
    String namespace,
    String name,
    String type,
    String engine,
    List<String> addresses,
    List<Long> ports,
    List<String> hosts,
    long ready,
    long pods,
    List<String> gateways,
    String autoscaling,
    String disruption)
    implements Row {
  static final List<Column<GatewayRow>> COLUMNS =
      List.of(
          Column.of("cluster", GatewayRow::cluster),
          Column.of("namespace", GatewayRow::namespace),
          Column.of("name", GatewayRow::name),
          Column.of("type", GatewayRow::type),
          Column.of("engine", GatewayRow::engine),
          Column.of("addresses", GatewayRow::addresses),
          Column.of("ports", GatewayRow::ports),
          Column.of("ready", GatewayRow::ready),
          Column.of("pods", GatewayRow::pods),
          Column.of("hosts", GatewayRow::hosts),
          Column.wide("gateways", GatewayRow::gateways),
          Column.wide("autoscaling", GatewayRow::autoscaling),
          Column.wide("disruption", GatewayRow::disruption),
          Column.wide("mesh", GatewayRow::mesh));

  public GatewayRow {
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
    hosts = List.copyOf(hosts);
    gateways = List.copyOf(gateways);
  }

  @Override
  public List<String> clusters() {
    return List.of(cluster);
  }
}
