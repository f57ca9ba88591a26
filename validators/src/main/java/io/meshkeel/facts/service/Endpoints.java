package io.meshkeel.facts.service;

import io.meshkeel.facts.workload.Pod;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The endpoints behind hosts. A Service has those of its own cluster, cluster by cluster; a
 * ServiceEntry those that are written in it and those that it selects in its namespace of any
 * cluster ({@code initializeCluster} in {@code
 * pilot/pkg/serviceregistry/kube/controller/multicluster.go}). A view of what it is made of, so
 * always as current as that.
 */
public final class Endpoints {
  private final Services services;
  private final ServiceEntries entries;
  private final Map<ClusterName, Workloads> workloads;
  private final Map<ClusterName, String> networks;

  /**
   * @param workloads of each cluster that was looked at
   * @param networks of each cluster that has one
   */
  public Endpoints(
      Services services,
      ServiceEntries entries,
      Map<ClusterName, Workloads> workloads,
      Map<ClusterName, String> networks) {
    this.services = services;
    this.entries = entries;
    this.workloads = new TreeMap<>(workloads);
    this.networks = Map.copyOf(networks);
  }

  /**
   * A workload that serves.
   *
   * @param workload which
   * @param pods those of its pods that are selected; empty for a WorkloadEntry
   */
  public record Serving(Workload workload, List<Pod> pods) {
    public Serving {
      pods = List.copyOf(pods);
    }
  }

  /**
   * The workloads behind a Service, by cluster. A cluster that holds the Service and no workload
   * for it has an empty list; one that doesn't hold it is missing.
   */
  public Map<ClusterName, List<Serving>> of(MeshService service) {
    Map<ClusterName, List<Serving>> all = new TreeMap<>();
    service
        .clusters()
        .forEach((cluster, held) ->
            all.put(
                cluster,
                held.selector().isEmpty()
                    ? List.of()
                    : serving(cluster, service.key().namespace(), held.selector())));
    return all;
  }

  private List<Serving> serving(
      ClusterName cluster, String namespace, Map<String, String> selector) {
    Workloads there = workloads.get(cluster);
    if (there == null) {
      return List.of();
    }
    List<Serving> serving = new ArrayList<>();
    for (Workload workload : there.select(namespace, selector)) {
      List<Pod> pods = workload.podsSelectedBy(selector);
      if (!pods.isEmpty() || workload.outside().isPresent()) {
        serving.add(new Serving(workload, pods));
      }
    }
    return List.copyOf(serving);
  }

  /**
   * How many endpoints a subset takes.
   *
   * @param byCluster by cluster; those written in a ServiceEntry are no cluster's
   * @param written of ServiceEntries
   * @param certain false if some may be taken or not, since their locality isn't known, or if the
   *     host is served by something whose endpoints can't be seen
   */
  public record SubsetCount(Map<ClusterName, Integer> byCluster, int written, boolean certain) {
    public SubsetCount {
      byCluster = Map.copyOf(byCluster);
    }

    /** All of them. */
    public int total() {
      return written + byCluster.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * The endpoints of a host that have the labels of a subset.
   *
   * @param host full name of a service
   * @param subset its labels; empty for all endpoints
   */
  public SubsetCount subset(String host, Map<String, String> subset) {
    Count count = new Count();
    services.byHost(host).ifPresent(service -> countService(service, subset, count));
    for (EntryService entry : entries.withHost(host)) {
      countEntry(entry, subset, count);
    }
    return new SubsetCount(count.byCluster, count.written, count.certain);
  }

  /**
   * Whether a controller makes pods with the labels of a subset, be there any now or not.
   *
   * @param host full name of a service
   * @param subset its labels
   */
  public boolean hasTemplate(String host, Map<String, String> subset) {
    return services
        .byHost(host)
        .map(service ->
            service.clusters().entrySet().stream()
                .anyMatch(held ->
                    !held.getValue().selector().isEmpty()
                        && hasTemplate(
                            held.getKey(),
                            service.key().namespace(),
                            held.getValue().selector(),
                            subset)))
        .orElse(false);
  }

  /**
   * Whether a subset takes a workload, by the labels of its template or of what runs, and by those
   * that Istio adds.
   *
   * @param subset its labels; empty for all
   */
  public boolean isIn(Workload workload, Map<String, String> subset) {
    ClusterName cluster = workload.key().cluster();
    return Stream.of(workload.labels(), workload.proxyLabels())
        .anyMatch(own ->
            EndpointLabels.match(
                    subset,
                    EndpointLabels.of(
                        own, cluster.value(), networks.getOrDefault(cluster, ""), "", ""),
                    false)
                != EndpointLabels.Match.NO);
  }

  private boolean hasTemplate(
      ClusterName cluster,
      String namespace,
      Map<String, String> selector,
      Map<String, String> subset) {
    Workloads there = workloads.get(cluster);
    return there != null
        && there.select(namespace, selector).stream()
            .filter(Workload::controlled)
            .anyMatch(workload ->
                EndpointLabels.match(
                        subset,
                        EndpointLabels.of(
                            workload.labels(),
                            cluster.value(),
                            networks.getOrDefault(cluster, ""),
                            "",
                            ""),
                        false)
                    != EndpointLabels.Match.NO);
  }

  private static final class Count {
    private final Map<ClusterName, Integer> byCluster = new TreeMap<>();
    private int written;
    private boolean certain = true;
  }

  private void countService(MeshService service, Map<String, String> subset, Count count) {
    service
        .clusters()
        .forEach((cluster, held) -> {
          if (held.selector().isEmpty() || !workloads.containsKey(cluster)) {
            count.certain = false;
          }
        });
    of(service)
        .forEach((cluster, serving) ->
            serving.forEach(one -> countServing(cluster, one, subset, count)));
  }

  private void countEntry(EntryService entry, Map<String, String> subset, Count count) {
    for (EntryService.Endpoint endpoint : entry.endpoints()) {
      Map<String, String> labels =
          EndpointLabels.of(endpoint.labels(), "", endpoint.network(), "", endpoint.locality());
      // The cluster of istiod itself stands in the labels of what is written there.
      if (subset.containsKey("topology.istio.io/cluster")) {
        count.certain = false;
      } else if (EndpointLabels.match(subset, labels, true) == EndpointLabels.Match.YES) {
        count.written++;
      }
    }
    if (entry.endpoints().isEmpty() && entry.selector().isEmpty()) {
      count.certain = false;
    }
    if (!entry.selector().isEmpty()) {
      for (ClusterName cluster : workloads.keySet()) {
        serving(cluster, entry.key().namespace(), entry.selector())
            .forEach(one -> countServing(cluster, one, subset, count));
      }
    }
  }

  private void countServing(
      ClusterName cluster, Serving serving, Map<String, String> subset, Count count) {
    String network = networks.getOrDefault(cluster, "");
    if (serving.workload().outside().isPresent()) {
      Workload.Outside outside = serving.workload().outside().get();
      add(
          cluster,
          EndpointLabels.match(
              subset,
              EndpointLabels.of(
                  serving.workload().labels(),
                  cluster.value(),
                  outside.network().isEmpty() ? network : outside.network(),
                  "",
                  outside.locality()),
              true),
          count);
    }
    for (Pod pod : serving.pods()) {
      add(
          cluster,
          EndpointLabels.match(
              subset,
              EndpointLabels.of(pod.shape().labels(), cluster.value(), network, pod.node(), ""),
              false),
          count);
    }
  }

  private static void add(ClusterName cluster, EndpointLabels.Match match, Count count) {
    switch (match) {
      case YES -> count.byCluster.merge(cluster, 1, Integer::sum);
      case UNKNOWN -> count.certain = false;
      case NO -> {}
    }
  }

  /** The workloads of all clusters that a selector takes in one namespace. */
  public List<Workload> selected(String namespace, Map<String, String> selector) {
    List<Workload> all = new ArrayList<>();
    for (Workloads there : workloads.values()) {
      all.addAll(there.select(namespace, selector));
    }
    return List.copyOf(all);
  }

  /** The clusters whose workloads are known. */
  public Collection<ClusterName> clusters() {
    return List.copyOf(workloads.keySet());
  }
}
