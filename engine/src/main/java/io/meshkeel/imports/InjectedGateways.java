package io.meshkeel.imports;

import io.meshkeel.desired.Labels;
import io.meshkeel.kube.Kinds;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gateways whose pods istiod's webhook completes: several objects of Kubernetes with one name. They
 * become a {@code MeshGateway} if that renders exactly what is there; else they stay with whoever
 * installed them.
 */
final class InjectedGateways {
  private final ImportRequest request;
  private final Footing footing;
  private final Names names;
  private final Consumer<ImportEntry> report;
  private final Function<Draft, Optional<String>> objection;
  private final Map<String, Set<ResourceKey>> claimed = new HashMap<>();
  private final Map<ClusterName, Set<ResourceKey>> placed = new TreeMap<>();

  /**
   * @param objection what the plan has against a draft; empty if it only takes over
   */
  InjectedGateways(
      ImportRequest request,
      Footing footing,
      Names names,
      Consumer<ImportEntry> report,
      Function<Draft, Optional<String>> objection) {
    this.request = request;
    this.footing = footing;
    this.names = names;
    this.report = report;
    this.objection = objection;
  }

  /** The gateways that can be declared. */
  List<Draft> drafts() {
    Map<ResourceKey, Map<Map<String, Object>, List<ClusterName>>> found = new TreeMap<>();
    Map<ResourceKey, Set<String>> keepers = new HashMap<>();
    for (ClusterName name : footing.all()) {
      ClusterInventory cluster = request.inventory().of(name).orElseThrow();
      for (Manifest deployment : cluster.of(ObservedKinds.DEPLOYMENT)) {
        if (InjectedShape.is(deployment) && mayBeDeclared(deployment, cluster, keepers)) {
          found
              .computeIfAbsent(deployment.key(), _ -> new LinkedHashMap<>())
              .computeIfAbsent(
                  InjectedShape.of(deployment, cluster, footing.revision()), _ -> new ArrayList<>())
              .add(name);
        }
      }
    }
    List<Draft> drafts = new ArrayList<>();
    found.forEach((key, shapes) -> {
      Set<String> who = keepers.getOrDefault(key, Set.of());
      shapes.forEach((spec, clusters) -> draft(key, spec, clusters, who).ifPresent(drafts::add));
    });
    return drafts;
  }

  /** The objects that these gateways consist of, by the paths of their drafts. */
  Map<String, Set<ResourceKey>> claimed() {
    return Map.copyOf(claimed);
  }

  /** The same, by the clusters that they are in. */
  Map<ClusterName, Set<ResourceKey>> placed() {
    return Map.copyOf(placed);
  }

  private boolean mayBeDeclared(
      Manifest deployment, ClusterInventory cluster, Map<ResourceKey, Set<String>> keepers) {
    Set<String> who = new TreeSet<>();
    boolean others = false;
    for (Manifest part : parts(deployment, cluster)) {
      Keeper.of(part, footing.mesh()).ifPresent(who::add);
      others |= Keeper.isOtherSet(part, footing.mesh());
    }
    if (!who.isEmpty() && (!request.includeManaged() || others)) {
      report(
          ImportEntry.Sort.MANAGED,
          deployment.key(),
          List.of(cluster.cluster()),
          String.join("; ", who));
      return false;
    }
    keepers.computeIfAbsent(deployment.key(), _ -> new TreeSet<>()).addAll(who);
    List<GroupKind> unknown =
        Kinds.RENDERED.stream().filter(kind -> !cluster.knows(kind)).sorted().toList();
    if (!unknown.isEmpty()) {
      leftOut(
          deployment.key(),
          List.of(cluster.cluster()),
          "not all that it consists of was looked at: "
              + String.join(", ", unknown.stream().map(GroupKind::toString).toList())
              + "; grant the right to list them, or take a new snapshot");
      return false;
    }
    Optional<String> scaler = foreignScaler(deployment, cluster);
    scaler.ifPresent(name ->
        leftOut(
            deployment.key(),
            List.of(cluster.cluster()),
            "its HorizontalPodAutoscaler is called "
                + name
                + ", and that of a MeshGateway is called as the gateway: both would scale it"));
    return scaler.isEmpty();
  }

  private static List<Manifest> parts(Manifest deployment, ClusterInventory cluster) {
    List<Manifest> parts = new ArrayList<>();
    for (GroupKind kind : Kinds.RENDERED) {
      cluster.get(InjectedShape.part(deployment.key(), kind)).ifPresent(parts::add);
    }
    return parts;
  }

  /** An autoscaler of this Deployment that a MeshGateway would not render. */
  private static Optional<String> foreignScaler(Manifest deployment, ClusterInventory cluster) {
    return cluster.of(ObservedKinds.AUTOSCALER).stream()
        .filter(scaler -> scaler.key().namespace().equals(deployment.key().namespace()))
        .filter(scaler -> !scaler.key().name().equals(deployment.key().name()))
        .filter(scaler -> {
          Map<String, Object> target = JsonTree.map(scaler.spec(), "scaleTargetRef");
          return "Deployment".equals(target.get("kind"))
              && deployment.key().name().equals(target.get("name"));
        })
        .map(scaler -> scaler.key().name())
        .findFirst();
  }

  private Optional<Draft> draft(
      ResourceKey key, Map<String, Object> shape, List<ClusterName> clusters, Set<String> who) {
    String name = key.name();
    if (!names.free("MeshGateway", name)) {
      leftOut(
          key,
          clusters,
          "another MeshGateway has this name already; its namespace or its settings differ, and a"
              + " MeshGateway is the same in all its clusters");
      return Optional.empty();
    }
    Map<String, Object> spec = new HashMap<>(shape);
    spec.put("clusters", clusters.stream().map(ClusterName::value).toList());
    Map<String, Object> document = new HashMap<>(OwnDraft.document("MeshGateway", name, spec));
    if (request.adoption() == ImportRequest.Adoption.objects) {
      document.put("metadata", Map.of("name", name, "annotations", Map.of(Labels.ADOPT, "true")));
    }
    List<String> comments = new ArrayList<>();
    comments.add(
        "Renders the Deployment "
            + key.namespace()
            + "/"
            + name
            + ", its Service, account, Role, RoleBinding and bounds as they are there.");
    who.forEach(keeper ->
        comments.add(
            "Managed by " + keeper + ": have that let go of it before Meshkeel applies this."));
    Draft draft =
        new Draft(
            names.path("gateways/", name),
            key,
            List.of(OwnDraft.part(document, clusters, comments)));
    Optional<String> against = objection.apply(draft);
    if (against.isPresent()) {
      leftOut(
          key,
          clusters,
          "a gateway by injection that no MeshGateway renders exactly so: "
              + against.get()
              + "; leave it to whoever installs it, or declare a MeshGateway by hand");
      return Optional.empty();
    }
    names.unique("MeshGateway", name);
    Set<ResourceKey> parts = new HashSet<>();
    Kinds.RENDERED.forEach(kind -> parts.add(InjectedShape.part(key, kind)));
    if ("EastWest".equals(shape.get("type"))) {
      parts.add(
          new ResourceKey(
              "networking.istio.io", "Gateway", key.namespace(), name + "-cross-network"));
    }
    claimed.put(draft.path(), parts);
    clusters.forEach(
        cluster -> placed.computeIfAbsent(cluster, _ -> new HashSet<>()).addAll(parts));
    return Optional.of(draft);
  }

  private void leftOut(ResourceKey key, List<ClusterName> clusters, String why) {
    report(ImportEntry.Sort.LEFT_OUT, key, clusters, why);
  }

  private void report(
      ImportEntry.Sort sort, ResourceKey key, List<ClusterName> clusters, String why) {
    report.accept(new ImportEntry(sort, key, clusters, why));
  }
}
