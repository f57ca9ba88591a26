package io.meshkeel.policy;

import io.meshkeel.model.GroupKind;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects that no rule can tell apart: of one kind, without facts of their own, the same in all
 * fields that rules of the kind read, and with the same parameters of rules. What is found in one
 * is found in all, so only the first is asked about. A mesh repeats itself: most DestinationRules
 * have one of a few traffic policies.
 *
 * @param firsts one of each, in the order of the items
 * @param places for each item where in {@code firsts} the one like it is
 */
record AlikeItems(List<Item> firsts, List<Integer> places) {
  AlikeItems {
    firsts = List.copyOf(firsts);
    places = List.copyOf(places);
  }

  /**
   * @param settings the namespace, if parameters are set for it
   */
  private record Look(GroupKind kind, Map<String, Object> shown, String settings) {}

  static AlikeItems of(List<Item> items, RuleIndex index, Surroundings surroundings) {
    List<Item> firsts = new ArrayList<>();
    List<Integer> places = new ArrayList<>(items.size());
    Map<Look, Integer> seen = new HashMap<>();
    Set<String> set =
        surroundings.params().values().stream()
            .flatMap(byNamespace -> byNamespace.keySet().stream())
            .collect(Collectors.toUnmodifiableSet());
    for (Item item : items) {
      int next = firsts.size();
      int place =
          look(item, index, set).map(look -> seen.computeIfAbsent(look, l -> next)).orElse(next);
      if (place == next) {
        firsts.add(item);
      }
      places.add(place);
    }
    return new AlikeItems(firsts, places);
  }

  /** Empty where facts tell it from all others. */
  private static Optional<Look> look(Item item, RuleIndex index, Set<String> set) {
    if (!item.facts().isEmpty()) {
      return Optional.empty();
    }
    return item.subject()
        .declaration()
        .map(declared -> {
          GroupKind kind = declared.manifest().key().groupKind();
          String namespace = declared.manifest().key().namespace();
          return new Look(
              kind,
              index.reads(kind).of(declared.manifest().content()),
              set.contains(namespace) ? namespace : LibraryParams.ELSEWHERE);
        });
  }
}
