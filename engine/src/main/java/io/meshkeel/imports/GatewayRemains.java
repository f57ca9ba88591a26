package io.meshkeel.imports;

import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names what belongs to gateways and became no declaration: proxies that no {@code MeshGateway}
 * stands for, and Services of gateways whose proxies are gone. Istio's Gateways themselves are
 * written as they are, whatever became of their proxies.
 */
final class GatewayRemains {
  private static final GroupKind ISTIO = new GroupKind("networking.istio.io", "Gateway");
  private static final String NO_GATEWAY = "no Gateway selects its proxies";
  private static final String NO_SERVICE = "no Service leads to it";

  private final ImportRequest request;
  private final Footing footing;

  /** What drafts and the report speak of already, by cluster. */
  private final Set<String> told = new HashSet<>();

  private final List<Manifest> gateways = new ArrayList<>();

  /**
   * @param claimed what injected gateways stand for; in the clusters that their drafts name
   * @param report what was said so far
   */
  GatewayRemains(
      ImportRequest request,
      Footing footing,
      Map<ClusterName, Set<ResourceKey>> claimed,
      List<ImportEntry> report) {
    this.request = request;
    this.footing = footing;
    claimed.forEach((cluster, keys) -> keys.forEach(key -> told.add(id(cluster, key))));
    report.forEach(
        entry -> entry.clusters().forEach(cluster -> told.add(id(cluster, entry.key()))));
    for (ClusterName plane : footing.controlPlanes()) {
      gateways.addAll(inventory(plane).of(ISTIO));
    }
  }

  private static String id(ClusterName cluster, ResourceKey key) {
    return cluster + " " + key;
  }

  private ClusterInventory inventory(ClusterName cluster) {
    return request.inventory().of(cluster).orElseThrow();
  }

  List<ImportEntry> entries() {
    List<ImportEntry> entries = new ArrayList<>();
    for (ClusterName name : footing.all()) {
      ClusterInventory cluster = inventory(name);
      Workloads workloads = Workloads.of(cluster);
      for (Workload workload : workloads.all()) {
        if (workload.role() == Proxy.Role.GATEWAY) {
          proxies(cluster, workload).ifPresent(entries::add);
        }
      }
      if (cluster.knows(ObservedKinds.DEPLOYMENT) && cluster.knows(ObservedKinds.POD)) {
        for (Manifest service : cluster.of(ObservedKinds.SERVICE)) {
          service(cluster, service, workloads).ifPresent(entries::add);
        }
      }
    }
    return entries;
  }

  private Optional<ImportEntry> proxies(ClusterInventory cluster, Workload workload) {
    ResourceKey key = workload.key().object();
    String of = workload.labels().getOrDefault(PodShape.GATEWAY_NAME, "");
    if (told.contains(id(cluster.cluster(), key))
        || (!of.isEmpty() && isThere(cluster, key.namespace(), of))) {
      return Optional.empty();
    }
    List<String> why = new ArrayList<>();
    if (of.isEmpty()) {
      why.add(
          "its proxies are a gateway's, and no MeshGateway renders them so: it would be a Deployment"
              + " whose pods istiod's webhook completes");
      if (gateways.stream().noneMatch(gateway -> workload.selectedBy(selector(gateway)))) {
        why.add(NO_GATEWAY);
      }
    } else {
      why.add("istiod made it for the Gateway " + of + ", which isn't there");
    }
    if (cluster.knows(ObservedKinds.SERVICE) && !isServed(cluster, workload)) {
      why.add(NO_SERVICE);
    }
    why.add("leave it to whoever installs it, or declare a MeshGateway by hand");
    return Optional.of(entry(cluster, key, String.join("; ", why)));
  }

  private static boolean isThere(ClusterInventory cluster, String namespace, String gateway) {
    ResourceKey key =
        new ResourceKey(GatewayShape.KIND.group(), GatewayShape.KIND.kind(), namespace, gateway);
    return !cluster.knows(GatewayShape.KIND) || cluster.get(key).isPresent();
  }

  private static boolean isServed(ClusterInventory cluster, Workload workload) {
    return cluster.of(ObservedKinds.SERVICE).stream()
        .filter(service -> service.key().namespace().equals(workload.key().namespace()))
        .map(GatewayRemains::selector)
        .anyMatch(selector -> !selector.isEmpty() && workload.selectedBy(selector));
  }

  private Optional<ImportEntry> service(
      ClusterInventory cluster, Manifest service, Workloads workloads) {
    Map<String, String> selector = selector(service);
    if (selector.isEmpty()
        || told.contains(id(cluster.cluster(), service.key()))
        || !workloads.select(service.key().namespace(), selector).isEmpty()
        || gateways.stream().noneMatch(gateway -> isFor(gateway, selector))) {
      return Optional.empty();
    }
    return Optional.of(
        entry(
            cluster,
            service.key(),
            "a gateway's Service without proxies: its selector takes nothing that is there, and a"
                + " MeshGateway never renders a Service alone; take it away, or declare a"
                + " MeshGateway by hand"));
  }

  /** Whether the pods of a Service would be this Gateway's. */
  private static boolean isFor(Manifest gateway, Map<String, String> pods) {
    Map<String, String> selector = selector(gateway);
    return !selector.isEmpty() && Labels.select(selector, pods);
  }

  private static Map<String, String> selector(Manifest object) {
    return Labels.of(JsonTree.map(object.spec(), "selector"));
  }

  private ImportEntry entry(ClusterInventory cluster, ResourceKey key, String why) {
    Optional<String> keeper = cluster.get(key).flatMap(object -> Keeper.of(object, footing.mesh()));
    return new ImportEntry(
        keeper.isPresent() ? ImportEntry.Sort.MANAGED : ImportEntry.Sort.LEFT_OUT,
        key,
        List.of(cluster.cluster()),
        Stream.concat(keeper.stream(), Stream.of(why))
            .reduce((a, b) -> a + "; " + b)
            .orElseThrow());
  }
}
