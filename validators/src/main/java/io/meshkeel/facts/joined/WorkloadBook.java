package io.meshkeel.facts.joined;

import io.meshkeel.facts.Mark;
import io.meshkeel.facts.Marks;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.ClusterName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of all workloads of a mesh together, so that the change of one is no reason to look
 * at all. Who reads notes it. Changed by one thread while nobody reads; read by any.
 */
final class WorkloadBook {
  private final TreeMap<WorkloadKey, Workload> all = new TreeMap<>();
  private final TreeMap<WorkloadKey, Workload> proxies = new TreeMap<>();
  private final TreeMap<WorkloadKey, Workload> labelled = new TreeMap<>();
  private final TreeMap<String, Integer> images = new TreeMap<>();
  private final Map<ClusterName, Integer> sidecars = new HashMap<>();
  private final Mark any = new Mark();
  private final Mark labels = new Mark();
  private final Mark versions = new Mark();
  private final Marks<ClusterName> clusters = new Marks<>();

  /** Takes over what a workload is now; empty if it is gone. */
  void become(WorkloadKey key, Optional<Workload> now) {
    Workload before = all.get(key);
    Workload next = now.orElse(null);
    if (Objects.equals(before, next)) {
      return;
    }
    any.change();
    put(all, key, next);
    put(proxies, key, now.filter(one -> one.role() != Proxy.Role.SIDECAR).orElse(null));
    Workload gateway = now.filter(WorkloadBook::isLabelled).orElse(null);
    if (gateway != null || labelled.containsKey(key)) {
      put(labelled, key, gateway);
      labels.change();
    }
    if (before != null) {
      count(before, -1);
    }
    if (next != null) {
      count(next, 1);
    }
  }

  private static boolean isLabelled(Workload workload) {
    return workload.labels().containsKey(PodShape.GATEWAY_NAME);
  }

  private static void put(
      Map<WorkloadKey, Workload> map, WorkloadKey key, @Nullable Workload workload) {
    if (workload == null) {
      map.remove(key);
    } else {
      map.put(key, workload);
    }
  }

  private void count(Workload workload, int more) {
    workload.shape().proxy().ifPresent(proxy -> count(proxy, more));
    workload.pods().forEach(pod -> pod.shape().proxy().ifPresent(proxy -> count(proxy, more)));
    if (workload.role() == Proxy.Role.SIDECAR
        && workload.pods().stream().anyMatch(pod -> pod.shape().proxy().isPresent())) {
      ClusterName cluster = workload.key().cluster();
      int now = sidecars.merge(cluster, more, Integer::sum);
      if (now == Math.max(more, 0)) {
        clusters.change(cluster);
      }
    }
  }

  private void count(Proxy proxy, int more) {
    int now = images.merge(proxy.image(), more, Integer::sum);
    if (now == 0) {
      images.remove(proxy.image());
    }
    if (now == Math.max(more, 0)) {
      versions.change();
    }
  }

  /** All, by cluster, namespace and name. */
  Collection<Workload> all() {
    any.read();
    return Collections.unmodifiableCollection(all.values());
  }

  /** Those whose proxies are no sidecars; in the same order. For who asks each time. */
  Collection<Workload> proxies() {
    return Collections.unmodifiableCollection(proxies.values());
  }

  /** Those whose template names a Gateway of the Gateway API; in the same order. */
  List<Workload> ofGateways() {
    labels.read();
    return List.copyOf(labelled.values());
  }

  /** The images of all proxies. */
  Set<String> images() {
    versions.read();
    return Collections.unmodifiableSet(images.keySet());
  }

  /** Whether some pod of a cluster has a sidecar. */
  boolean hasSidecars(ClusterName cluster) {
    clusters.read(cluster);
    return sidecars.getOrDefault(cluster, 0) > 0;
  }
}
