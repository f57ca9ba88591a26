package io.meshkeel.plan;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.desired.Ownership;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Works out what is to be done. Pure; any thread. */
public final class Planner {
  private final DesiredState desired;
  private final LiveState live;
  private final Parent parent;
  private final TreeMap<ResourceKey, Change> changes = new TreeMap<>();

  private final Instant now;
  private final TreeMap<ResourceKey, String> refusedHolds = new TreeMap<>();

  private Planner(DesiredState desired, LiveState live, Instant now) {
    this.desired = desired.settled(live::serves);
    this.live = live;
    this.now = now;
    this.parent = Parent.of(live, desired.applySet());
  }

  /**
   * A plan of everything that is desired or ours.
   *
   * @param desired what the accepted revision declares; a caller that has none must not plan, since
   *     an empty state prunes
   * @param now by which {@code meshkeel.io/hold-until} of live objects is measured
   */
  public static Plan plan(DesiredState desired, LiveState live, Instant now) {
    Planner planner = new Planner(desired, live, now);
    Set<ResourceKey> keys = new HashSet<>(planner.desired.objects().keySet());
    keys.addAll(desired.withheld().keySet());
    keys.addAll(live.inventory(desired.applySet().id()));
    keys.addAll(live.shared(desired.mesh().name()));
    return planner.plan(keys);
  }

  /** As if every hold had passed. */
  public static Plan plan(DesiredState desired, LiveState live) {
    return plan(desired, live, Instant.MAX);
  }

  /**
   * A plan of just these keys: those that a commit or a watch touched. Costs follow their number.
   * Says of each key what {@link #plan(DesiredState, LiveState)} says, but for the prune budget,
   * which counts the deletions of this plan.
   */
  public static Plan plan(
      DesiredState desired, LiveState live, Set<ResourceKey> keys, Instant now) {
    return new Planner(desired, live, now).plan(keys);
  }

  /** As if every hold had passed. */
  public static Plan plan(DesiredState desired, LiveState live, Set<ResourceKey> keys) {
    return plan(desired, live, keys, Instant.MAX);
  }

  private Plan plan(Collection<ResourceKey> keys) {
    for (ResourceKey key : keys) {
      String withheld = desired.withheld().get(key);
      if (withheld != null) {
        // What is declared and withheld nevertheless waits for its credential.
        add(
            new Change.Skipped(
                key,
                desired.get(key).isPresent()
                    ? FailureReason.CREDENTIAL_INVALID
                    : FailureReason.APPLY_REFUSED,
                withheld));
      } else {
        desired.get(key).ifPresentOrElse(object -> add(change(object)), () -> release(key));
      }
    }
    addNamespaces();
    new Pruning(desired, live, parent).of(keys).forEach(this::add);
    hold();
    new Serving(desired, live).waiting(changes.values()).forEach(this::add);
    List<Change> writing = changes.values().stream().filter(Change::writes).toList();
    Members members = Members.after(desired, live, parent, changes.values());
    return new Plan(
        desired,
        List.copyOf(changes.values()),
        Order.stages(desired, writing),
        members.groupKinds(),
        members.namespaces(),
        members.missing() || tellsAnotherChoice(),
        false,
        refusedHolds);
  }

  /** What happens on removal is read from the parent then, so it must be there before. */
  private boolean tellsAnotherChoice() {
    return parent.exists() && !parent.onRemoval().equals(desired.mesh().spec().onRemoval().word());
  }

  /** Leaves alone what a person asked to leave alone. */
  private void hold() {
    for (Change change : List.copyOf(changes.values())) {
      live.get(change.key())
          .filter(object -> !object.annotation(Labels.HOLD_UNTIL).isEmpty())
          .ifPresent(object -> {
            switch (Hold.of(object, now)) {
              case Hold.Until hold -> {
                if (change.writes()) {
                  add(new Change.Held(change.key(), hold.end(), hold.reason(), hold.by()));
                }
              }
              case Hold.Refused refused -> refusedHolds.put(change.key(), refused.why());
              case Hold.None _ -> {}
            }
          });
    }
  }

  private void add(Change change) {
    changes.put(change.key(), change);
  }

  /** Fields of ours in an object that nothing declares any more. */
  private void release(ResourceKey key) {
    live.get(key)
        .filter(there -> there.sharedWith().equals(desired.mesh().name().value()))
        .filter(there -> !there.deleting())
        .ifPresent(there -> add(SharedFields.release(there)));
  }

  private Change change(DesiredObject object) {
    ResourceKey key = object.key();
    return object.ownership() instanceof Ownership.Shared how && live.serves(key.groupKind())
        ? new SharedFields(desired.mesh().spec().conflicts()).change(object, how, live.get(key))
        : ours(object);
  }

  private Change ours(DesiredObject object) {
    ResourceKey key = object.key();
    if (!live.serves(key.groupKind())) {
      return key.groupKind().equals(Kinds.SECRET)
          ? new Change.Skipped(
              key,
              FailureReason.CLUSTER_FORBIDDEN,
              "the credential of cluster "
                  + desired.clusterName()
                  + " lacks the right to read it; grant what deploy/rbac/remote-secrets.yaml holds")
          : new Serving(desired, live).withoutKind(object);
    }
    Optional<LiveObject> found = live.get(key);
    return new Serving(desired, live)
        .check(
            object,
            found.isEmpty()
                ? new Change.Create(key, object.manifest())
                : change(object, found.get()));
  }

  private Change change(DesiredObject object, LiveObject there) {
    ResourceKey key = object.key();
    Mesh.Spec spec = desired.mesh().spec();
    if (there.deleting()) {
      return new Change.Skipped(
          key,
          FailureReason.APPLY_FAILED,
          "it is being deleted and waits for a finalizer; it is created again once it is gone");
    }
    String set = there.applySet();
    if (!set.isEmpty() && !set.equals(desired.applySet().id())) {
      return new Change.Skipped(
          key,
          FailureReason.ADOPTION_REFUSED,
          "it is a member of another ApplySet (label "
              + Labels.PART_OF
              + "); have its owner let go of it");
    }
    Manifest wanted = Wanted.of(object, there);
    List<FieldDifference> differences = Comparison.of(wanted, there);
    if (set.isEmpty() && !Hands.appliedByUs(there)) {
      return object.adopts() || spec.adopt()
          ? new Change.Adopt(key, wanted, there, differences)
          : new Change.Skipped(
              key,
              FailureReason.ADOPTION_REFUSED,
              "it exists and isn't ours; to take it over, annotate the declaration with "
                  + Labels.ADOPT
                  + ": \"true\"");
    }
    return differences.isEmpty()
        ? new Change.Unchanged(key)
        : new Change.Update(
            key, wanted, there, differences, Hands.force(there, differences, spec.conflicts()));
  }

  /** The namespaces of new objects, where they are missing; whose mesh it isn't makes none. */
  private void addNamespaces() {
    if (!live.seesNamespaces() || desired.mesh().spec().topology() == Mesh.Topology.EXTERNAL) {
      return;
    }
    Set<String> namespaces = new HashSet<>();
    for (Change change : changes.values()) {
      if (change instanceof Change.Create && !change.key().namespace().isEmpty()) {
        namespaces.add(change.key().namespace());
      }
    }
    for (String namespace : namespaces) {
      ResourceKey key = new ResourceKey("", Kinds.NAMESPACE.kind(), "", namespace);
      if (live.get(key).isEmpty() && !changes.containsKey(key)) {
        add(
            new Change.Create(
                key,
                new Manifest(
                    key,
                    "v1",
                    Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Namespace",
                        "metadata",
                        Map.of("name", namespace)))));
      }
    }
  }
}
