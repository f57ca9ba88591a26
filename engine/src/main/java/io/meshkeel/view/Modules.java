package io.meshkeel.view;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ObservedKinds;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The modules there are. */
public final class Modules {
  private static final Set<GroupKind> PODS =
      Set.of(ObservedKinds.NAMESPACE, ObservedKinds.POD, ObservedKinds.DEPLOYMENT);

  private static final Set<GroupKind> ROUTING =
      Set.of(
          new GroupKind("networking.istio.io", "VirtualService"),
          new GroupKind("networking.istio.io", "DestinationRule"));

  private static final Set<GroupKind> POLICIES =
      Set.of(ObservedKinds.POD, ObservedKinds.DEPLOYMENT, ObservedKinds.SERVICE);

  private static final Module<TopologyRow> TOPOLOGY =
      new Module<>(
          "topology", "Topology", Set.of(Module.TRAFFIC), TopologyRow.COLUMNS, Topology::rows);

  private static final Module<TopologyRow> TOPOLOGY_OF_SERVICES =
      new Module<>(
          "topology", "Topology", Set.of(Module.TRAFFIC), TopologyRow.COLUMNS, Topology::services);

  /** What the ends of an edge can be. */
  public static final List<String> LEVELS = List.of("workload", "service");

  /** All, in the order in which they are listed. */
  public static final List<Module<?>> ALL =
      List.of(
          new Module<>(
              "overview",
              "Mesh overview",
              Set.of(ObservedKinds.DEPLOYMENT),
              OverviewRow.COLUMNS,
              Overview::rows),
          new Module<>(
              "services",
              "Services",
              Set.of(ObservedKinds.SERVICE, ObservedKinds.NAMESPACE, ObservedKinds.POD),
              ServiceRow.COLUMNS,
              ServiceRows::rows),
          new Module<>("traffic", "Traffic management", ROUTING, TrafficRow.COLUMNS, Traffic::rows),
          new Module<>("security", "Security", POLICIES, SecurityRow.COLUMNS, Security::rows),
          TOPOLOGY,
          new Module<>(
              "metrics", "Metrics", Set.of(Module.TRAFFIC), MetricsRow.COLUMNS, Metrics::rows),
          new Module<>("sidecars", "Sidecars", PODS, SidecarRow.COLUMNS, Sidecars::rows),
          new Module<>(
              "clusters",
              "Clusters",
              Set.of(ObservedKinds.DEFINITION, ObservedKinds.DEPLOYMENT),
              ClusterRow.COLUMNS,
              Clusters::rows),
          new Module<>(
              "gateways",
              "Gateways",
              Set.of(ObservedKinds.DEPLOYMENT, ObservedKinds.SERVICE, Gateways.ISTIO),
              GatewayRow.COLUMNS,
              Gateways::rows),
          new Module<>(
              "config",
              "Istio resources",
              ObservedKinds.ISTIO,
              ConfigRow.COLUMNS,
              Configuration::rows));

  private Modules() {}

  public static Optional<Module<?>> find(String name) {
    return ALL.stream().filter(module -> module.name().equals(name)).findFirst();
  }

  /**
   * The module at one of the {@link #LEVELS}; empty for another word, and for a module that has
   * none.
   */
  public static Optional<Module<?>> at(Module<?> module, String level) {
    if (!module.name().equals(TOPOLOGY.name())) {
      return Optional.empty();
    }
    return switch (level) {
      case "workload" -> Optional.of(TOPOLOGY);
      case "service" -> Optional.of(TOPOLOGY_OF_SERVICES);
      default -> Optional.empty();
    };
  }

  /** Their names, in their order. */
  public static List<String> names() {
    return ALL.stream().<String>map(Module::name).toList();
  }
}
