package io.meshkeel.facts.service;

import io.meshkeel.facts.workload.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DestinationRules of one namespace and host that istiod makes into one: {@code
 * mergeDestinationRule} in {@code pilot/pkg/model/destination_rule.go} of istio/istio, release
 * 1.31.
 *
 * @param rules in the order in which they count; the first one's visibility and clients are the
 *     whole's
 */
public record MergedRule(List<DestinationRule> rules) {
  /**
   * @throws IllegalArgumentException if there is no rule
   */
  public MergedRule {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a merged rule is made of at least one");
    }
  }

  /** Subsets by name: of two with one name the first counts. */
  public Map<String, Map<String, String>> subsets() {
    Map<String, Map<String, String>> subsets = new LinkedHashMap<>();
    rules.forEach(rule -> rule.subsets().forEach(subsets::putIfAbsent));
    return subsets;
  }

  /** The rule whose top-level policy counts, if one has any. */
  public Optional<DestinationRule> policy() {
    return rules.stream()
        .filter(rule -> rule.manifest().spec().containsKey("trafficPolicy"))
        .findFirst();
  }

  /**
   * Merges rules of one namespace and host, step by step as istiod does: rules that are exported to
   * other namespaces, or are for other clients, stay apart.
   *
   * @param sorted by {@link DestinationRule#compareTo}
   */
  static List<MergedRule> merge(List<DestinationRule> sorted) {
    List<List<DestinationRule>> merged = new ArrayList<>();
    for (DestinationRule rule : sorted) {
      boolean apart = true;
      for (List<DestinationRule> group : merged) {
        DestinationRule first = group.getFirst();
        boolean alike = rule.exportTo().equals(first.exportTo());
        apart = !alike;
        if (!alike
            && (first.exportTo().isEmpty() || !rule.exportTo().containsAll(first.exportTo()))) {
          continue;
        }
        if (rule.clients().isPresent()
            && first.clients().isPresent()
            && !rule.clients().equals(first.clients())) {
          apart = true;
          continue;
        }
        if (rule.clients().isPresent() == first.clients().isPresent()) {
          apart = false;
        }
        group.add(rule);
      }
      if (apart) {
        List<DestinationRule> group = new ArrayList<>();
        group.add(rule);
        merged.add(group);
      }
    }
    return merged.stream().map(MergedRule::new).toList();
  }

  /**
   * The one that a proxy takes: the first that selects its pod, else the last that is for all
   * ({@code SidecarScope.DestinationRule} in {@code pilot/pkg/model/sidecar.go}).
   */
  static Optional<MergedRule> chosen(List<MergedRule> merged, Map<String, String> labels) {
    Optional<MergedRule> forAll = Optional.empty();
    for (MergedRule candidate : merged) {
      Optional<Map<String, String>> clients = candidate.rules().getFirst().clients();
      if (clients.isEmpty()) {
        forAll = Optional.of(candidate);
      } else if (Labels.select(clients.get(), labels)) {
        return Optional.of(candidate);
      }
    }
    return forAll;
  }
}
