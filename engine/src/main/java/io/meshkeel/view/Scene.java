package io.meshkeel.view;

import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.service.Services;
import io.meshkeel.facts.state.MeshState;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ProxySync;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.model.TrafficEdge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One mesh: what is declared and what its clusters hold. What the modules share is worked out once
 * and kept; for one thread.
 */
public final class Scene {
  private static final Mesh.Spec PLAIN =
      new Mesh.Spec(
          "",
          Mesh.Topology.PRIMARY_REMOTE,
          "default",
          "istio-system",
          "cluster.local",
          "cluster.local",
          Mesh.DriftMode.REPORT,
          Mesh.Conflicts.FAIL,
          Mesh.OnRemoval.RELEASE,
          Mesh.Prune.DEFAULT,
          false,
          false);

  private final Optional<MeshDeclarations> declared;
  private final List<SceneCluster> clusters;
  private final List<Finding> findings;
  private final Map<ResourceKey, Declaration> origins;
  private final SceneFacts facts;
  private final Optional<io.meshkeel.model.Traffic> traffic;
  private final Map<ClusterName, ClusterLink> links;
  private final Map<String, List<? extends Row>> kept;
  private final Optional<ProxySync> proxies;
  private final Optional<Revision> revision;

  private Scene(
      Optional<MeshDeclarations> declared, List<SceneCluster> clusters, List<Finding> findings) {
    this(declared, clusters, findings, Optional.empty());
  }

  /**
   * @param known facts of the same clusters, where somebody keeps them
   */
  private Scene(
      Optional<MeshDeclarations> declared,
      List<SceneCluster> clusters,
      List<Finding> findings,
      Optional<SceneFacts> known) {
    this.traffic = Optional.empty();
    this.links = Map.of();
    this.kept = Map.of();
    this.proxies = Optional.empty();
    this.revision = Optional.empty();
    this.declared = declared;
    this.clusters = List.copyOf(clusters);
    this.findings = List.copyOf(findings);
    this.origins = new HashMap<>();
    declared.ifPresent(mesh ->
        mesh.objects().forEach(object -> origins.putIfAbsent(object.manifest().key(), object)));
    this.facts = known.orElseGet(() -> new SceneFacts(spec(), this.clusters, origins.values()));
  }

  private Scene(
      Scene same,
      List<SceneCluster> clusters,
      Optional<io.meshkeel.model.Traffic> traffic,
      Map<ClusterName, ClusterLink> links,
      Map<String, List<? extends Row>> kept,
      Optional<ProxySync> proxies,
      Optional<Revision> revision) {
    this.proxies = proxies;
    this.revision = revision;
    this.traffic = traffic;
    this.links = Map.copyOf(links);
    this.kept = Map.copyOf(kept);
    this.declared = same.declared;
    this.clusters = List.copyOf(clusters);
    this.findings = same.findings;
    this.origins = same.origins;
    this.facts =
        kept.isEmpty() ? same.facts : new SceneFacts(same.spec(), this.clusters, List.of());
  }

  /**
   * The scene of a declared mesh.
   *
   * @param findings of its last verdict, broken declarations included
   * @param inventory of its clusters; others are left alone
   */
  public static Scene of(MeshDeclarations mesh, List<Finding> findings, Inventory inventory) {
    return new Scene(
        Optional.of(mesh), clusters(mesh, name -> inventory.of(name).map(Held::of)), findings);
  }

  /**
   * The scene of a declared mesh whose facts somebody keeps up to date.
   *
   * @param clusters of the mesh, by name
   */
  static Scene kept(
      MeshDeclarations mesh,
      List<Finding> findings,
      List<SceneCluster> clusters,
      Optional<SceneFacts> facts) {
    return new Scene(Optional.of(mesh), clusters, findings, facts);
  }

  /** The clusters of a mesh, by name, with what each holds. */
  static List<SceneCluster> clusters(
      MeshDeclarations mesh, Function<ClusterName, Optional<Held>> held) {
    Map<ClusterName, SceneCluster> clusters = new TreeMap<>();
    for (MeshCluster cluster : mesh.clusters()) {
      clusters.put(
          cluster.name(),
          new SceneCluster(
              cluster.name(), cluster.role(), Optional.of(cluster), held.apply(cluster.name())));
    }
    return List.copyOf(clusters.values());
  }

  /**
   * The scene of clusters that nothing declares, taken as one mesh. Where an istiod runs is a
   * control plane; if none was seen in any, each may be one.
   */
  public static Scene undeclared(Inventory inventory) {
    TreeSet<ClusterName> controlPlanes = new TreeSet<>();
    for (ClusterInventory cluster : inventory.clusters().values()) {
      if (!Istiod.among(cluster.of(ObservedKinds.DEPLOYMENT)).isEmpty()) {
        controlPlanes.add(cluster.cluster());
      }
    }
    List<SceneCluster> clusters = new ArrayList<>();
    for (ClusterInventory cluster : new TreeMap<>(inventory.clusters()).values()) {
      boolean controlPlane = controlPlanes.isEmpty() || controlPlanes.contains(cluster.cluster());
      clusters.add(
          new SceneCluster(
              cluster.cluster(),
              controlPlane ? MeshCluster.Role.CONTROL_PLANE : MeshCluster.Role.DATA_PLANE,
              Optional.empty(),
              Optional.of(Held.of(cluster))));
    }
    return new Scene(Optional.empty(), clusters, List.of());
  }

  /** The scenes of all declared meshes, by name; one without a name if nothing is declared. */
  public static List<Scene> all(Declarations declarations, Inventory inventory) {
    if (declarations.meshes().isEmpty()) {
      return List.of(undeclared(inventory));
    }
    List<Scene> scenes = new ArrayList<>();
    new TreeMap<>(declarations.meshes())
        .values()
        .forEach(mesh -> scenes.add(of(mesh, mesh.problems(), inventory)));
    return scenes;
  }

  /** The same with traffic that was observed, of this mesh and maybe of others. */
  public Scene with(Optional<io.meshkeel.model.Traffic> observed) {
    return new Scene(this, clusters, observed, links, kept, proxies, revision);
  }

  /** The same, read in this revision. */
  public Scene at(Revision read) {
    return new Scene(this, clusters, traffic, links, kept, proxies, Optional.of(read));
  }

  /** The same with what istiods say of their proxies. */
  public Scene with(ProxySync told) {
    return new Scene(this, clusters, traffic, links, kept, Optional.of(told), revision);
  }

  /** The same with what istiods of this mesh say of their proxies, others left out. */
  public Scene withOwn(ProxySync told) {
    return with(
        new ProxySync(
            told.istiods().stream()
                .filter(istiod -> ownsCluster(istiod.cluster().value()))
                .toList(),
            told.notes()));
  }

  /** The clusters of the mesh that name their istiod's endpoint. */
  public List<MeshCluster> istiods() {
    return clusters.stream()
        .flatMap(cluster -> cluster.declared().stream())
        .filter(cluster -> cluster.istiod().isPresent())
        .toList();
  }

  /** What istiods say of their proxies; empty if none was asked. */
  Optional<ProxySync> proxies() {
    return proxies;
  }

  /**
   * The same as the running service stands with its clusters.
   *
   * @param connections by cluster
   */
  public Scene with(Map<ClusterName, ClusterLink> connections) {
    return new Scene(this, clusters, traffic, connections, kept, proxies, revision);
  }

  /**
   * What is left when these rows are all that is told of what clusters hold: a value, for any
   * thread.
   *
   * @param rows by module
   */
  Scene shown(Map<String, List<? extends Row>> rows) {
    List<SceneCluster> seen = new ArrayList<>();
    for (SceneCluster cluster : clusters) {
      seen.add(
          new SceneCluster(
              cluster.name(),
              cluster.role(),
              cluster.declared(),
              cluster.seen().map(held -> Held.known(held.known()))));
    }
    return new Scene(this, seen, traffic, links, rows, proxies, revision);
  }

  /** The rows of a module that somebody keeps; empty if nobody does. */
  Optional<List<? extends Row>> keptRows(String module) {
    return Optional.ofNullable(kept.get(module))
        .map(rows -> links.isEmpty() ? rows : linked(rows))
        .map(rows -> proxies.isEmpty() ? rows : synced(rows))
        .map(rows -> revision.isEmpty() ? rows : dated(rows));
  }

  private List<? extends Row> dated(List<? extends Row> rows) {
    return rows.isEmpty() || !(rows.getFirst() instanceof ConfigRow)
        ? rows
        : rows.stream()
            .map(row -> row instanceof ConfigRow one ? one.at(revision.orElseThrow()) : row)
            .toList();
  }

  private List<? extends Row> synced(List<? extends Row> rows) {
    return rows.stream()
        .map(row -> row instanceof ClusterRow one ? one.with(proxies.orElseThrow()) : row)
        .toList();
  }

  private List<? extends Row> linked(List<? extends Row> rows) {
    return rows.isEmpty() || !(rows.getFirst() instanceof LinkedRow)
        ? rows
        : rows.stream().map(row -> row instanceof LinkedRow one ? one.with(links) : row).toList();
  }

  /** How the service stands with a cluster; empty if no service was asked. */
  Optional<ClusterLink> link(SceneCluster cluster) {
    return Optional.ofNullable(links.get(cluster.name()));
  }

  /** What is missing of observed traffic, and why. */
  List<String> trafficNotes() {
    return traffic
        .map(io.meshkeel.model.Traffic::notes)
        .orElseGet(() ->
            List.of(
                (mesh().isEmpty() ? "" : "mesh " + mesh() + ": ")
                    + "no Prometheus was asked, so no traffic is known"));
  }

  /** Traffic that was observed; empty if it wasn't asked about. */
  Optional<io.meshkeel.model.Traffic> traffic() {
    return traffic;
  }

  /** Whether a cluster that traffic names is of this mesh; one that isn't known may be. */
  boolean ownsCluster(String name) {
    return name.isEmpty()
        || clusters.stream().anyMatch(cluster -> cluster.name().value().equals(name));
  }

  /** The edges that were observed; none if they weren't asked about. */
  List<TrafficEdge> edges() {
    return traffic.map(io.meshkeel.model.Traffic::edges).orElse(List.of());
  }

  /** The mesh's name; empty if nothing is declared. */
  public String mesh() {
    return declared.map(mesh -> mesh.mesh().name().value()).orElse("");
  }

  /** As declared; Istio's defaults if nothing is. */
  public Mesh.Spec spec() {
    return declared.map(mesh -> mesh.mesh().spec()).orElse(PLAIN);
  }

  public Optional<MeshDeclarations> declared() {
    return declared;
  }

  /** The clusters, by name. */
  public List<SceneCluster> clusters() {
    return clusters;
  }

  /** The control plane clusters, by name. */
  List<SceneCluster> controlPlanes() {
    return clusters.stream().filter(SceneCluster::controlPlane).toList();
  }

  public List<Finding> findings() {
    return findings;
  }

  /** The declaration of an object, if there is one. */
  Optional<Declaration> origin(ResourceKey key) {
    return Optional.ofNullable(origins.get(key));
  }

  /** The namespaces that hold a declared object, and the root namespace of a declared mesh. */
  TreeSet<String> governed() {
    TreeSet<String> namespaces = new TreeSet<>();
    origins.keySet().forEach(key -> namespaces.add(key.namespace()));
    namespaces.remove("");
    declared.ifPresent(mesh -> namespaces.add(mesh.mesh().spec().rootNamespace()));
    return namespaces;
  }

  /** Namespaces of Kubernetes, Istio and Meshkeel themselves: no applications are there. */
  boolean isSystem(String namespace) {
    return namespace.startsWith("kube-")
        || namespace.equals("meshkeel-system")
        || namespace.equals(spec().rootNamespace());
  }

  SceneFacts facts() {
    return facts;
  }

  /** All facts, as far as clusters were looked at. */
  MeshState state() {
    return facts.state();
  }

  /** The Services of all clusters that were looked at. */
  Services services() {
    return facts.state().services();
  }

  /** The workloads of a cluster; none if it wasn't looked at. */
  Workloads workloads(SceneCluster cluster) {
    return facts.workloads(cluster);
  }

  /** Injection in a cluster; empty if it wasn't looked at. */
  Optional<ClusterInjection> injection(SceneCluster cluster) {
    return facts.injection(cluster);
  }

  /** What speaks of hosts where a control plane cluster governs. */
  HostObjects hosts(SceneCluster plane) {
    return facts.hosts(plane, this);
  }

  /**
   * The control plane cluster whose configuration counts in a cluster: itself, or the first of the
   * mesh; empty if there is none.
   */
  Optional<SceneCluster> governing(SceneCluster cluster) {
    return cluster.controlPlane() ? Optional.of(cluster) : controlPlanes().stream().findFirst();
  }

  /**
   * The objects of a kind of Istio or the Gateway API that count where this control plane cluster
   * governs, by key: what the cluster holds; of a kind that wasn't looked at, what is declared.
   */
  List<Manifest> configuration(SceneCluster controlPlane, GroupKind kind) {
    return controlPlane.knows(kind)
        ? controlPlane.of(kind)
        : origins.values().stream()
            .map(Declaration::manifest)
            .filter(object -> object.key().groupKind().equals(kind))
            .sorted(Comparator.comparing(Manifest::key))
            .toList();
  }

  static boolean isConfiguration(GroupKind kind) {
    return ObservedKinds.ISTIO.contains(kind) || ObservedKinds.GATEWAY_API.contains(kind);
  }
}
