package io.meshkeel.view;

import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.state.MeshState;
import io.meshkeel.facts.state.Touched;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts that the modules of one mesh share: worked out when first asked for, and kept up to
 * date from then on. Not thread-safe.
 */
final class SceneFacts {
  /** What a policy guards is a fact; the other kinds are shown as they are. */
  private static final String POLICIES = "security.istio.io";

  private final Mesh.Spec mesh;
  private final List<SceneCluster> clusters;
  private final Collection<Declaration> declared;
  private final Map<ClusterName, HostObjects> hosts = new HashMap<>();
  private @Nullable MeshState state;

  /**
   * @param clusters of the mesh
   * @param declared what counts of kinds that a control plane cluster wasn't asked for
   */
  SceneFacts(Mesh.Spec mesh, List<SceneCluster> clusters, Collection<Declaration> declared) {
    this.mesh = mesh;
    this.clusters = clusters;
    this.declared = declared;
  }

  /** Whether no declaration stands in for policies that weren't looked at. */
  static boolean knowsPolicies(SceneCluster plane) {
    return ObservedKinds.ISTIO.stream()
        .filter(kind -> kind.group().equals(POLICIES) || HostObjects.KINDS.contains(kind))
        .allMatch(plane::knows);
  }

  MeshState state() {
    MeshState known = state;
    if (known == null) {
      known = filled();
      state = known;
    }
    return known;
  }

  private MeshState filled() {
    List<SceneCluster> planes = clusters.stream().filter(SceneCluster::controlPlane).toList();
    MeshState fresh = new MeshState(mesh, planes.stream().map(SceneCluster::name).toList());
    fresh.fill(() -> {
      for (SceneCluster cluster : clusters) {
        cluster
            .seen()
            .ifPresent(held -> {
              fresh.look(cluster.name(), held.known());
              held.forEach(object -> fresh.put(cluster.name(), object));
            });
      }
      for (SceneCluster plane : planes) {
        for (Declaration declaration : declared) {
          GroupKind kind = declaration.manifest().key().groupKind();
          if (kind.group().equals(POLICIES) && !plane.knows(kind)) {
            fresh.put(plane.name(), declaration.manifest());
          }
        }
      }
    });
    return fresh;
  }

  Workloads workloads(SceneCluster cluster) {
    return state().workloads(cluster.name());
  }

  Optional<ClusterInjection> injection(SceneCluster cluster) {
    return cluster.seen().map(seen -> state().injection(cluster.name()));
  }

  /** The objects that say something about hosts where a control plane cluster governs. */
  HostObjects hosts(SceneCluster plane, Scene scene) {
    return hosts.computeIfAbsent(
        plane.name(),
        name -> {
          HostObjects index = new HostObjects(mesh.clusterDomain());
          HostObjects.KINDS.forEach(kind -> scene.configuration(plane, kind).forEach(index::put));
          return index;
        });
  }

  /** Takes in one change of what a cluster holds; says which facts may be others now. */
  Touched change(ClusterName cluster, ResourceKey key, Optional<Manifest> object) {
    return object.isPresent() ? state().put(cluster, object.get()) : state().remove(cluster, key);
  }

  /** The same for hosts: those that an object spoke of before or speaks of now. */
  Set<String> changeHosts(
      SceneCluster plane, ResourceKey key, Optional<Manifest> object, Scene scene) {
    HostObjects index = hosts(plane, scene);
    return object.isPresent() ? index.put(object.get()) : index.remove(key);
  }
}
