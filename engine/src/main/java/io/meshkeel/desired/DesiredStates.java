package io.meshkeel.desired;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.Moves;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out what each cluster of one mesh should hold. Istio and Gateway API objects go to every
 * control plane cluster, the same content to each, and never to a data plane cluster; what the own
 * kinds stand for goes where they say.
 *
 * <p>Remembers what it made of each declaration, so that the next revision costs only what changed
 * in it; keep one instance per mesh. Not for several threads at once.
 */
public final class DesiredStates {
  private static final GroupKind NAMESPACE = new GroupKind("", "Namespace");

  private List<Declaration> known = List.of();
  private Placed[] knownPlaces = {};
  private String knownFor = "";
  private final Map<ClusterName, OwnRendering> knownOwn = new HashMap<>();

  /**
   * What came of a declaration.
   *
   * @param object null if it can't be applied
   * @param clusters to which it goes; empty: to all
   * @param reason why it can't be applied
   */
  private record Placed(
      @Nullable DesiredObject object, Optional<Set<String>> clusters, String reason) {
    static Placed of(
        Declaration declaration, ApplySet applySet, String domain, Set<String> controlPlanes) {
      Optional<Set<String>> clusters = DesiredStates.clusters(declaration.manifest());
      Optional<String> reason = Applicable.whyNot(declaration.manifest(), clusters, controlPlanes);
      return reason
          .map(why -> new Placed(null, clusters, why))
          .orElseGet(() -> new Placed(Rendering.of(declaration, applySet, domain), clusters, ""));
    }
  }

  /** The states of all clusters of the mesh, by name, in their order. */
  public Map<ClusterName, DesiredState> of(MeshDeclarations declared) {
    ApplySet applySet = ApplySet.of(declared.mesh().name());
    String domain = declared.mesh().spec().clusterDomain();
    Set<String> controlPlanes =
        declared.clusters().stream()
            .filter(DesiredStates::takesConfiguration)
            .map(cluster -> cluster.name().value())
            .collect(Collectors.toCollection(TreeSet::new));
    String madeFor = applySet.id() + " " + domain + " " + controlPlanes;
    boolean same = knownFor.equals(madeFor);
    int[] from = Moves.of(same ? known : List.of(), declared.objects()).from();
    Placed[] places = new Placed[from.length];
    Map<ResourceKey, DesiredObject> objects = HashMap.newHashMap(from.length);
    Map<ResourceKey, String> withheld = new HashMap<>();
    List<Narrowed> narrowed = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      Declaration declaration = declared.objects().get(i);
      Placed placed =
          from[i] != Moves.CAME
              ? knownPlaces[from[i]]
              : Placed.of(declaration, applySet, domain, controlPlanes);
      places[i] = placed;
      ResourceKey key = declaration.manifest().key();
      DesiredObject object = placed.object();
      if (object == null) {
        withheld.put(key, placed.reason());
      } else if (placed.clusters().isEmpty()) {
        objects.put(key, object);
      } else {
        narrowed.add(new Narrowed(object, placed.clusters().get()));
      }
    }
    known = declared.objects();
    knownPlaces = places;
    knownFor = madeFor;
    Map<ClusterName, DesiredState> states = new TreeMap<>();
    for (MeshCluster cluster : declared.clusters()) {
      states.put(cluster.name(), state(declared, cluster, applySet, objects, withheld, narrowed));
    }
    return states;
  }

  private DesiredState state(
      MeshDeclarations declared,
      MeshCluster cluster,
      ApplySet applySet,
      Map<ResourceKey, DesiredObject> objects,
      Map<ResourceKey, String> withheld,
      List<Narrowed> narrowed) {
    OwnRendering own =
        OwnRendering.of(declared, cluster, applySet)
            .reusing(knownOwn.getOrDefault(cluster.name(), OwnRendering.NONE));
    knownOwn.put(cluster.name(), own);
    boolean configured = takesConfiguration(cluster);
    if (configured
        && narrowed.isEmpty()
        && cluster.namespaces().isEmpty()
        && own.equals(OwnRendering.NONE)) {
      return new DesiredState(declared.mesh(), cluster, applySet, objects, withheld);
    }
    Limits limits = new Limits(cluster, configured ? withheld : Map.of());
    if (configured) {
      objects.values().forEach(limits::add);
      narrowed.stream()
          .filter(each -> each.clusters().contains(cluster.name().value()))
          .forEach(each -> limits.add(each.object()));
    }
    own.keys().stream()
        .filter(key -> configured && limits.here.containsKey(key))
        .forEach(limits::refuseBoth);
    own.objects().values().forEach(limits::add);
    own.alternatives().forEach(limits::add);
    return new DesiredState(
        declared.mesh(), cluster, applySet, limits.here, limits.refused, limits.alternatives);
  }

  /** An object that goes to some control plane clusters only; others may have another content. */
  private record Narrowed(DesiredObject object, Set<String> clusters) {}

  /** What a cluster takes of what is meant for it. */
  private static final class Limits {
    private final MeshCluster cluster;
    private final Map<ResourceKey, DesiredObject> here = new HashMap<>();
    private final Map<ResourceKey, String> refused;
    private final List<Alternative> alternatives = new ArrayList<>();

    Limits(MeshCluster cluster, Map<ResourceKey, String> withheld) {
      this.cluster = cluster;
      this.refused = new HashMap<>(withheld);
    }

    void add(DesiredObject object) {
      if (refused(object.key())) {
        return;
      }
      here.put(object.key(), object);
    }

    void add(Alternative alternative) {
      boolean none = false;
      for (ResourceKey key : alternative.served().keySet()) {
        none |= refused(key);
      }
      for (ResourceKey key : alternative.otherwise().keySet()) {
        none |= refused(key);
      }
      if (!none) {
        alternatives.add(alternative);
      }
    }

    private boolean refused(ResourceKey key) {
      if (refused.containsKey(key)) {
        return true;
      }
      String namespace = key.groupKind().equals(NAMESPACE) ? key.name() : key.namespace();
      boolean sees =
          cluster.namespaces().isEmpty()
              || (cluster.namespaces().contains(namespace) && !key.groupKind().equals(NAMESPACE));
      if (!sees) {
        refused.put(
            key,
            "cluster "
                + cluster.name()
                + " is limited to the namespaces "
                + String.join(", ", cluster.namespaces())
                + (key.groupKind().equals(NAMESPACE)
                    ? " and its credential can't change namespaces themselves; choose other"
                        + " clusters"
                    : "; add '" + namespace + "' to its spec.namespaces"));
      }
      return !sees;
    }

    void refuseBoth(ResourceKey key) {
      here.remove(key);
      refused.put(
          key, key + " is declared, and a MeshGateway stands for it as well; rename one of them");
    }
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
