package io.meshkeel.plan;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Reference;
import io.meshkeel.desired.References;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts changes into stages by the reference graph: what is referred to is written before what
 * refers to it; deletions come after all writes, what refers before what is referred to. Objects
 * that refer to each other in a circle share a stage.
 */
final class Order {
  private final DesiredState desired;
  private final TreeMap<ResourceKey, Change> changes = new TreeMap<>();
  private final HostIndex hosts = new HostIndex();

  private Order(DesiredState desired, List<Change> writing) {
    this.desired = desired;
    for (Change change : writing) {
      changes.put(change.key(), change);
      desired.get(change.key()).ifPresent(object -> hosts.add(object.key(), object.hosts()));
    }
  }

  /** The stages of these changes, each in the order of keys. */
  static List<List<Step>> stages(DesiredState desired, List<Change> writing) {
    Order order = new Order(desired, writing);
    Map<ResourceKey, Set<ResourceKey>> writes = new TreeMap<>();
    Map<ResourceKey, Set<ResourceKey>> deletions = new TreeMap<>();
    for (Change change : order.changes.values()) {
      if (change instanceof Change.Delete) {
        deletions.put(change.key(), new HashSet<>());
      } else {
        writes.put(change.key(), order.needs(change.key()));
      }
    }
    if (!deletions.isEmpty()) {
      order.addReferrers(deletions);
    }
    List<List<Step>> stages = new ArrayList<>();
    Set<ResourceKey> done = new HashSet<>();
    order.layer(writes, done, stages);
    order.layer(deletions, done, stages);
    return stages;
  }

  /**
   * Which of these changes can't be made while others are refused: each with what it waits for.
   *
   * @param writing all changes that write, the refused ones as if they weren't
   */
  static Map<ResourceKey, ResourceKey> waiting(
      DesiredState desired, List<Change> writing, Collection<ResourceKey> refused) {
    Order order = new Order(desired, writing);
    Map<ResourceKey, ResourceKey> waiting = new TreeMap<>();
    Set<ResourceKey> missing = new HashSet<>(refused);
    boolean found = true;
    while (found) {
      found = false;
      for (Change change : order.changes.values()) {
        ResourceKey key = change.key();
        if (change instanceof Change.Delete || missing.contains(key)) {
          continue;
        }
        Optional<ResourceKey> needed =
            order.needs(key).stream().filter(missing::contains).sorted().findFirst();
        if (needed.isPresent()) {
          waiting.put(key, needed.get());
          missing.add(key);
          found = true;
        }
      }
    }
    return waiting;
  }

  /** What must be written before this object. */
  private Set<ResourceKey> needs(ResourceKey key) {
    Set<ResourceKey> needs = new HashSet<>();
    if (!key.namespace().isEmpty()) {
      addWritten(needs, new ResourceKey("", "Namespace", "", key.namespace()));
    }
    desired
        .get(key)
        .ifPresent(object -> {
          for (Reference reference : object.references()) {
            switch (reference) {
              case Reference.ToObject(ResourceKey to) -> addWritten(needs, to);
              case Reference.ToHost(GroupKind kind, String host) ->
                  hosts.about(kind, host).forEach(to -> addWritten(needs, to));
            }
          }
        });
    needs.remove(key);
    return needs;
  }

  private void addWritten(Set<ResourceKey> needs, ResourceKey key) {
    Change change = changes.get(key);
    if (change != null && !(change instanceof Change.Delete)) {
      needs.add(key);
    }
  }

  /** A deletion waits for everything that refers to the object now and is changed as well. */
  private void addReferrers(Map<ResourceKey, Set<ResourceKey>> deletions) {
    String domain = desired.mesh().spec().clusterDomain();
    HostIndex going = new HostIndex();
    for (ResourceKey key : deletions.keySet()) {
      if (changes.get(key) instanceof Change.Delete(ResourceKey _, LiveObject live)) {
        going.add(key, References.hosts(key, live.spec(), domain));
      }
    }
    for (Change change : changes.values()) {
      before(change)
          .ifPresent(live -> {
            for (Reference reference : References.of(live.key(), live.spec(), domain)) {
              Set<ResourceKey> referredTo =
                  switch (reference) {
                    case Reference.ToObject(ResourceKey to) ->
                        deletions.containsKey(to) ? Set.of(to) : Set.of();
                    case Reference.ToHost(GroupKind kind, String host) -> going.about(kind, host);
                  };
              for (ResourceKey key : referredTo) {
                if (!key.equals(live.key())) {
                  deletions.computeIfAbsent(key, _ -> new HashSet<>()).add(live.key());
                }
              }
            }
          });
    }
  }

  /** What the cluster holds before the change. */
  private static Optional<LiveObject> before(Change change) {
    return switch (change) {
      case Change.Update update -> Optional.of(update.live());
      case Change.Adopt adopt -> Optional.of(adopt.live());
      case Change.Delete delete -> Optional.of(delete.live());
      case Change.Create _,
          Change.Release _,
          Change.Held _,
          Change.Unchanged _,
          Change.Skipped _,
          Change.Awaited _,
          Change.PendingRestart _ ->
          Optional.empty();
    };
  }

  /** Adds stages until all of these are in one. */
  private void layer(
      Map<ResourceKey, Set<ResourceKey>> waiting, Set<ResourceKey> done, List<List<Step>> stages) {
    TreeMap<ResourceKey, Set<ResourceKey>> left = new TreeMap<>(waiting);
    while (!left.isEmpty()) {
      TreeMap<ResourceKey, Set<ResourceKey>> stage = new TreeMap<>();
      left.forEach((key, needs) -> {
        if (done.containsAll(needs)) {
          stage.put(key, needs);
        }
      });
      if (stage.isEmpty()) {
        stage.putAll(left);
      }
      List<Step> steps = new ArrayList<>();
      stage.forEach((key, needs) -> {
        Set<ResourceKey> after = new HashSet<>(needs);
        after.retainAll(done);
        Change change = changes.get(key);
        if (change != null) {
          steps.add(new Step(change, after));
        }
      });
      stages.add(steps);
      done.addAll(stage.keySet());
      stage.keySet().forEach(left::remove);
    }
  }
}
