package io.meshkeel.plan;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Ownership;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be done so that a cluster holds what it should. Deterministic: the same input gives
 * the same plan. A value; any thread.
 *
 * @param desired what it leads to
 * @param changes all objects looked at, by key
 * @param stages the changes that write, in the order of application: within a stage in parallel
 * @param groupKinds of all members after the plan, as {@code Kind.group}
 * @param namespaces of all members after the plan
 * @param repairsInventory whether the ApplySet's parent must be written even if nothing else is:
 *     members are there that it doesn't tell of, or it tells another {@code spec.onRemoval}
 * @param removesInventory whether the ApplySet's parent goes once all else is done
 * @param refusedHolds objects whose {@code meshkeel.io/hold-until} is not honoured, and why
 */
public record Plan(
    DesiredState desired,
    List<Change> changes,
    List<List<Step>> stages,
    Set<String> groupKinds,
    Set<String> namespaces,
    boolean repairsInventory,
    boolean removesInventory,
    Map<ResourceKey, String> refusedHolds) {
  public Plan {
    changes = List.copyOf(changes);
    stages = stages.stream().map(List::copyOf).toList();
    groupKinds = Set.copyOf(groupKinds);
    namespaces = Set.copyOf(namespaces);
    refusedHolds = Collections.unmodifiableMap(new TreeMap<>(refusedHolds));
  }

  public MeshName mesh() {
    return desired.mesh().name();
  }

  public ClusterName cluster() {
    return desired.clusterName();
  }

  public ApplySet applySet() {
    return desired.applySet();
  }

  /** Whether the cluster holds exactly what it should: nothing to write and nothing refused. */
  public boolean isEmpty() {
    return !writes()
        && skipped().isEmpty()
        && held().isEmpty()
        && of(Change.PendingRestart.class).findAny().isEmpty();
  }

  /** Whether carrying it out writes anything. */
  public boolean writes() {
    return !stages.isEmpty() || repairsInventory || removesInventory;
  }

  /** The same plan that also says of these objects why they are left as they are. */
  public Plan refusing(Collection<Change.Skipped> refused) {
    TreeMap<ResourceKey, Change> all = new TreeMap<>();
    changes.forEach(change -> all.put(change.key(), change));
    refused.forEach(change -> all.put(change.key(), change));
    return new Plan(
        desired,
        List.copyOf(all.values()),
        stages,
        groupKinds,
        namespaces,
        repairsInventory,
        removesInventory,
        refusedHolds);
  }

  /** What the cluster doesn't serve of the objects that are refused for that. */
  public Stream<Change.Skipped> unserved() {
    return of(Change.Skipped.class).filter(skipped -> skipped.unserved().isPresent());
  }

  /**
   * The same plan that says of what the cluster doesn't serve where it is declared. Once.
   *
   * @param places the place of a field of a declaration; empty if it can't be told, then the
   *     declaration's own is taken
   */
  public Plan placed(BiFunction<Declaration, JsonPath, Optional<SourcePosition>> places) {
    List<Change.Skipped> placed = new ArrayList<>();
    unserved()
        .forEach(skipped -> {
          Declaration origin = desired.get(skipped.key()).map(DesiredObject::origin).orElseThrow();
          JsonPath path = skipped.unserved().orElseThrow().path();
          placed.add(skipped.at(places.apply(origin, path).orElse(origin.position())));
        });
    return placed.isEmpty() ? this : refusing(placed);
  }

  /** Whether an object that should be there as declared is refused. */
  public boolean leavesOut() {
    return of(Change.Skipped.class)
        .map(Change.Skipped::key)
        .anyMatch(key ->
            desired.withheld().containsKey(key)
                || desired
                    .get(key)
                    .filter(object -> object.ownership() instanceof Ownership.Ours)
                    .isPresent());
  }

  /** The same plan without these objects, which nothing in it waits for. */
  public Plan without(Set<ResourceKey> keys) {
    return new Plan(
        desired,
        changes.stream().filter(change -> !keys.contains(change.key())).toList(),
        stages.stream()
            .map(stage -> stage.stream().filter(step -> !keys.contains(step.key())).toList())
            .filter(stage -> !stage.isEmpty())
            .toList(),
        groupKinds,
        namespaces,
        repairsInventory,
        removesInventory,
        refusedHolds);
  }

  /** All steps, in the order of application. */
  public List<Step> steps() {
    return stages.stream().flatMap(List::stream).toList();
  }

  /** What should be changed but must not be, by key. */
  public List<Change.Skipped> skipped() {
    return of(Change.Skipped.class).toList();
  }

  /** The keys that differ and are left alone for a while. */
  public Set<ResourceKey> held() {
    return of(Change.Held.class).map(Change::key).collect(Collectors.toSet());
  }

  /** The keys that are written, in no order. */
  public Set<ResourceKey> written() {
    return Set.copyOf(steps().stream().map(Step::key).toList());
  }

  /** The changes of one sort, by key. */
  public <C extends Change> Stream<C> of(Class<C> sort) {
    return changes.stream().filter(sort::isInstance).map(sort::cast);
  }
}
