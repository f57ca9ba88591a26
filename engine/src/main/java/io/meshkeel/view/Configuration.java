package io.meshkeel.view;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Module {@code config}: every Istio and Gateway API object, declared or found. */
final class Configuration {
  private static final Comparator<ConfigRow> ORDER =
      Comparator.comparing(ConfigRow::cluster)
          .thenComparing(ConfigRow::namespace)
          .thenComparing(ConfigRow::kind)
          .thenComparing(ConfigRow::name);

  private final Scene scene;
  private final Map<ResourceKey, Integer> findings = new HashMap<>();
  private final List<ConfigRow> rows = new ArrayList<>();

  private Configuration(Scene scene) {
    this.scene = scene;
    for (Finding finding : scene.findings()) {
      if (finding.resource() != null) {
        findings.merge(finding.resource(), 1, Integer::sum);
      }
    }
  }

  static List<ConfigRow> rows(Scene scene) {
    return new Configuration(scene).rows();
  }

  private List<ConfigRow> rows() {
    Map<ClusterName, DesiredState> desired =
        scene.declared().map(mesh -> new DesiredStates().of(mesh)).orElse(Map.of());
    Set<String> governed = scene.governed();
    for (SceneCluster cluster : scene.clusters()) {
      Set<ResourceKey> told = new HashSet<>();
      DesiredState state = desired.get(cluster.name());
      if (state != null) {
        state.settled(cluster::knows).objects().values().stream()
            .filter(object -> Scene.isConfiguration(object.key().groupKind()))
            .forEach(object -> {
              told.add(object.key());
              declared(cluster, object);
            });
        new TreeMap<>(state.withheld())
            .forEach((key, why) -> {
              told.add(key);
              row(cluster, key, ConfigRow.State.WITHHELD, List.of(), "", why);
            });
      }
      for (GroupKind kind : ObservedKinds.sorted()) {
        if (Scene.isConfiguration(kind)) {
          cluster.of(kind).stream()
              .filter(object -> !told.contains(object.key()))
              .forEach(object -> found(cluster, object, governed));
        }
      }
    }
    rows.sort(ORDER);
    return rows;
  }

  private void declared(SceneCluster cluster, DesiredObject object) {
    ResourceKey key = object.key();
    String effect = Effect.of(object.manifest(), scene.spec());
    if (!cluster.knows(key.groupKind())) {
      row(
          cluster,
          key,
          ConfigRow.State.UNKNOWN,
          List.of(),
          effect,
          "the cluster was not asked for " + key.groupKind());
      return;
    }
    Manifest there = cluster.seen().flatMap(seen -> seen.get(key)).orElse(null);
    if (there == null) {
      row(
          cluster,
          key,
          ConfigRow.State.MISSING,
          List.of(),
          effect,
          "declared, and not in the cluster");
      return;
    }
    List<String> differences =
        Comparison.of(object.manifest(), live(there)).stream()
            .map(difference -> difference.path().toString())
            .toList();
    Object partOf = object.manifest().labels().get(Labels.PART_OF);
    if (partOf != null && !partOf.equals(there.labels().get(Labels.PART_OF))) {
      row(
          cluster,
          key,
          ConfigRow.State.NOT_OURS,
          differences,
          effect,
          "it was there before; meshkeel.io/adopt: \"true\" on the declaration takes it over");
    } else {
      row(
          cluster,
          key,
          differences.isEmpty() ? ConfigRow.State.IN_SYNC : ConfigRow.State.DIFFERS,
          differences,
          effect,
          differences.isEmpty() ? "" : "fields differ from the declaration");
    }
  }

  /** As the comparison wants it: who wrote which field isn't known. */
  private static LiveObject live(Manifest object) {
    return new LiveObject(
        object.key(),
        object.apiVersion(),
        JsonTree.string(object.metadata(), "uid", ""),
        JsonTree.string(object.metadata(), "resourceVersion", ""),
        object.labels(),
        object.annotations(),
        object.spec(),
        List.of(),
        object.metadata().containsKey("deletionTimestamp"));
  }

  private void found(SceneCluster cluster, Manifest object, Set<String> governed) {
    if (!cluster.controlPlane()) {
      boolean effective = object.key().kind().equals("WorkloadEntry");
      row(
          cluster,
          object.key(),
          effective ? ConfigRow.State.FOUND : ConfigRow.State.NO_EFFECT,
          List.of(),
          Effect.inDataPlane(object),
          effective
              ? "nothing declares it"
              : "move it to a control plane cluster by declaring it, or delete it");
      return;
    }
    boolean ours = governed.contains(object.key().namespace()) && !isIstiosOwn(object);
    row(
        cluster,
        object.key(),
        ours ? ConfigRow.State.UNDECLARED : ConfigRow.State.FOUND,
        List.of(),
        Effect.of(object, scene.spec()),
        ours ? "it works in a namespace of the mesh, and no declaration stands for it" : "");
  }

  /** The GatewayClasses that istiod itself creates, and what its installation labels as its own. */
  private static boolean isIstiosOwn(Manifest object) {
    return object.key().kind().equals("GatewayClass")
        || object.labels().containsKey("install.operator.istio.io/owning-resource");
  }

  private void row(
      SceneCluster cluster,
      ResourceKey key,
      ConfigRow.State state,
      List<String> differences,
      String effect,
      String reason) {
    rows.add(
        new ConfigRow(
            scene.mesh(),
            cluster.name().value(),
            key.namespace(),
            kind(key),
            key.name(),
            state,
            scene
                .origin(key)
                .map(origin -> origin.file().path() + ":" + origin.position().line())
                .orElse(""),
            differences,
            findings.getOrDefault(key, 0),
            effect,
            reason,
            cluster
                .seen()
                .flatMap(seen -> seen.get(key))
                .map(ControllerMessage::of)
                .orElse(List.of())));
  }

  /** Two kinds are called Gateway. */
  private static String kind(ResourceKey key) {
    return key.kind().equals("Gateway") ? key.groupKind().toString() : key.kind();
  }
}
