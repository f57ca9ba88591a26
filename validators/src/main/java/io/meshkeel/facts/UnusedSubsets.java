package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Subsets with a traffic policy to which nothing routes: a subset's policy holds only for requests
 * that a route sends to that subset. Told as {@code unused} of a DestinationRule: {@code {path,
 * subset}}.
 */
final class UnusedSubsets extends KeptIndex {
  private final Shelf<Routed, Boolean> routed = shelf();
  private final Shelf<String, String> hostsBySubset = shelf();

  private record Routed(String subset, String host) {}

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service) {
      for (VirtualServiceView.Destination destination : service.destinations()) {
        if (!destination.subset().isEmpty()) {
          String host = destination.host().fqdn();
          routed.put(service, new Routed(destination.subset(), host), true);
          hostsBySubset.put(service, destination.subset(), host);
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
    return routed.has(new Routed(subset, host))
        || (Hosts.isWildcard(host)
            && hostsBySubset.get(subset).stream()
                .anyMatch(destination -> Hosts.covers(host, destination)));
  }
}
