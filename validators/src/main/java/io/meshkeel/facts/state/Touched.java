package io.meshkeel.facts.state;

import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.ClusterName;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What may be different after a change. What isn't named here is as it was.
 *
 * @param workloads these workloads, gone ones among them
 * @param namespaces all workloads of these namespaces, in every cluster
 * @param clusters all workloads of these clusters
 * @param services these services, gone ones among them
 * @param hosts what answers to these hosts, or how traffic to them is treated; perhaps wildcards
 */
public record Touched(
    Set<WorkloadKey> workloads,
    Scopes namespaces,
    Set<ClusterName> clusters,
    Set<ServiceKey> services,
    Set<String> hosts) {
  static final Scopes NO_NAMESPACE = new Scopes(false, Set.of());

  /** Nothing. */
  public static final Touched NOTHING =
      new Touched(Set.of(), NO_NAMESPACE, Set.of(), Set.of(), Set.of());

  public Touched {
    workloads = Set.copyOf(workloads);
    clusters = Set.copyOf(clusters);
    services = Set.copyOf(services);
    hosts = Set.copyOf(hosts);
  }

  /** Whether a workload may be different. */
  public boolean touches(WorkloadKey workload) {
    return workloads.contains(workload)
        || namespaces.includes(workload.namespace())
        || clusters.contains(workload.cluster());
  }

  /** Both together: several changes at once. */
  public Touched and(Touched other) {
    Set<String> named = new LinkedHashSet<>(namespaces.namespaces());
    named.addAll(other.namespaces.namespaces());
    return new Touched(
        union(workloads, other.workloads),
        namespaces.everywhere() || other.namespaces.everywhere()
            ? Scopes.EVERYWHERE
            : new Scopes(false, named),
        union(clusters, other.clusters),
        union(services, other.services),
        union(hosts, other.hosts));
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    Set<T> all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }

  static Touched namespaces(Scopes namespaces) {
    return new Touched(Set.of(), namespaces, Set.of(), Set.of(), Set.of());
  }

  static Touched clusters(Set<ClusterName> clusters) {
    return new Touched(Set.of(), NO_NAMESPACE, clusters, Set.of(), Set.of());
  }

  static Touched hosts(Set<String> hosts) {
    return new Touched(Set.of(), NO_NAMESPACE, Set.of(), Set.of(), hosts);
  }
}
