package io.meshkeel.facts.gateway;

import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The proxies that take a Gateway: {@code mergeGateways} in {@code pilot/pkg/model/push_context.go}
 * of istio/istio, release 1.31. A Gateway without selector is for all gateways, one with a selector
 * for those of any namespace and cluster that have all its labels. A view of what it is made of, so
 * always as current as that.
 */
public final class GatewayWorkloads {
  private final List<Workloads> clusters;

  /**
   * @param clusters the workloads of each cluster that was looked at
   */
  public GatewayWorkloads(Collection<Workloads> clusters) {
    this.clusters = List.copyOf(clusters);
  }

  /** The labels that an Istio Gateway asks for. */
  public static Map<String, String> selector(Manifest gateway) {
    return Labels.of(JsonTree.map(gateway.spec(), "selector"));
  }

  /** The gateways that take an Istio Gateway, by cluster, namespace and name. */
  public List<Workload> taking(Manifest gateway) {
    return selected(selector(gateway)).stream()
        .filter(workload -> workload.role() == Proxy.Role.GATEWAY)
        .toList();
  }

  /**
   * The proxies that istiod deployed for a Gateway of the Gateway API: those of its namespace with
   * its name in their label ({@code workloadGatewayName} in {@code
   * pilot/pkg/model/policyattachment.go}), waypoints among them.
   */
  public List<Workload> deployedFor(Manifest gateway) {
    Map<String, String> selector = Map.of(PodShape.GATEWAY_NAME, gateway.key().name());
    List<Workload> found = new ArrayList<>();
    for (Workloads cluster : clusters) {
      found.addAll(cluster.select(gateway.key().namespace(), selector));
    }
    return List.copyOf(found);
  }

  /**
   * The workloads that have a Gateway's labels but whose proxy is no gateway's, so that they don't
   * take it.
   */
  public List<Workload> mistaken(Manifest gateway) {
    Map<String, String> selector = selector(gateway);
    return selector.isEmpty()
        ? List.of()
        : selected(selector).stream()
            .filter(workload -> workload.role() != Proxy.Role.GATEWAY)
            .toList();
  }

  /** All gateways of the mesh. */
  public List<Workload> all() {
    return selected(Map.of()).stream()
        .filter(workload -> workload.role() == Proxy.Role.GATEWAY)
        .toList();
  }

  private List<Workload> selected(Map<String, String> selector) {
    List<Workload> found = new ArrayList<>();
    for (Workloads cluster : clusters) {
      found.addAll(cluster.selectEverywhere(selector));
    }
    return found;
  }
}
