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
import io.meshkeel.model.Moves;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Istio configuration where it is found: every istiod reads its own cluster alone ({@code
 * pilot/pkg/bootstrap/configcontroller.go} of istio/istio, release 1.31), so that control plane
 * clusters must hold the same, and a data plane cluster holds it for nobody. WorkloadEntries are
 * each cluster's own. Told of an object, the declared one where there is one: {@code unequal}
 * {@code {path, what, clusters}} and {@code idle} {@code {path, kind}}.
 *
 * <p>Kept from one revision to the next; for one thread.
 */
final class FoundConfiguration {
  private static final Set<GroupKind> LOCAL =
      Set.of(new GroupKind("networking.istio.io", "WorkloadEntry"));
  private static final String CLUSTERS = "meshkeel.io/clusters";

  private static final SourceFile NO_FILE = new SourceFile("", "", 0);

  /** Kinds that control plane clusters must hold alike. */
  private static final Set<GroupKind> SHARED = shared();

  /** More changes than these cost more one by one than everything anew. */
  private static final int MOST_CHANGES = 2_000;

  private MeshDeclarations mesh;
  private boolean complete;
  private List<ClusterInventory> held = List.of();
  private List<ClusterInventory> controlPlanes = List.of();

  /** Clusters of which files written by hand hold some configuration, and so all of it. */
  private Set<ClusterName> written = Set.of();

  private final Map<ResourceKey, Declaration> declared = new HashMap<>();
  private final Map<ResourceKey, List<Object>> unequal = new HashMap<>();

  /** What is told of objects that are found and not declared. */
  private final TreeMap<ResourceKey, Told> differing = new TreeMap<>();

  private final TreeMap<ClusterName, TreeMap<ResourceKey, Told>> idle = new TreeMap<>();
  private final Map<ClusterName, TreeMap<ResourceKey, Declaration>> undeclared = new HashMap<>();

  private record Told(Subject subject, Slice slice) {}

  private FoundConfiguration(MeshDeclarations mesh, Evidence evidence) {
    this.mesh = mesh;
    makeAnew(mesh, evidence);
  }

  /**
   * @param before goes on, and is given back; where single objects changed in clusters that are
   *     known in full, only these are looked at
   * @param evidence what the clusters hold
   */
  static FoundConfiguration of(
      Optional<FoundConfiguration> before, MeshDeclarations mesh, Evidence evidence) {
    before.ifPresent(found -> found.become(mesh, evidence));
    return before.orElseGet(() -> new FoundConfiguration(mesh, evidence));
  }

  private static Set<GroupKind> shared() {
    Set<GroupKind> kinds = new TreeSet<>(ObservedKinds.ISTIO);
    kinds.addAll(ObservedKinds.GATEWAY_API);
    kinds.removeAll(LOCAL);
    return Collections.unmodifiableSet(kinds);
  }

  private void become(MeshDeclarations now, Evidence evidence) {
    Optional<Set<ResourceKey>> changed =
        complete && evidence.complete() && goesOn(now)
            ? changed(now, held(now, evidence))
            : Optional.empty();
    if (changed.isEmpty()) {
      makeAnew(now, evidence);
      return;
    }
    take(now, evidence);
    changed.get().forEach(this::look);
  }

  private boolean goesOn(MeshDeclarations now) {
    return now.mesh().equals(mesh.mesh()) && now.clusters().equals(mesh.clusters());
  }

  private Optional<Set<ResourceKey>> changed(MeshDeclarations now, List<ClusterInventory> after) {
    if (held.size() != after.size()) {
      return Optional.empty();
    }
    Set<ResourceKey> keys = new HashSet<>();
    for (int i = 0; i < after.size(); i++) {
      Optional<Set<ResourceKey>> found = held.get(i).difference(after.get(i), MOST_CHANGES);
      if (found.isEmpty()) {
        return found;
      }
      keys.addAll(found.get());
    }
    Moves moves = Moves.of(mesh.objects(), now.objects());
    List<Declaration> gone = moves.gone().stream().map(mesh.objects()::get).toList();
    List<Declaration> came = moves.came().stream().map(now.objects()::get).toList();
    // Of one object there may be several that are narrowed to clusters of their own.
    if (Stream.concat(gone.stream(), came.stream()).anyMatch(FoundConfiguration::isNarrowed)) {
      return Optional.empty();
    }
    gone.forEach(object -> {
      keys.add(object.manifest().key());
      declared.remove(object.manifest().key(), object);
    });
    came.forEach(object -> {
      keys.add(object.manifest().key());
      declared.put(object.manifest().key(), object);
    });
    return Optional.of(keys);
  }

  private void take(MeshDeclarations now, Evidence evidence) {
    mesh = now;
    complete = evidence.complete();
    held = held(now, evidence);
    Set<ClusterName> configured =
        now.clusters().stream()
            .filter(cluster -> cluster.role() == MeshCluster.Role.CONTROL_PLANE)
            .map(MeshCluster::name)
            .collect(Collectors.toSet());
    controlPlanes = held.stream().filter(one -> configured.contains(one.cluster())).toList();
    written =
        complete
            ? Set.of()
            : controlPlanes.stream()
                .filter(one -> SHARED.stream().anyMatch(kind -> !one.of(kind).isEmpty()))
                .map(ClusterInventory::cluster)
                .collect(Collectors.toSet());
  }

  private static List<ClusterInventory> held(MeshDeclarations mesh, Evidence evidence) {
    List<ClusterInventory> held = new ArrayList<>();
    for (MeshCluster cluster : mesh.clusters()) {
      evidence.inventory().of(cluster.name()).ifPresent(held::add);
    }
    return held;
  }

  private void makeAnew(MeshDeclarations now, Evidence evidence) {
    take(now, evidence);
    declared.clear();
    unequal.clear();
    differing.clear();
    idle.clear();
    undeclared.clear();
    now.objects().forEach(object -> declared.put(object.manifest().key(), object));
    Set<GroupKind> kinds = new TreeSet<>(SHARED);
    kinds.addAll(LOCAL);
    for (GroupKind kind : kinds) {
      TreeSet<ResourceKey> keys = new TreeSet<>();
      held.forEach(one -> one.of(kind).forEach(object -> keys.add(object.key())));
      keys.forEach(this::look);
    }
  }

  /** What is told of declared objects. */
  Map<ResourceKey, List<Object>> unequal() {
    return unequal;
  }

  /** What is told of objects that are found and not declared, in a fixed order; a new map. */
  Map<Subject, Slice> others() {
    Map<Subject, Slice> others = new LinkedHashMap<>();
    differing.values().forEach(told -> others.put(told.subject(), told.slice()));
    idle.values()
        .forEach(all -> all.values().forEach(told -> others.put(told.subject(), told.slice())));
    return others;
  }

  /**
   * Istio objects that somebody else keeps in the configuration cluster: istiod reads them too, and
   * no rule is asked about them. Of one that is still there, the same instance.
   *
   * @param configuration the cluster whose Istio configuration counts
   */
  Collection<Declaration> undeclared(ClusterName configuration) {
    return undeclared.getOrDefault(configuration, new TreeMap<>()).values();
  }

  /** Tells anew of one object. */
  private void look(ResourceKey key) {
    GroupKind kind = key.groupKind();
    if (!SHARED.contains(kind) && !LOCAL.contains(kind)) {
      return;
    }
    unequal.remove(key);
    differing.remove(key);
    for (ClusterInventory one : held) {
      Optional<Manifest> object = one.get(key);
      lookForUndeclared(one.cluster(), key, object);
      lookForIdle(one.cluster(), key, object.isPresent());
    }
    if (!LOCAL.contains(kind)) {
      List<ClusterInventory> looked =
          controlPlanes.stream()
              .filter(one -> complete ? one.knows(kind) : written.contains(one.cluster()))
              .toList();
      if (looked.size() > 1) {
        compare(key, looked);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // What was seen anew may be another thing.
  private void lookForUndeclared(ClusterName cluster, ResourceKey key, Optional<Manifest> object) {
    TreeMap<ResourceKey, Declaration> all =
        undeclared.computeIfAbsent(cluster, name -> new TreeMap<>());
    if (object.isEmpty() || declared.containsKey(key) || Overlay.isOurs(object.get())) {
      all.remove(key);
      return;
    }
    Declaration known = all.get(key);
    if (known == null || known.manifest() != object.get()) {
      all.put(
          key,
          new Declaration(object.get(), mesh.mesh().name(), NO_FILE, 0, mesh.mesh().position()));
    }
  }

  private void lookForIdle(ClusterName cluster, ResourceKey key, boolean there) {
    boolean forNobody =
        there
            && ObservedKinds.ISTIO.contains(key.groupKind())
            && !LOCAL.contains(key.groupKind())
            && controlPlanes.stream().noneMatch(one -> one.cluster().equals(cluster));
    if (forNobody) {
      Slice slice = new Slice();
      slice.put("idle", List.of(Map.of("path", List.of(), "kind", key.kind())));
      idle.computeIfAbsent(cluster, name -> new TreeMap<>())
          .put(key, new Told(Subject.found(cluster, key), slice));
    } else {
      idle.getOrDefault(cluster, new TreeMap<>()).remove(key);
    }
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
      Slice slice = new Slice();
      slice.put("unequal", List.of(Map.copyOf(fact)));
      differing.put(key, new Told(Subject.found(where, key), slice));
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
