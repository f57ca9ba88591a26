package io.meshkeel.plan;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Ownership;
import io.meshkeel.kube.Kinds;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.ResourceKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kinds and namespaces of the members of an ApplySet after a plan.
 *
 * @param groupKinds as {@code Kind.group}
 * @param namespaces where members are
 * @param missing whether members are there now that the parent doesn't tell of
 */
record Members(Set<String> groupKinds, Set<String> namespaces, boolean missing) {

  /**
   * Without deletions the parent only widens, which needs no look at the inventory: then the cost
   * follows the number of changes.
   */
  static Members after(
      DesiredState desired, LiveState live, Parent parent, Collection<Change> changes) {
    Set<ResourceKey> members = new HashSet<>();
    Set<ResourceKey> gone = new HashSet<>();
    Set<ResourceKey> there = new HashSet<>();
    for (Change change : changes) {
      boolean shared =
          desired
              .get(change.key())
              .map(object -> object.ownership() instanceof Ownership.Shared)
              .orElse(change instanceof Change.Update);
      if (!shared && !change.key().groupKind().equals(Kinds.NAMESPACE)) {
        switch (change) {
          case Change.Delete _, Change.Release _ -> gone.add(change.key());
          case Change.Create _, Change.Update _, Change.Adopt _ -> members.add(change.key());
          case Change.Unchanged _ -> there.add(change.key());
          case Change.Held _, Change.Skipped _, Change.Awaited _, Change.PendingRestart _ -> {}
        }
      }
    }
    Set<String> kinds = new TreeSet<>();
    Set<String> namespaces = new TreeSet<>();
    boolean narrow = !gone.isEmpty() || !parent.exists();
    if (narrow) {
      there.addAll(live.inventory(desired.applySet().id()));
      there.removeAll(gone);
    } else {
      kinds.addAll(parent.groupKinds());
      namespaces.addAll(parent.namespaces());
    }
    boolean missing = there.stream().anyMatch(key -> !told(parent, key));
    members.addAll(there);
    for (ResourceKey key : members) {
      kinds.add(key.groupKind().toString());
      if (!key.namespace().isEmpty()) {
        namespaces.add(key.namespace());
      }
    }
    return new Members(kinds, namespaces, missing);
  }

  private static boolean told(Parent parent, ResourceKey key) {
    return parent.exists() && parent.groupKinds().contains(key.groupKind().toString());
  }
}
