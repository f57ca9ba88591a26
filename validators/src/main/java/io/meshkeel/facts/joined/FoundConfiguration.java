package io.meshkeel.facts.joined;

import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Istio configuration where it is found: every istiod reads its own cluster alone ({@code
 * pilot/pkg/bootstrap/configcontroller.go} of istio/istio, release 1.31), so that control plane
 * clusters must hold the same, and a data plane cluster holds it for nobody. WorkloadEntries are
 * each cluster's own. Told of an object, the declared one where there is one: {@code unequal}
 * {@code {path, what, clusters}} and {@code idle} {@code {path, kind}}.
 */
final class FoundConfiguration {
  private static final Set<GroupKind> LOCAL =
      Set.of(new GroupKind("networking.istio.io", "WorkloadEntry"));
  private static final String CLUSTERS = "meshkeel.io/clusters";

  private static final SourceFile NO_FILE = new SourceFile("", "", 0);

  private final MeshDeclarations mesh;
  private final Map<ClusterName, ClusterInventory> found = new HashMap<>();
  private final boolean complete;
  private final Map<Subject, Slice> others = new LinkedHashMap<>();
  private final Map<ResourceKey, Declaration> declared = new HashMap<>();
  private final Map<ResourceKey, List<Object>> unequal = new HashMap<>();

  /**
   * @param evidence what the clusters hold
   */
  FoundConfiguration(MeshDeclarations mesh, Evidence evidence) {
    this.mesh = mesh;
    this.complete = evidence.complete();
    for (MeshCluster cluster : mesh.clusters()) {
      evidence.inventory().of(cluster.name()).ifPresent(held -> found.put(cluster.name(), held));
    }
    mesh.objects().forEach(object -> declared.put(object.manifest().key(), object));
    compareAll();
    for (MeshCluster cluster : mesh.clusters()) {
      ClusterInventory held = found.get(cluster.name());
      if (cluster.role() == MeshCluster.Role.DATA_PLANE && held != null) {
        idle(held);
      }
    }
  }

  /** What is told of declared objects. */
  Map<ResourceKey, List<Object>> unequal() {
    return unequal;
  }

  /** What is told of objects that are found and not declared. */
  Map<Subject, Slice> others() {
    return others;
  }

  /**
   * Istio objects that somebody else keeps in the configuration cluster: istiod reads them too, and
   * no rule is asked about them.
   *
   * @param configuration the cluster whose Istio configuration counts
   */
  List<Declaration> undeclared(ClusterName configuration) {
    ClusterInventory held = found.get(configuration);
    List<Declaration> undeclared = new ArrayList<>();
    if (held == null) {
      return undeclared;
    }
    Set<GroupKind> kinds = new TreeSet<>(ObservedKinds.ISTIO);
    kinds.addAll(ObservedKinds.GATEWAY_API);
    for (GroupKind kind : kinds) {
      for (Manifest object : held.of(kind)) {
        if (!declared.containsKey(object.key()) && !Overlay.isOurs(object)) {
          undeclared.add(
              new Declaration(object, mesh.mesh().name(), NO_FILE, 0, mesh.mesh().position()));
        }
      }
    }
    return undeclared;
  }

  private void idle(ClusterInventory held) {
    for (GroupKind kind : ObservedKinds.ISTIO) {
      if (!LOCAL.contains(kind)) {
        for (Manifest object : held.of(kind)) {
          of(Subject.found(held.cluster(), object.key()))
              .put("idle", List.of(Map.of("path", List.of(), "kind", object.key().kind())));
        }
      }
    }
  }

  private Slice of(Subject subject) {
    return others.computeIfAbsent(subject, s -> new Slice());
  }

  private void compareAll() {
    List<ClusterInventory> held = new ArrayList<>();
    for (MeshCluster cluster : mesh.clusters()) {
      ClusterInventory looked = found.get(cluster.name());
      if (cluster.role() == MeshCluster.Role.CONTROL_PLANE && looked != null) {
        held.add(looked);
      }
    }
    if (held.size() < 2) {
      return;
    }
    Set<GroupKind> kinds = new TreeSet<>(ObservedKinds.ISTIO);
    kinds.addAll(ObservedKinds.GATEWAY_API);
    kinds.removeAll(LOCAL);
    for (GroupKind kind : kinds) {
      List<ClusterInventory> looked =
          held.stream().filter(one -> complete ? one.knows(kind) : holdsSome(one, kinds)).toList();
      TreeSet<ResourceKey> keys = new TreeSet<>();
      looked.forEach(one -> one.of(kind).forEach(object -> keys.add(object.key())));
      if (looked.size() > 1) {
        keys.forEach(key -> compare(key, looked));
      }
    }
  }

  /** Who writes down some configuration of a cluster by hand writes down all of it. */
  private static boolean holdsSome(ClusterInventory held, Set<GroupKind> kinds) {
    return kinds.stream().anyMatch(kind -> !held.of(kind).isEmpty());
  }

  private void compare(ResourceKey key, List<ClusterInventory> looked) {
    Declaration own = declared.get(key);
    Map<Object, List<String>> variants = new LinkedHashMap<>();
    for (ClusterInventory held : looked) {
      Manifest object = held.get(key).orElse(null);
      if (object == null) {
        // What the revision declares comes to be there.
        if (own == null) {
          variants.computeIfAbsent("", v -> new ArrayList<>()).add(held.cluster().value());
        }
        continue;
      }
      if (object.annotations().containsKey(CLUSTERS) || (own == null && Overlay.isOurs(object))) {
        return;
      }
      variants.computeIfAbsent(object.spec(), v -> new ArrayList<>()).add(held.cluster().value());
    }
    if (variants.size() < 2 || (own != null && isNarrowed(own))) {
      return;
    }
    List<String> missing = variants.getOrDefault("", List.of());
    List<String> clusters = new ArrayList<>();
    variants.values().stream()
        .sorted((one, other) -> other.size() - one.size())
        .forEach(clusters::addAll);
    String odd = clusters.getLast();
    Map<String, Object> fact = new TreeMap<>();
    List<List<Object>> places = missing.isEmpty() ? places(variants.keySet()) : List.of();
    List<Object> path = new ArrayList<>(List.of("spec"));
    path.addAll(Difference.common(places));
    fact.put("path", List.copyOf(path));
    fact.put(
        "what",
        missing.isEmpty()
            ? fields(places) + " differs between clusters " + String.join(", ", clusters)
            : "cluster " + String.join(", ", missing) + " lacks it");
    fact.put("clusters", clusters.stream().filter(name -> !name.equals(odd)).toList());
    fact.put("id", key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name());
    fact.put("kind", key.groupKind().toString());
    ClusterName where =
        new ClusterName(
            looked.stream()
                .filter(held -> held.get(key).isPresent())
                .map(held -> held.cluster().value())
                .reduce((first, second) -> second)
                .orElse(odd));
    if (own != null) {
      unequal.put(key, List.of(Map.copyOf(fact)));
    } else {
      of(Subject.found(where, key)).put("unequal", List.of(Map.copyOf(fact)));
    }
  }

  /** Where the shapes of one object differ from the first. */
  private static List<List<Object>> places(Set<Object> shapes) {
    Object first = shapes.iterator().next();
    return shapes.stream()
        .flatMap(shape -> Difference.of(first, shape).stream())
        .distinct()
        .toList();
  }

  private static String fields(List<List<Object>> places) {
    String named =
        places.stream()
            .limit(MeshFacts.MAX_RELATED)
            .map(place -> {
              List<Object> path = new ArrayList<>(List.of("spec"));
              path.addAll(place);
              return new JsonPath(path).toString();
            })
            .collect(Collectors.joining(", "));
    return places.size() > MeshFacts.MAX_RELATED ? named + " and more" : named;
  }

  private static boolean isNarrowed(Declaration own) {
    return !Labels.of(JsonTree.map(own.manifest().metadata(), "annotations"))
        .getOrDefault(CLUSTERS, "")
        .isBlank();
  }
}
