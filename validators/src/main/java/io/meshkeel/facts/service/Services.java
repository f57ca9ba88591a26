package io.meshkeel.facts.service;

import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.Mark;
import io.meshkeel.facts.Marks;
import io.meshkeel.facts.workload.SelectorIndex;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Services of all clusters of a mesh. Who reads notes it. Changed by one thread while nobody
 * reads; read by any.
 */
public final class Services {
  private record Home(ClusterName cluster, String namespace) {}

  private final String domain;
  private final TreeMap<ServiceKey, TreeMap<ClusterName, ClusterService>> all = new TreeMap<>();
  private final Map<Home, SelectorIndex<ServiceKey>> selecting = new HashMap<>();
  private final Mark any = new Mark();
  private final Marks<ServiceKey> single = new Marks<>();
  private final Marks<Home> homes = new Marks<>();

  /**
   * @param mesh names the cluster domain
   */
  public Services(Mesh.Spec mesh) {
    this.domain = mesh.clusterDomain();
  }

  /** The Services of an inventory. */
  public static Services of(Mesh.Spec mesh, Inventory inventory) {
    Services services = new Services(mesh);
    for (ClusterInventory cluster : inventory.clusters().values()) {
      cluster
          .of(ObservedKinds.SERVICE)
          .forEach(service -> services.put(cluster.cluster(), service));
    }
    return services;
  }

  /**
   * Takes in an object that appeared or changed in a cluster; other kinds are left alone.
   *
   * @return the service that may be different now
   */
  public Optional<ServiceKey> put(ClusterName cluster, Manifest object) {
    if (!object.key().groupKind().equals(ObservedKinds.SERVICE)) {
      return Optional.empty();
    }
    ClusterService service = ClusterService.of(object);
    ServiceKey key = service.key();
    ClusterService before = all.computeIfAbsent(key, k -> new TreeMap<>()).put(cluster, service);
    if (service.equals(before)) {
      return Optional.of(key);
    }
    changed(cluster, key);
    SelectorIndex<ServiceKey> index =
        selecting.computeIfAbsent(new Home(cluster, key.namespace()), h -> new SelectorIndex<>());
    if (service.selector().isEmpty()) {
      index.remove(key);
    } else {
      index.put(key, service.selector());
    }
    return Optional.of(key);
  }

  /**
   * Takes away an object that is gone from a cluster.
   *
   * @return the service that may be different now
   */
  public Optional<ServiceKey> remove(ClusterName cluster, ResourceKey object) {
    if (!object.groupKind().equals(ObservedKinds.SERVICE)) {
      return Optional.empty();
    }
    ServiceKey key = new ServiceKey(object.namespace(), object.name());
    changed(cluster, key);
    TreeMap<ClusterName, ClusterService> clusters = all.get(key);
    if (clusters != null) {
      clusters.remove(cluster);
      if (clusters.isEmpty()) {
        all.remove(key);
      }
    }
    SelectorIndex<ServiceKey> index = selecting.get(new Home(cluster, key.namespace()));
    if (index != null) {
      index.remove(key);
    }
    return Optional.of(key);
  }

  private void changed(ClusterName cluster, ServiceKey key) {
    any.change();
    single.change(key);
    homes.change(new Home(cluster, key.namespace()));
  }

  /** One service, if some cluster holds it. */
  public Optional<MeshService> get(ServiceKey key) {
    single.read(key);
    return find(key);
  }

  private Optional<MeshService> find(ServiceKey key) {
    SortedMap<ClusterName, ClusterService> clusters = all.get(key);
    return clusters == null
        ? Optional.empty()
        : Optional.of(
            new MeshService(key, Hosts.serviceName(key.name(), key.namespace(), domain), clusters));
  }

  /** The service with this full name. */
  public Optional<MeshService> byHost(String host) {
    return Hosts.namespaceOf(host, domain)
        .flatMap(namespace -> get(new ServiceKey(namespace, host.substring(0, host.indexOf('.')))));
  }

  /** All services, by namespace and name. */
  public List<MeshService> all() {
    any.read();
    List<MeshService> services = new ArrayList<>();
    all.keySet().forEach(key -> find(key).ifPresent(services::add));
    return List.copyOf(services);
  }

  /**
   * The Services of a workload's own cluster and namespace that select it, by its template or by a
   * pod that still runs.
   */
  public List<ClusterService> selecting(Workload workload) {
    ClusterName cluster = workload.key().cluster();
    Home home = new Home(cluster, workload.key().namespace());
    homes.read(home);
    SelectorIndex<ServiceKey> index = selecting.get(home);
    if (index == null) {
      return List.of();
    }
    TreeSet<ServiceKey> keys = new TreeSet<>(index.matching(workload.labels()));
    workload.pods().stream()
        .map(pod -> pod.shape().labels())
        .distinct()
        .forEach(labels -> keys.addAll(index.matching(labels)));
    List<ClusterService> services = new ArrayList<>();
    for (ServiceKey key : keys) {
      ClusterService service = all.getOrDefault(key, new TreeMap<>()).get(cluster);
      if (service != null) {
        services.add(service);
      }
    }
    return List.copyOf(services);
  }
}
