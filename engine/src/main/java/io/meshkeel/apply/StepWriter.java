package io.meshkeel.apply;

import io.meshkeel.desired.Labels;
import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.FieldOwner;
import io.meshkeel.kube.JsonPatch;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.Comparison;
import io.meshkeel.plan.FieldDifference;
import io.meshkeel.plan.Removal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes one change to a cluster. */
final class StepWriter {
  private static final String VERSION = "resourceVersion";

  private final Cluster cluster;

  StepWriter(Cluster cluster) {
    this.cluster = cluster;
  }

  void write(Change change) throws ClusterException {
    switch (change) {
      case Change.Create create -> {
        if (create.key().groupKind().equals(Kinds.NAMESPACE)) {
          namespace(create.manifest());
        } else {
          create(create.manifest());
        }
      }
      case Change.Update update -> {
        if (!update.manifest().labels().containsKey(Labels.PART_OF)) {
          share(update);
        } else if (update.differences().stream().allMatch(StepWriter::removable)) {
          removeForeign(update.live(), update.differences());
        } else {
          EmptiedMaps maps = EmptiedMaps.of(update.manifest(), update.live());
          Manifest manifest = of(maps.declared(), emptied(update.live(), maps));
          settle(update.manifest(), cluster.apply(manifest, update.force()));
        }
      }
      case Change.Adopt adopt ->
          settle(adopt.manifest(), cluster.apply(of(adopt.manifest(), adopt.live()), true));
      case Change.Delete delete -> cluster.delete(delete.key(), delete.live().uid());
      case Change.Release release ->
          cluster.release(release.key(), release.live().uid(), Removal.labels(release.live()));
      case Change.Held _,
          Change.Unchanged _,
          Change.Skipped _,
          Change.Awaited _,
          Change.PendingRestart _ ->
          throw new IllegalArgumentException("nothing is to be written for " + change.key());
    }
  }

  /** The object without what maps held that are declared empty. */
  private LiveObject emptied(LiveObject live, EmptiedMaps maps) throws ClusterException {
    if (maps.content().isEmpty()) {
      return live;
    }
    try {
      return remove(live, maps.content());
    } catch (ClusterException e) {
      if (e.reason() != FailureReason.APPLY_REFUSED) {
        throw e;
      }
      // A rule of the kind ties it to something else that goes as well.
      return remove(live, maps.all());
    }
  }

  /** Creates it bare, then puts our fields into what is there, whoever created it. */
  private void namespace(Manifest manifest) throws ClusterException {
    cluster.createNamespace(manifest.key().name());
    if (!manifest.labels().isEmpty()) {
      LiveObject there =
          cluster
              .get(manifest.key())
              .orElseThrow(() ->
                  new ClusterException(
                      FailureReason.APPLY_CONFLICT,
                      "create " + manifest.key() + ": it is gone again",
                      true,
                      null));
      cluster.apply(of(manifest, there), false);
    }
  }

  /**
   * Our fields of an object that isn't ours. What must not be there is taken away; a field that was
   * ours is only let go of, since another manager may own it as well.
   */
  private void share(Change.Update update) throws ClusterException {
    Set<JsonPath> released = new HashSet<>();
    update.live().owners().stream()
        .filter(FieldOwner::ours)
        .forEach(owner -> released.addAll(owner.leaves(labels(update.live()))));
    LiveObject applied = cluster.apply(of(update.manifest(), update.live()), update.force());
    List<FieldDifference> left =
        update.differences().stream()
            .filter(StepWriter::removable)
            .filter(difference -> !released.contains(difference.path()))
            .filter(difference -> difference.path().find(labels(applied)).isPresent())
            .toList();
    if (!left.isEmpty()) {
      removeForeign(applied, left);
    }
  }

  private static Map<String, Object> labels(LiveObject object) {
    return Map.of("metadata", Map.of("labels", object.labels()));
  }

  /**
   * The manifest, for the very object that was seen: one that took its name is left alone. Where it
   * holds what others wrote, only for the version that was seen.
   */
  private static Manifest of(Manifest manifest, LiveObject seen) {
    Map<String, Object> metadata = new HashMap<>(manifest.metadata());
    metadata.put("uid", seen.uid());
    if (metadata.containsKey(VERSION)) {
      metadata.put(VERSION, seen.resourceVersion());
    }
    Map<String, Object> content = new HashMap<>(manifest.content());
    content.put("metadata", Map.copyOf(metadata));
    return new Manifest(manifest.key(), manifest.apiVersion(), content);
  }

  /**
   * Server-side apply has no "only if there is none": an object that someone else created since we
   * looked would be taken over. An answer that tells of a hand before ours says so; then what we
   * wrote is taken back. Since nothing was forced, none of the other's values was overwritten, and
   * the object is what it was.
   */
  private void create(Manifest manifest) throws ClusterException {
    LiveObject applied = cluster.apply(manifest, false);
    Optional<FieldOwner> first = before(applied);
    if (first.isEmpty()) {
      settle(manifest, applied);
      return;
    }
    Map<String, Object> nothing =
        Map.of(
            "apiVersion",
            manifest.apiVersion(),
            "kind",
            manifest.key().kind(),
            "metadata",
            manifest.metadata().entrySet().stream()
                .filter(
                    field -> field.getKey().equals("name") || field.getKey().equals("namespace"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    cluster.apply(of(new Manifest(manifest.key(), manifest.apiVersion(), nothing), applied), false);
    throw new ClusterException(
        FailureReason.ADOPTION_REFUSED,
        "apply "
            + manifest.key()
            + ": '"
            + first.get().manager()
            + "' created it at the same time; what we wrote was taken back",
        true,
        null);
  }

  /** Who wrote the object before our first write; a hand that came after us isn't meant. */
  private static Optional<FieldOwner> before(LiveObject applied) {
    Instant ours =
        applied.owners().stream()
            .filter(FieldOwner::ours)
            .map(owner -> owner.time().orElse(Instant.MAX))
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX);
    return applied.owners().stream()
        .filter(owner -> !owner.ours() && !owner.time().orElse(Instant.MIN).isAfter(ours))
        .min(Comparator.comparing(owner -> owner.time().orElse(Instant.MIN)));
  }

  /** Server-side apply leaves fields of others: takes away those that nothing declares. */
  private void settle(Manifest desired, LiveObject applied) throws ClusterException {
    List<FieldDifference> left = Comparison.of(desired, applied);
    if (left.isEmpty()) {
      return;
    }
    for (FieldDifference difference : left) {
      if (!difference.foreign()) {
        throw new ClusterException(
            FailureReason.APPLY_FAILED,
            "apply "
                + desired.key()
                + ": "
                + difference.path()
                + " is not as declared even after it was applied; an admission webhook or another"
                + " controller changes it",
            false,
            null);
      }
    }
    removeForeign(applied, left);
  }

  private void removeForeign(LiveObject object, List<FieldDifference> foreign)
      throws ClusterException {
    remove(object, foreign.stream().map(FieldDifference::path).toList());
  }

  /** From the end, so that indexes of lists stay true. */
  private LiveObject remove(LiveObject object, List<JsonPath> paths) throws ClusterException {
    List<JsonPatch> operations = new ArrayList<>();
    operations.add(
        new JsonPatch.Test(JsonPath.of("metadata", "resourceVersion"), object.resourceVersion()));
    paths.reversed().forEach(path -> operations.add(new JsonPatch.Remove(path)));
    return cluster.patch(object.key(), operations);
  }

  /** A foreign field outside of lists: inside, server-side apply puts the whole list right. */
  private static boolean removable(FieldDifference difference) {
    return difference.foreign()
        && difference.path().segments().stream().allMatch(String.class::isInstance);
  }
}
