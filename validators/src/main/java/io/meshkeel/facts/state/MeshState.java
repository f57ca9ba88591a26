package io.meshkeel.facts.state;

import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.gateway.GatewayWorkloads;
import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.injection.InjectorPolicy;
import io.meshkeel.facts.security.Authorizations;
import io.meshkeel.facts.security.PeerAuthentications;
import io.meshkeel.facts.security.RequestAuthentications;
import io.meshkeel.facts.service.ClusterService;
import io.meshkeel.facts.service.DestinationRules;
import io.meshkeel.facts.service.Endpoints;
import io.meshkeel.facts.service.EntryService;
import io.meshkeel.facts.service.HostRegistry;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.ServiceEntries;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.service.Services;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The facts of one mesh, kept up to date object by object: a change costs what it touches, not what
 * the mesh holds, and tells what may be different now.
 *
 * <p>Istio's configuration counts as each control plane cluster holds it, that of the first for
 * hosts; in other clusters only what is local there: workloads, Services, namespaces, webhooks,
 * WorkloadEntries. Who reads notes it. Not thread-safe; {@link #settle settled} it is read by any.
 */
public final class MeshState {
  private final Mesh.Spec mesh;
  private final List<ClusterName> controlPlanes;
  private final TreeMap<ClusterName, ClusterState> clusters = new TreeMap<>();
  private final Map<WorkloadKey, Set<ServiceKey>> servicesOf = new HashMap<>();
  private final Map<WorkloadKey, Set<String>> hostsOf = new HashMap<>();

  /** While it is filled, nobody asks what a change touches. */
  private boolean filling;

  private final Services services;
  private final ServiceEntries entries;
  private final DestinationRules destinationRules;
  private final Map<ClusterName, Policies> policies = new HashMap<>();

  /** The policies that one control plane cluster holds. */
  private static final class Policies {
    private final PeerAuthentications peers;
    private final RequestAuthentications requests;
    private final Authorizations authorizations;

    Policies(Mesh.Spec mesh) {
      this.peers = new PeerAuthentications(mesh);
      this.requests = new RequestAuthentications(mesh);
      this.authorizations = new Authorizations(mesh);
    }

    Touched put(Manifest object) {
      return Touched.namespaces(peers.put(object))
          .and(Touched.namespaces(requests.put(object)))
          .and(Touched.namespaces(authorizations.put(object)));
    }

    Touched remove(ResourceKey key) {
      return Touched.namespaces(peers.remove(key))
          .and(Touched.namespaces(requests.remove(key)))
          .and(Touched.namespaces(authorizations.remove(key)));
    }
  }

  /**
   * @param mesh names and revision
   * @param configuration the control plane cluster whose configuration and injector count
   */
  public MeshState(Mesh.Spec mesh, ClusterName configuration) {
    this(mesh, List.of(configuration));
  }

  /**
   * @param mesh names and revision
   * @param controlPlanes the control plane clusters: each governs itself, the first all clusters
   *     that are none; of two injectors of one revision that of the first counts
   */
  public MeshState(Mesh.Spec mesh, List<ClusterName> controlPlanes) {
    this.mesh = mesh;
    this.controlPlanes = List.copyOf(controlPlanes);
    controlPlanes.forEach(plane -> policies.put(plane, new Policies(mesh)));
    this.services = new Services(mesh);
    this.entries = new ServiceEntries(mesh);
    this.destinationRules = new DestinationRules(mesh);
  }

  /** The state of an inventory. */
  public static MeshState of(Mesh.Spec mesh, ClusterName configuration, Inventory inventory) {
    MeshState state = new MeshState(mesh, configuration);
    state.fill(() -> {
      for (ClusterInventory cluster : inventory.clusters().values()) {
        state.look(cluster.cluster(), cluster.known());
        cluster.objects().forEach(object -> state.put(cluster.cluster(), object));
      }
    });
    return state;
  }

  /**
   * Takes in much at once, while nobody asks what it touches.
   *
   * @param puts calls {@link #look} and {@link #put}
   */
  public void fill(Runnable puts) {
    filling = true;
    puts.run();
    filling = false;
    clusters
        .values()
        .forEach(
            cluster -> cluster.workloads().all().forEach(workload -> remember(workload.key())));
  }

  /**
   * Says that kinds of a cluster are looked at, so that what isn't seen isn't there.
   *
   * @return everything of that cluster
   */
  public Touched look(ClusterName cluster, Set<GroupKind> kinds) {
    cluster(cluster).look(kinds);
    return Touched.clusters(Set.of(cluster));
  }

  private ClusterState cluster(ClusterName name) {
    return clusters.computeIfAbsent(name, n -> new ClusterState(mesh, n));
  }

  /** Takes in an object that appeared or changed in a cluster. */
  public Touched put(ClusterName cluster, Manifest object) {
    ClusterState state = cluster(cluster);
    GroupKind kind = object.key().groupKind();
    state.look(Set.of(kind));
    if (kind.equals(ObservedKinds.NAMESPACE)) {
      state.putNamespace(object);
      return namespace(object.key());
    }
    if (kind.equals(ObservedKinds.MUTATING_WEBHOOK)) {
      state.putWebhook(object);
      return Touched.clusters(Set.of(cluster));
    }
    if (kind.equals(ObservedKinds.CONFIG_MAP)) {
      return injector(cluster, object.key(), Optional.of(object));
    }
    if (kind.equals(ObservedKinds.SERVICE)) {
      return service(cluster, object.key(), Optional.of(object));
    }
    Set<WorkloadKey> workloads = state.workloads().put(object);
    if (!workloads.isEmpty()) {
      return changed(workloads);
    }
    return configured(cluster, object);
  }

  /** Takes away an object that is gone from a cluster. */
  public Touched remove(ClusterName cluster, ResourceKey key) {
    ClusterState state = cluster(cluster);
    GroupKind kind = key.groupKind();
    if (kind.equals(ObservedKinds.NAMESPACE)) {
      state.removeNamespace(key.name());
      return namespace(key);
    }
    if (kind.equals(ObservedKinds.MUTATING_WEBHOOK)) {
      state.removeWebhook(key.name());
      return Touched.clusters(Set.of(cluster));
    }
    if (kind.equals(ObservedKinds.CONFIG_MAP)) {
      return injector(cluster, key, Optional.empty());
    }
    if (kind.equals(ObservedKinds.SERVICE)) {
      return service(cluster, key, Optional.empty());
    }
    Set<WorkloadKey> workloads = state.workloads().remove(key);
    if (!workloads.isEmpty()) {
      return changed(workloads);
    }
    return unconfigured(cluster, key);
  }

  private static Touched namespace(ResourceKey key) {
    return Touched.namespaces(new Scopes(false, Set.of(key.name())));
  }

  private Touched injector(ClusterName cluster, ResourceKey key, Optional<Manifest> object) {
    Optional<String> revision = ClusterInjection.revisionOf(key, mesh);
    if (!controlPlanes.contains(cluster) || revision.isEmpty()) {
      return Touched.NOTHING;
    }
    Map<String, InjectorPolicy> policies = cluster(cluster).policies();
    if (object.isPresent()) {
      policies.put(revision.get(), InjectorPolicy.of(object.get()));
    } else {
      policies.remove(revision.get());
    }
    clusters.values().forEach(ClusterState::forget);
    return Touched.clusters(Set.copyOf(clusters.keySet()));
  }

  private Touched service(ClusterName cluster, ResourceKey key, Optional<Manifest> object) {
    ServiceKey service = new ServiceKey(key.namespace(), key.name());
    Set<WorkloadKey> reached = new HashSet<>(selectedBy(cluster, service));
    if (object.isPresent()) {
      services.put(cluster, object.get());
    } else {
      services.remove(cluster, key);
    }
    reached.addAll(selectedBy(cluster, service));
    reached.forEach(this::remember);
    return new Touched(
        reached,
        Touched.NO_NAMESPACE,
        Set.of(),
        Set.of(service),
        Set.of(Hosts.serviceName(service.name(), service.namespace(), mesh.clusterDomain())));
  }

  private Set<WorkloadKey> selectedBy(ClusterName cluster, ServiceKey key) {
    Optional<ClusterService> held =
        services.get(key).map(MeshService::clusters).map(all -> all.get(cluster));
    return filling || held.isEmpty() || held.get().selector().isEmpty()
        ? Set.of()
        : keys(cluster(cluster).workloads().select(key.namespace(), held.get().selector()));
  }

  private static Set<WorkloadKey> keys(Collection<Workload> workloads) {
    Set<WorkloadKey> keys = new HashSet<>();
    workloads.forEach(workload -> keys.add(workload.key()));
    return keys;
  }

  /** Workloads changed: the services and hosts that they were behind, and are now, change too. */
  private Touched changed(Set<WorkloadKey> workloads) {
    if (filling) {
      return Touched.NOTHING;
    }
    Set<ServiceKey> touchedServices = new HashSet<>();
    Set<String> touchedHosts = new HashSet<>();
    for (WorkloadKey key : workloads) {
      touchedServices.addAll(servicesOf.getOrDefault(key, Set.of()));
      touchedHosts.addAll(hostsOf.getOrDefault(key, Set.of()));
      remember(key);
      touchedServices.addAll(servicesOf.getOrDefault(key, Set.of()));
      touchedHosts.addAll(hostsOf.getOrDefault(key, Set.of()));
    }
    return new Touched(workloads, Touched.NO_NAMESPACE, Set.of(), touchedServices, touchedHosts);
  }

  private void remember(WorkloadKey key) {
    Optional<Workload> workload = cluster(key.cluster()).workloads().get(key);
    Set<ServiceKey> behind = new TreeSet<>();
    Set<String> hosts = new TreeSet<>();
    workload.ifPresent(found -> {
      services.selecting(found).forEach(service -> behind.add(service.key()));
      entries.selecting(found).forEach(entry -> hosts.addAll(entry.hosts()));
    });
    if (behind.isEmpty()) {
      servicesOf.remove(key);
    } else {
      servicesOf.put(key, behind);
    }
    if (hosts.isEmpty()) {
      hostsOf.remove(key);
    } else {
      hostsOf.put(key, hosts);
    }
  }

  private Touched configured(ClusterName cluster, Manifest object) {
    Policies own = policies.get(cluster);
    if (own == null) {
      return Touched.NOTHING;
    }
    Touched touched = own.put(object);
    if (!cluster.equals(controlPlanes.getFirst())) {
      return touched;
    }
    return EntryService.isOne(object.key())
        ? entry(object.key(), () -> entries.put(object))
        : Touched.hosts(destinationRules.put(object)).and(touched);
  }

  private Touched unconfigured(ClusterName cluster, ResourceKey key) {
    Policies own = policies.get(cluster);
    if (own == null) {
      return Touched.NOTHING;
    }
    Touched touched = own.remove(key);
    if (!cluster.equals(controlPlanes.getFirst())) {
      return touched;
    }
    return EntryService.isOne(key)
        ? entry(key, () -> entries.remove(key))
        : Touched.hosts(destinationRules.remove(key)).and(touched);
  }

  private Touched entry(ResourceKey key, Supplier<Set<String>> change) {
    Set<WorkloadKey> reached = new HashSet<>(selectedBy(key));
    Set<String> hosts = change.get();
    reached.addAll(selectedBy(key));
    reached.forEach(this::remember);
    return new Touched(reached, Touched.NO_NAMESPACE, Set.of(), Set.of(), hosts);
  }

  private Set<WorkloadKey> selectedBy(ResourceKey entry) {
    Map<String, String> selector = entries.selector(entry);
    Set<WorkloadKey> selected = new HashSet<>();
    if (!filling && !selector.isEmpty()) {
      clusters
          .values()
          .forEach(cluster ->
              selected.addAll(keys(cluster.workloads().select(entry.namespace(), selector))));
    }
    return selected;
  }

  /** The workloads that may be different, of those that are there. */
  public Set<WorkloadKey> workloads(Touched touched) {
    Set<WorkloadKey> all = new HashSet<>(touched.workloads());
    clusters.forEach((name, cluster) -> {
      if (touched.clusters().contains(name) || touched.namespaces().everywhere()) {
        all.addAll(keys(cluster.workloads().all()));
      } else {
        touched
            .namespaces()
            .namespaces()
            .forEach(namespace -> all.addAll(keys(cluster.workloads().inNamespace(namespace))));
      }
    });
    all.removeIf(key -> cluster(key.cluster()).workloads().get(key).isEmpty());
    return Set.copyOf(all);
  }

  /** The services that select a workload. */
  public Set<ServiceKey> services(WorkloadKey workload) {
    return Collections.unmodifiableSet(servicesOf.getOrDefault(workload, Set.of()));
  }

  /** The clusters that something is known of, by name. */
  public Set<ClusterName> clusters() {
    return Set.copyOf(clusters.keySet());
  }

  /** The workloads of a cluster. */
  public Workloads workloads(ClusterName cluster) {
    return cluster(cluster).workloads();
  }

  /** Injection in a cluster. */
  public ClusterInjection injection(ClusterName cluster) {
    return cluster(cluster).injection(this::injectors);
  }

  private Map<String, InjectorPolicy> injectors() {
    Map<String, InjectorPolicy> injectors = new HashMap<>();
    controlPlanes.forEach(plane -> cluster(plane).policies().forEach(injectors::putIfAbsent));
    return injectors;
  }

  /** Joins what changed, so that any thread may read until the next change. */
  public void settle() {
    clusters.forEach((name, cluster) -> {
      cluster.workloads().settle();
      injection(name);
    });
  }

  public Services services() {
    return services;
  }

  public ServiceEntries entries() {
    return entries;
  }

  public DestinationRules destinationRules() {
    return destinationRules;
  }

  /** As the first control plane cluster holds them. */
  public PeerAuthentications peerAuthentications() {
    return peerAuthentications(controlPlanes.getFirst());
  }

  /** As the first control plane cluster holds them. */
  public RequestAuthentications requestAuthentications() {
    return requestAuthentications(controlPlanes.getFirst());
  }

  /** As the first control plane cluster holds them. */
  public Authorizations authorizations() {
    return authorizations(controlPlanes.getFirst());
  }

  /** As a control plane cluster holds them; none if it is no control plane. */
  public PeerAuthentications peerAuthentications(ClusterName controlPlane) {
    return policies(controlPlane).peers;
  }

  /** As a control plane cluster holds them; none if it is no control plane. */
  public RequestAuthentications requestAuthentications(ClusterName controlPlane) {
    return policies(controlPlane).requests;
  }

  /** As a control plane cluster holds them; none if it is no control plane. */
  public Authorizations authorizations(ClusterName controlPlane) {
    return policies(controlPlane).authorizations;
  }

  private Policies policies(ClusterName controlPlane) {
    Policies own = policies.get(controlPlane);
    return own == null ? new Policies(mesh) : own;
  }

  /** The hosts that the mesh knows, as current as this state. */
  public HostRegistry hosts() {
    return new HostRegistry(mesh, services, entries);
  }

  /**
   * The endpoints behind hosts, as current as this state.
   *
   * @param networks of each cluster that has one
   */
  public Endpoints endpoints(Map<ClusterName, String> networks) {
    Map<ClusterName, Workloads> all = new HashMap<>();
    clusters.forEach((name, cluster) -> all.put(name, cluster.workloads()));
    return new Endpoints(services, entries, all, networks);
  }

  /** The gateways of the mesh, as current as this state. */
  public GatewayWorkloads gateways() {
    List<Workloads> all = new ArrayList<>();
    clusters.values().forEach(cluster -> all.add(cluster.workloads()));
    return new GatewayWorkloads(all);
  }
}
