package io.meshkeel.view;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.desired.Labels;
import io.meshkeel.desired.Ownership;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.Comparison;
import io.meshkeel.plan.FieldDifference;
import io.meshkeel.plan.SharedFields;
import io.meshkeel.plan.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Module {@code config}: every Istio and Gateway API object, declared or found. */
final class Configuration {
  private static final Comparator<ConfigRow> ORDER =
      Comparator.comparing(ConfigRow::cluster)
          .thenComparing(ConfigRow::namespace)
          .thenComparing(ConfigRow::kind)
          .thenComparing(ConfigRow::name);

  private final Scene scene;
  private final Map<ResourceKey, Integer> findings = new HashMap<>();
  private final Map<ClusterName, DesiredState> desired = new HashMap<>();
  private final Set<String> governed;
  private final List<ConfigRow> rows = new ArrayList<>();

  private Configuration(Scene scene) {
    this.scene = scene;
    this.governed = scene.governed();
    for (Finding finding : scene.findings()) {
      if (finding.resource() != null) {
        findings.merge(finding.resource(), 1, Integer::sum);
      }
    }
  }

  static List<ConfigRow> rows(Scene scene) {
    Configuration configuration =
        of(scene, scene.declared().map(mesh -> new DesiredStates().of(mesh)).orElse(Map.of()));
    for (SceneCluster cluster : scene.clusters()) {
      configuration.keys(cluster).forEach(key -> configuration.add(cluster, key));
    }
    configuration.rows.sort(ORDER);
    return configuration.rows;
  }

  /**
   * For the rows of single objects.
   *
   * @param states what each cluster should hold, as rendered for the scene's declarations
   */
  static Configuration of(Scene scene, Map<ClusterName, DesiredState> states) {
    Configuration configuration = new Configuration(scene);
    for (SceneCluster cluster : scene.clusters()) {
      DesiredState state = states.get(cluster.name());
      if (state != null) {
        configuration.desired.put(cluster.name(), state.settled(cluster::knows));
      }
    }
    return configuration;
  }

  /** The objects that have a row: declared ones, and those of Istio and the Gateway API. */
  Set<ResourceKey> keys(SceneCluster cluster) {
    Set<ResourceKey> keys = new HashSet<>();
    DesiredState state = desired.get(cluster.name());
    if (state != null) {
      state.objects().keySet().stream().filter(Configuration::shows).forEach(keys::add);
      keys.addAll(state.withheld().keySet());
    }
    for (GroupKind kind : ObservedKinds.ALL) {
      if (Scene.isConfiguration(kind)) {
        cluster.of(kind).forEach(object -> keys.add(object.key()));
      }
    }
    return keys;
  }

  /** The row of an object; empty if there is nothing to tell of it. */
  Optional<ConfigRow> row(SceneCluster cluster, ResourceKey key) {
    rows.clear();
    add(cluster, key);
    return rows.stream().findFirst();
  }

  private void add(SceneCluster cluster, ResourceKey key) {
    DesiredState state = desired.get(cluster.name());
    DesiredObject object = state == null ? null : state.objects().get(key);
    String withheld = state == null ? null : state.withheld().get(key);
    if (object != null) {
      if (shows(key)) {
        declared(cluster, object);
      }
    } else if (withheld != null) {
      row(cluster, key, ConfigRow.State.WITHHELD, List.of(), "", withheld);
    } else if (Scene.isConfiguration(key.groupKind())) {
      cluster.get(key).ifPresent(there -> found(cluster, there, governed));
    }
  }

  /** Of remote secrets module {@code clusters} tells. */
  private static boolean shows(ResourceKey key) {
    return ObservedKinds.ALL.contains(key.groupKind())
        && !key.groupKind().equals(ObservedKinds.SECRET);
  }

  private void declared(SceneCluster cluster, DesiredObject object) {
    ResourceKey key = object.key();
    Optional<LiveObject> there = cluster.seen().flatMap(seen -> seen.live(key));
    if (there.isEmpty() && !cluster.knows(key.groupKind())) {
      row(
          cluster,
          object,
          ConfigRow.State.UNKNOWN,
          List.of(),
          "the cluster was not asked for " + key.groupKind());
    } else if (object.ownership() instanceof Ownership.Shared how) {
      shared(cluster, object, how, there);
    } else if (there.isEmpty()) {
      row(cluster, object, ConfigRow.State.MISSING, List.of(), "declared, and not in the cluster");
    } else {
      ours(cluster, object, there.get());
    }
  }

  private void ours(SceneCluster cluster, DesiredObject object, LiveObject there) {
    List<String> differences = paths(Comparison.of(Wanted.of(object, there), there));
    Object partOf = object.manifest().labels().get(Labels.PART_OF);
    if (partOf != null && !partOf.equals(there.labels().get(Labels.PART_OF))) {
      row(
          cluster,
          object,
          ConfigRow.State.NOT_OURS,
          Scene.isConfiguration(object.key().groupKind()) ? differences : List.of(),
          "it was there before; meshkeel.io/adopt: \"true\" on the declaration takes it over");
    } else {
      compared(cluster, object, differences);
    }
  }

  /** Only the fields that are declared count. */
  private void shared(
      SceneCluster cluster,
      DesiredObject object,
      Ownership.Shared how,
      Optional<LiveObject> there) {
    Change change = new SharedFields(scene.spec().conflicts()).change(object, how, there);
    switch (change) {
      case Change.Awaited _ ->
          row(
              cluster,
              object,
              ConfigRow.State.AWAITED,
              List.of(),
              "its fields are written when it appears");
      case Change.Create _ ->
          row(
              cluster,
              object,
              ConfigRow.State.MISSING,
              List.of(),
              "declared, and not in the cluster");
      case Change.Update update -> compared(cluster, object, paths(update.differences()));
      case Change.Skipped skipped ->
          row(cluster, object, ConfigRow.State.WITHHELD, List.of(), skipped.message());
      case Change.PendingRestart pending ->
          row(cluster, object, ConfigRow.State.WITHHELD, List.of(), pending.message());
      default -> compared(cluster, object, List.of());
    }
  }

  private static List<String> paths(List<FieldDifference> differences) {
    return differences.stream().map(difference -> difference.path().toString()).toList();
  }

  private void compared(SceneCluster cluster, DesiredObject object, List<String> differences) {
    row(
        cluster,
        object,
        differences.isEmpty() ? ConfigRow.State.IN_SYNC : ConfigRow.State.DIFFERS,
        differences,
        differences.isEmpty() ? "" : "fields differ from the declaration");
  }

  /** The row of something declared; what an own kind stands for is a part of that. */
  private void row(
      SceneCluster cluster,
      DesiredObject object,
      ConfigRow.State state,
      List<String> differences,
      String reason) {
    Manifest written = object.origin().manifest();
    String effect =
        written.key().equals(object.key())
            ? Effect.of(object.manifest(), scene.spec())
            : "part of " + written.key().kind() + " " + written.key().name();
    row(cluster, object.key(), Optional.of(object.origin()), state, differences, effect, reason);
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
    row(cluster, key, scene.origin(key), state, differences, effect, reason);
  }

  private void row(
      SceneCluster cluster,
      ResourceKey key,
      Optional<Declaration> from,
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
            from.map(origin -> origin.file().path() + ":" + origin.position().line()).orElse(""),
            "",
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
  static String kind(ResourceKey key) {
    return key.kind().equals("Gateway") ? key.groupKind().toString() : key.kind();
  }
}
