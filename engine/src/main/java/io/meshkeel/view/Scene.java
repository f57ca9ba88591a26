package io.meshkeel.view;

import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.service.Services;
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
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.TrafficEdge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
  private final Map<ResourceKey, Declaration> origins = new HashMap<>();
  private final Map<ClusterName, Workloads> workloads = new HashMap<>();
  private final Map<ClusterName, ClusterInjection> injections = new HashMap<>();
  private final Map<ClusterName, List<Manifest>> configurations = new HashMap<>();
  private @Nullable Services services;
  private final Optional<io.meshkeel.model.Traffic> traffic;
  private final Map<ClusterName, ClusterLink> links;

  private Scene(
      Optional<MeshDeclarations> declared,
      List<SceneCluster> clusters,
      List<Finding> findings,
      Optional<io.meshkeel.model.Traffic> traffic,
      Map<ClusterName, ClusterLink> links) {
    this.traffic = traffic;
    this.links = Map.copyOf(links);
    this.declared = declared;
    this.clusters = List.copyOf(clusters);
    this.findings = List.copyOf(findings);
    declared.ifPresent(mesh ->
        mesh.objects().forEach(object -> origins.putIfAbsent(object.manifest().key(), object)));
  }

  /**
   * The scene of a declared mesh.
   *
   * @param findings of its last verdict, broken declarations included
   * @param inventory of its clusters; others are left alone
   */
  public static Scene of(MeshDeclarations mesh, List<Finding> findings, Inventory inventory) {
    Map<ClusterName, SceneCluster> clusters = new TreeMap<>();
    for (MeshCluster cluster : mesh.clusters()) {
      clusters.put(
          cluster.name(),
          new SceneCluster(
              cluster.name(), cluster.role(), Optional.of(cluster), inventory.of(cluster.name())));
    }
    return new Scene(
        Optional.of(mesh), List.copyOf(clusters.values()), findings, Optional.empty(), Map.of());
  }

  /**
   * The scene of clusters that nothing declares, taken as one mesh. Where an istiod runs is a
   * control plane; if none was seen in any, each may be one.
   */
  public static Scene undeclared(Inventory inventory) {
    TreeSet<ClusterName> controlPlanes = new TreeSet<>();
    for (ClusterInventory cluster : inventory.clusters().values()) {
      if (!Istiod.in(cluster).isEmpty()) {
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
              Optional.of(cluster)));
    }
    return new Scene(Optional.empty(), clusters, List.of(), Optional.empty(), Map.of());
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
    return new Scene(declared, clusters, findings, observed, links);
  }

  /**
   * The same as the running service stands with its clusters.
   *
   * @param connections by cluster
   */
  public Scene with(Map<ClusterName, ClusterLink> connections) {
    return new Scene(declared, clusters, findings, traffic, connections);
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

  /** The Services of all clusters that were looked at. */
  Services services() {
    Services known = services;
    if (known == null) {
      Map<ClusterName, ClusterInventory> seen = new HashMap<>();
      clusters.forEach(
          cluster -> cluster.seen().ifPresent(inventory -> seen.put(cluster.name(), inventory)));
      known = Services.of(spec(), new Inventory(seen));
      services = known;
    }
    return known;
  }

  /** The workloads of a cluster; none if it wasn't looked at. */
  Workloads workloads(SceneCluster cluster) {
    return workloads.computeIfAbsent(
        cluster.name(),
        name -> cluster.seen().map(Workloads::of).orElseGet(() -> new Workloads(name)));
  }

  /** Injection in a cluster; empty if it wasn't looked at. */
  Optional<ClusterInjection> injection(SceneCluster cluster) {
    return cluster
        .seen()
        .map(seen ->
            injections.computeIfAbsent(
                cluster.name(),
                name ->
                    ClusterInjection.of(
                        seen,
                        controlPlanes().stream().flatMap(plane -> plane.seen().stream()).toList(),
                        spec())));
  }

  /**
   * The control plane cluster whose configuration counts in a cluster: itself, or the first of the
   * mesh; empty if there is none.
   */
  Optional<SceneCluster> governing(SceneCluster cluster) {
    return cluster.controlPlane() ? Optional.of(cluster) : controlPlanes().stream().findFirst();
  }

  /**
   * The Istio and Gateway API objects that count where this control plane cluster governs: what the
   * cluster holds; of a kind that wasn't looked at, what is declared.
   */
  List<Manifest> configuration(SceneCluster controlPlane) {
    return configurations.computeIfAbsent(
        controlPlane.name(),
        name -> {
          List<Manifest> objects = new ArrayList<>();
          for (GroupKind kind : ObservedKinds.sorted()) {
            if (isConfiguration(kind) && controlPlane.knows(kind)) {
              objects.addAll(controlPlane.of(kind));
            }
          }
          for (Declaration declaration : origins.values()) {
            if (!controlPlane.knows(declaration.manifest().key().groupKind())) {
              objects.add(declaration.manifest());
            }
          }
          return List.copyOf(objects);
        });
  }

  /** The objects of {@link #configuration} of this kind. */
  List<Manifest> configuration(SceneCluster controlPlane, GroupKind kind) {
    return configuration(controlPlane).stream()
        .filter(object -> object.key().groupKind().equals(kind))
        .toList();
  }

  static boolean isConfiguration(GroupKind kind) {
    return ObservedKinds.ISTIO.contains(kind) || ObservedKinds.GATEWAY_API.contains(kind);
  }
}
