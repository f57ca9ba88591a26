package io.meshkeel.imports;

import io.meshkeel.desired.Labels;
import io.meshkeel.kube.Kinds;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.SchemaCheck;
import io.meshkeel.policy.schema.SchemaViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Istio and Gateway API objects as they are. */
final class PlainObjects {
  private final ImportRequest request;
  private final Footing footing;
  private final SchemaCheck schema;
  private final Names names;
  private final Consumer<ImportEntry> report;

  PlainObjects(ImportRequest request, Footing footing, Names names, Consumer<ImportEntry> report) {
    this.request = request;
    this.footing = footing;
    this.schema = footing.schema();
    this.names = names;
    this.report = report;
  }

  /** An object as one or more clusters hold it. */
  private record Variant(Cleaned cleaned, List<String> keepers) {}

  List<Draft> drafts() {
    Map<ResourceKey, Map<ClusterName, Variant>> found = new TreeMap<>();
    for (GroupKind kind : configuration()) {
      for (ClusterName name : footing.all()) {
        for (Manifest object : inventory(name).of(kind)) {
          if (footing.controlPlanes().contains(name)) {
            variant(object, name)
                .ifPresent(variant ->
                    found.computeIfAbsent(object.key(), _ -> new TreeMap<>()).put(name, variant));
          } else {
            inDataPlane(object, name);
          }
        }
      }
    }
    List<Draft> drafts = new ArrayList<>();
    found.forEach((key, variants) -> drafts.add(draft(key, variants)));
    return drafts;
  }

  static List<GroupKind> configuration() {
    return Stream.concat(Kinds.ISTIO.stream(), Kinds.GATEWAY.stream()).sorted().toList();
  }

  private ClusterInventory inventory(ClusterName name) {
    return request.inventory().of(name).orElseThrow();
  }

  private void inDataPlane(Manifest object, ClusterName cluster) {
    boolean heard = object.key().kind().equals("WorkloadEntry");
    leftOut(
        ImportEntry.Sort.LEFT_OUT,
        object,
        cluster,
        heard
            ? "istiod reads it in this data plane cluster, where Meshkeel writes no configuration"
            : "it has no effect in a data plane cluster: no istiod reads it there");
  }

  private Optional<Variant> variant(Manifest object, ClusterName cluster) {
    Optional<String> keeper = Keeper.of(object, footing.mesh());
    if (keeper.isPresent()
        && (!request.includeManaged() || Keeper.isOtherSet(object, footing.mesh()))) {
      leftOut(ImportEntry.Sort.MANAGED, object, cluster, keeper.get());
      return Optional.empty();
    }
    if (object.metadata().containsKey("deletionTimestamp")) {
      leftOut(ImportEntry.Sort.LEFT_OUT, object, cluster, "it is being deleted");
      return Optional.empty();
    }
    Cleaned cleaned = Cleaned.of(object, schema);
    List<SchemaViolation> violations = cleaned.violations(schema);
    if (!violations.isEmpty()) {
      SchemaViolation first = violations.getFirst();
      leftOut(
          ImportEntry.Sort.LEFT_OUT,
          object,
          cluster,
          "its schema (Istio "
              + footing.version()
              + ") refuses it: "
              + first.path()
              + ": "
              + first.message());
      return Optional.empty();
    }
    return Optional.of(new Variant(cleaned, keeper.map(who -> List.of(who)).orElse(List.of())));
  }

  private void leftOut(ImportEntry.Sort sort, Manifest object, ClusterName cluster, String why) {
    report.accept(new ImportEntry(sort, object.key(), List.of(cluster), why));
  }

  private Draft draft(ResourceKey key, Map<ClusterName, Variant> variants) {
    Map<Map<String, Object>, List<ClusterName>> contents = new LinkedHashMap<>();
    variants.forEach((cluster, variant) ->
        contents
            .computeIfAbsent(comparable(variant.cleaned().manifest()), _ -> new ArrayList<>())
            .add(cluster));
    List<String> sides = Sides.of(contents);
    List<Draft.Part> parts = new ArrayList<>();
    contents
        .values()
        .forEach(clusters -> {
          List<Variant> same = clusters.stream().flatMap(c -> of(variants, c)).toList();
          parts.add(part(key, same, clusters, contents.size(), sides));
        });
    return new Draft(names.plain(key), key, parts);
  }

  private static Stream<Variant> of(Map<ClusterName, Variant> variants, ClusterName cluster) {
    return Stream.ofNullable(variants.get(cluster));
  }

  /** All versions of an Istio kind mean the same. */
  private static Map<String, Object> comparable(Manifest object) {
    Map<String, Object> content = new HashMap<>(object.content());
    content.remove("apiVersion");
    return content;
  }

  private Draft.Part part(
      ResourceKey key,
      List<Variant> same,
      List<ClusterName> clusters,
      int contents,
      List<String> sides) {
    boolean everywhere = clusters.size() == footing.controlPlanes().size();
    List<String> comments = new ArrayList<>();
    if (contents > 1) {
      comments.add(
          "As in " + OwnDraft.names(clusters) + ". The control planes differ, side by side:");
      sides.forEach(side -> comments.add("  " + side));
    } else if (!everywhere) {
      comments.add("Only in " + OwnDraft.names(clusters) + "." + unknown(key));
    }
    Set<String> omitted = new LinkedHashSet<>();
    Set<String> keepers = new LinkedHashSet<>();
    same.forEach(variant -> {
      omitted.addAll(variant.cleaned().omitted());
      keepers.addAll(variant.keepers());
    });
    if (!omitted.isEmpty()) {
      comments.add("Left out: " + String.join("; ", omitted) + ".");
    }
    keepers.forEach(keeper ->
        comments.add(
            "Managed by " + keeper + ": have that let go of it before Meshkeel applies this."));
    String why =
        contents > 1
            ? String.join("; ", sides)
            : everywhere ? "" : "the other control planes don't hold it";
    return new Draft.Part(
        annotated(same.getFirst().cleaned().manifest(), everywhere ? List.of() : clusters),
        comments,
        everywhere ? ImportEntry.Sort.WRITTEN : ImportEntry.Sort.DIFFERS,
        clusters,
        why);
  }

  private String unknown(ResourceKey key) {
    List<ClusterName> unseen =
        footing.controlPlanes().stream()
            .filter(cluster -> !inventory(cluster).knows(key.groupKind()))
            .toList();
    return unseen.isEmpty()
        ? ""
        : " Not known of " + OwnDraft.names(unseen) + ": this kind could not be read there.";
  }

  private Map<String, Object> annotated(Manifest object, List<ClusterName> clusters) {
    Map<String, Object> annotations = new HashMap<>(object.annotations());
    if (!clusters.isEmpty()) {
      annotations.put(
          Labels.CLUSTERS, String.join(",", clusters.stream().map(ClusterName::value).toList()));
    }
    if (request.adoption() == ImportRequest.Adoption.objects) {
      annotations.put(Labels.ADOPT, "true");
    }
    Map<String, Object> metadata = new HashMap<>(object.metadata());
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    Map<String, Object> content = new HashMap<>(object.content());
    content.put("metadata", metadata);
    return content;
  }
}
