package io.meshkeel.facts;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** How others that meet an object are named. */
final class HostUsers {
  private HostUsers() {}

  /** At most {@link MeshFacts#MAX_RELATED} of them, in the order of their ids. */
  static List<String> firstIds(Iterable<? extends ObjectView> views, ObjectView itself) {
    TreeSet<String> ids = new TreeSet<>(Comparator.naturalOrder());
    for (ObjectView view : views) {
      if (view.declaration() != itself.declaration() && view.meets(itself)) {
        ids.add(view.id());
        if (ids.size() > MeshFacts.MAX_RELATED) {
          ids.pollLast();
        }
      }
    }
    return List.copyOf(ids);
  }
}
