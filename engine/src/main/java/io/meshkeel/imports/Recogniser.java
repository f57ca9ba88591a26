package io.meshkeel.imports;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds settings of Istio in objects that aren't Istio's own, and writes them as declarations of
 * own kinds: one file per object, one document per distinct setting.
 */
abstract class Recogniser {
  /** Namespaces that no own kind may name. */
  static final Set<String> SYSTEM =
      Set.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");

  private final ImportRequest request;
  final Footing footing;
  final Names names;
  private final Consumer<ImportEntry> report;

  Recogniser(ImportRequest request, Footing footing, Names names, Consumer<ImportEntry> report) {
    this.request = request;
    this.footing = footing;
    this.names = names;
    this.report = report;
  }

  /** What is found of one object in one cluster. */
  record Found(Map<String, Object> spec, List<String> comments) {}

  /** The own kind. */
  abstract String kind();

  /** Its folder, with a slash behind. */
  abstract String folder();

  /** What the object is called in names. */
  abstract String name(ResourceKey key);

  /** The settings of an object; empty if it has none. */
  abstract Optional<Found> find(Manifest object);

  List<Draft> drafts(List<GroupKind> kinds) {
    Map<ResourceKey, Map<Found, List<ClusterName>>> found = new TreeMap<>();
    for (ClusterName name : footing.all()) {
      ClusterInventory cluster = request.inventory().of(name).orElseThrow();
      for (GroupKind kind : kinds) {
        for (Manifest object : cluster.of(kind)) {
          find(object)
              .filter(_ -> mayBeDeclared(object, name))
              .ifPresent(each ->
                  found
                      .computeIfAbsent(object.key(), _ -> new LinkedHashMap<>())
                      .computeIfAbsent(each, _ -> new ArrayList<>())
                      .add(name));
        }
      }
    }
    List<Draft> drafts = new ArrayList<>();
    found.forEach((key, settings) -> drafts.add(draft(key, settings)));
    return drafts;
  }

  private boolean mayBeDeclared(Manifest object, ClusterName cluster) {
    Optional<String> keeper = Keeper.of(object, footing.mesh());
    boolean declared =
        keeper.isEmpty()
            || (request.includeManaged() && !Keeper.isOtherSet(object, footing.mesh()));
    if (!declared) {
      leftOut(ImportEntry.Sort.MANAGED, object, cluster, keeper.orElseThrow());
    }
    return declared;
  }

  final void leftOut(ImportEntry.Sort sort, Manifest object, ClusterName cluster, String why) {
    report.accept(new ImportEntry(sort, object.key(), List.of(cluster), why));
  }

  private Draft draft(ResourceKey key, Map<Found, List<ClusterName>> settings) {
    List<Draft.Part> parts = new ArrayList<>();
    settings.forEach((each, clusters) -> {
      String wanted = name(key) + (parts.isEmpty() ? "" : "-" + clusters.getFirst());
      List<String> comments = new ArrayList<>();
      if (settings.size() > 1) {
        comments.add("So in " + OwnDraft.names(clusters) + "; not the same in other clusters.");
      }
      comments.addAll(each.comments());
      parts.add(
          OwnDraft.part(
              OwnDraft.document(
                  kind(),
                  names.unique(kind(), wanted),
                  OwnDraft.chosen(each.spec(), footing, clusters)),
              clusters,
              comments));
    });
    return new Draft(names.path(folder(), name(key)), key, parts);
  }
}
