package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Subsets with a traffic policy to which nothing routes: a subset's policy holds only for requests
 * that a route sends to that subset. Told as {@code unused} of a DestinationRule: {@code {path,
 * subset}}.
 */
final class UnusedSubsets implements FactIndex {
  private final Map<String, Set<String>> hostsBySubset = new HashMap<>();

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service) {
      for (VirtualServiceView.Destination destination : service.destinations()) {
        if (!destination.subset().isEmpty()) {
          hostsBySubset
              .computeIfAbsent(destination.subset(), s -> new HashSet<>())
              .add(destination.host().fqdn());
        }
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof DestinationRuleView rule) {
      List<Object> unused = new ArrayList<>();
      for (int i = 0; i < rule.declared().size(); i++) {
        DestinationRuleView.Subset subset = rule.declared().get(i);
        if (subset.policy() && !isUsed(subset.name(), rule.host().fqdn())) {
          unused.add(
              Map.of(
                  "path", List.of("spec", "subsets", i, "trafficPolicy"), "subset", subset.name()));
        }
      }
      slice.put("unused", List.copyOf(unused));
    }
  }

  private boolean isUsed(String subset, String host) {
    Set<String> routed = hostsBySubset.getOrDefault(subset, Set.of());
    return routed.contains(host)
        || (Hosts.isWildcard(host)
            && routed.stream().anyMatch(destination -> Hosts.covers(host, destination)));
  }
}
