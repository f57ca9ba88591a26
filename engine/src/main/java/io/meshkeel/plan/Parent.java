package io.meshkeel.plan;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.live.LiveState;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the parent of an ApplySet says of its members.
 *
 * @param exists whether there is one that is ours
 * @param groupKinds {@code Kind.group} of members
 * @param namespaces of members, its own among them only if it has members there
 * @param onRemoval the word of {@code spec.onRemoval}; empty if it tells none
 */
record Parent(boolean exists, Set<String> groupKinds, Set<String> namespaces, String onRemoval) {
  Parent {
    groupKinds = Set.copyOf(groupKinds);
    namespaces = Set.copyOf(namespaces);
  }

  static Parent of(LiveState live, ApplySet applySet) {
    Optional<LiveObject> parent =
        live.get(applySet.parent())
            .filter(object -> object.label(Labels.APPLYSET_ID).equals(applySet.id()));
    return parent
        .map(object ->
            new Parent(
                true,
                words(object.annotation(Labels.GROUP_KINDS)),
                words(object.annotation(Labels.NAMESPACES)),
                object.annotation(Labels.ON_REMOVAL)))
        .orElse(new Parent(false, Set.of(), Set.of(), ""));
  }

  private static Set<String> words(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
