package io.meshkeel.policy;

import io.meshkeel.model.GroupKind;
import io.meshkeel.policy.Question.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rules by what they look at. Any thread. */
final class RuleIndex {
  private static final FieldMask NOTHING = FieldMask.of(List.of());

  private final List<Rule> all;
  private final Set<String> off;
  private final Map<GroupKind, List<Rule>> plain = new HashMap<>();
  private final Map<GroupKind, FieldMask> reads = new HashMap<>();
  private final Map<String, List<Rule>> byFact = new HashMap<>();
  private final Set<GroupKind> kinds = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private final Map<String, Map<String, Object>> params = new TreeMap<>();

  /**
   * @param turnedOn ids of rules that count though they are off by default
   */
  RuleIndex(RuleBook book, Set<String> turnedOn) {
    this.all = List.copyOf(book.rules().values());
    this.off =
        all.stream()
            .filter(rule -> !rule.enabled() && !turnedOn.contains(rule.id()))
            .map(Rule::id)
            .collect(Collectors.toUnmodifiableSet());
    Map<GroupKind, Set<List<String>>> paths = new HashMap<>();
    for (Rule rule : all) {
      kinds.addAll(rule.kinds());
      told.addAll(rule.told());
      if (!rule.params().isEmpty()) {
        Map<String, Object> fallbacks = new TreeMap<>();
        rule.params().forEach((name, param) -> fallbacks.put(name, param.fallback()));
        params.put(rule.id(), Map.copyOf(fallbacks));
      }
      rule.facts().forEach(fact -> byFact.computeIfAbsent(fact, f -> new ArrayList<>()).add(rule));
      rule.told().forEach(fact -> byFact.computeIfAbsent(fact, f -> new ArrayList<>()).add(rule));
      for (GroupKind kind : rule.kinds()) {
        if (!rule.onlyFacts()) {
          plain.computeIfAbsent(kind, k -> new ArrayList<>()).add(rule);
        }
        paths.computeIfAbsent(kind, k -> new HashSet<>()).addAll(rule.reads());
      }
    }
    paths.forEach((kind, fields) -> reads.put(kind, FieldMask.of(fields)));
  }

  /** Ids of rules whose findings count only where an organisation wants them. */
  Set<String> offByDefault() {
    return off;
  }

  /** The parameters of the rules that have some and what they are by default, by id. */
  Map<String, Map<String, Object>> params() {
    return Collections.unmodifiableMap(params);
  }

  /** All rules, by id. */
  List<Rule> rules() {
    return all;
  }

  /** Whether some rule looks at this kind. */
  boolean looksAt(GroupKind kind) {
    return kinds.contains(kind);
  }

  /** The fields that rules read of a kind. */
  FieldMask reads(GroupKind kind) {
    return reads.getOrDefault(kind, NOTHING);
  }

  /** Whether a fact is told by its name, apart from the object. */
  boolean isTold(String fact) {
    return told.contains(fact);
  }

  /** Whether some rule looks at the object itself, and not only at facts told by their name. */
  boolean wantsObject(Item item) {
    return item.subject().cluster().isEmpty()
        && (plain.containsKey(item.subject().key().groupKind())
            || item.facts().keySet().stream()
                .anyMatch(fact -> !told.contains(fact) && byFact.containsKey(fact)));
  }

  /** Whether some rule can have something to say of it. */
  boolean asks(Item item) {
    return wantsObject(item) || item.facts().keySet().stream().anyMatch(byFact::containsKey);
  }

  /** The rules that can have something to say of these, by key. */
  SortedMap<String, Rule> asked(Collection<Item> items) {
    Set<GroupKind> present = new HashSet<>();
    Set<String> facts = new HashSet<>();
    for (Item item : items) {
      if (item.subject().cluster().isEmpty()) {
        present.add(item.subject().key().groupKind());
      }
      facts.addAll(item.facts().keySet());
    }
    SortedMap<String, Rule> asked = new TreeMap<>();
    present.forEach(
        kind -> plain.getOrDefault(kind, List.of()).forEach(rule -> asked.put(rule.key(), rule)));
    facts.forEach(
        fact -> byFact.getOrDefault(fact, List.of()).forEach(rule -> asked.put(rule.key(), rule)));
    return asked;
  }
}
