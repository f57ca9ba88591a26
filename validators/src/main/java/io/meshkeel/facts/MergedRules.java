package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * DestinationRules of one host and namespace that say the same thing twice: istiod merges them and
 * keeps what the oldest says ({@code mergeDestinationRule} in {@code
 * pilot/pkg/model/destination_rule.go} of istio/istio, release 1.31). Told as {@code twice} of a
 * DestinationRule: {@code {path, what, others}}.
 */
final class MergedRules extends KeptIndex {
  private final Shelf<Place, DestinationRuleView> places = shelf();

  private record Place(String namespace, String host, Map<String, Object> selector) {
    static Place of(DestinationRuleView rule) {
      return new Place(rule.namespace(), rule.host().fqdn(), rule.selector());
    }
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof DestinationRuleView rule) {
      places.put(rule, Place.of(rule), rule);
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (object instanceof DestinationRuleView rule) {
      List<DestinationRuleView> merged =
          places.get(Place.of(rule)).stream()
              .filter(other -> other.scopes().meets(rule.scopes()))
              .toList();
      if (merged.size() < 2) {
        return;
      }
      List<Object> twice = new ArrayList<>();
      if (rule.policy()) {
        add(
            twice,
            List.of("spec", "trafficPolicy"),
            "traffic policy",
            rule,
            merged.stream().filter(DestinationRuleView::policy).toList());
      }
      for (int i = 0; i < rule.declared().size(); i++) {
        String name = rule.declared().get(i).name();
        add(
            twice,
            List.of("spec", "subsets", i, "name"),
            "subset '" + name + "'",
            rule,
            merged.stream().filter(other -> other.subsets().contains(name)).toList());
      }
      slice.put("twice", List.copyOf(twice));
    }
  }

  private static void add(
      List<Object> twice,
      List<Object> path,
      String what,
      DestinationRuleView rule,
      List<DestinationRuleView> having) {
    List<String> others = HostUsers.firstIds(having, rule);
    if (!others.isEmpty()) {
      twice.add(Map.of("path", path, "what", what, "others", others));
    }
  }
}
