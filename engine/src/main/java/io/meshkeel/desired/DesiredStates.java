package io.meshkeel.desired;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ResourceKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Works out what each cluster of one mesh should hold. Istio and Gateway API objects go to every
 * control plane cluster, the same content to each, and never to a data plane cluster.
 *
 * <p>Remembers what it made of each declaration, so that the next revision costs only what changed
 * in it; keep one instance per mesh. Not for several threads at once.
 */
public final class DesiredStates {
  private Map<ResourceKey, DesiredObject> known = Map.of();
  private String knownFor = "";

  /** The states of all clusters of the mesh, by name, in their order. */
  public Map<ClusterName, DesiredState> of(MeshDeclarations declared) {
    ApplySet applySet = ApplySet.of(declared.mesh().name());
    String domain = declared.mesh().spec().clusterDomain();
    String madeFor = applySet.id() + " " + domain;
    Map<ResourceKey, DesiredObject> earlier = knownFor.equals(madeFor) ? known : Map.of();
    Map<ResourceKey, DesiredObject> objects = HashMap.newHashMap(declared.objects().size());
    Map<ResourceKey, String> withheld = new HashMap<>();
    Map<ResourceKey, Set<String>> narrowed = new HashMap<>();
    Set<String> controlPlanes =
        declared.clusters().stream()
            .filter(DesiredStates::takesConfiguration)
            .map(cluster -> cluster.name().value())
            .collect(Collectors.toSet());
    for (Declaration declaration : declared.objects()) {
      ResourceKey key = declaration.manifest().key();
      Optional<Set<String>> clusters = clusters(declaration.manifest());
      Optional<String> reason = Applicable.whyNot(declaration.manifest(), clusters, controlPlanes);
      if (reason.isPresent()) {
        withheld.put(key, reason.get());
        continue;
      }
      clusters.ifPresent(names -> narrowed.put(key, names));
      DesiredObject before = earlier.get(key);
      objects.put(
          key,
          before != null && before.origin() == declaration
              ? before
              : Rendering.of(declaration, applySet, domain));
    }
    known = objects;
    knownFor = madeFor;
    Map<ClusterName, DesiredState> states = new TreeMap<>();
    for (MeshCluster cluster : declared.clusters()) {
      states.put(cluster.name(), state(declared, cluster, applySet, objects, withheld, narrowed));
    }
    return states;
  }

  private static DesiredState state(
      MeshDeclarations declared,
      MeshCluster cluster,
      ApplySet applySet,
      Map<ResourceKey, DesiredObject> objects,
      Map<ResourceKey, String> withheld,
      Map<ResourceKey, Set<String>> narrowed) {
    if (!takesConfiguration(cluster)) {
      return new DesiredState(declared.mesh(), cluster, applySet, Map.of(), Map.of());
    }
    if (narrowed.isEmpty() && cluster.namespaces().isEmpty()) {
      return new DesiredState(declared.mesh(), cluster, applySet, objects, withheld);
    }
    Map<ResourceKey, DesiredObject> here = HashMap.newHashMap(objects.size());
    Map<ResourceKey, String> refused = new HashMap<>(withheld);
    objects.forEach((key, object) -> {
      Set<String> only = narrowed.get(key);
      if (only != null && !only.contains(cluster.name().value())) {
        return;
      }
      if (cluster.namespaces().isEmpty() || cluster.namespaces().contains(key.namespace())) {
        here.put(key, object);
      } else {
        refused.put(
            key,
            "cluster "
                + cluster.name()
                + " is limited to the namespaces "
                + String.join(", ", cluster.namespaces())
                + "; add '"
                + key.namespace()
                + "' to its spec.namespaces");
      }
    });
    return new DesiredState(declared.mesh(), cluster, applySet, here, refused);
  }

  private static boolean takesConfiguration(MeshCluster cluster) {
    return cluster.role() == MeshCluster.Role.CONTROL_PLANE;
  }

  private static Optional<Set<String>> clusters(Manifest manifest) {
    return manifest.annotations().get(Labels.CLUSTERS) instanceof String names
        ? Optional.of(
            Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet()))
        : Optional.empty();
  }
}
