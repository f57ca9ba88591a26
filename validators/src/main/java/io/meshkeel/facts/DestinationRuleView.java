package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A DestinationRule.
 *
 * @param host {@code spec.host}
 * @param subsets names of its subsets
 * @param declared its subsets in their order
 * @param policy whether it has a traffic policy for all of the host
 * @param selector labels of the workloads that take it; empty for all
 * @param scopes the namespaces that see it: with a workloadSelector only its own ({@code
 *     setDestinationRules} in {@code pilot/pkg/model/push_context.go})
 */
public record DestinationRuleView(
    Declaration declaration,
    HostAt host,
    Set<String> subsets,
    List<Subset> declared,
    boolean policy,
    Map<String, Object> selector,
    Scopes scopes)
    implements ObjectView {

  /**
   * A subset.
   *
   * @param name its name
   * @param policy whether it has a traffic policy of its own
   */
  public record Subset(String name, boolean policy) {}

  static DestinationRuleView of(Declaration declaration, String domain) {
    Map<String, Object> spec = declaration.manifest().spec();
    String namespace = declaration.manifest().key().namespace();
    String host = JsonTree.string(spec, "host", "");
    Set<String> subsets = new LinkedHashSet<>();
    List<Subset> declared = new ArrayList<>();
    for (Map<String, Object> subset : JsonTree.maps(spec, "subsets")) {
      String name = JsonTree.string(subset, "name", "");
      subsets.add(name);
      declared.add(new Subset(name, !JsonTree.map(subset, "trafficPolicy").isEmpty()));
    }
    List<String> exportTo =
        spec.containsKey("workloadSelector") ? List.of(".") : JsonTree.strings(spec, "exportTo");
    return new DestinationRuleView(
        declaration,
        new HostAt(List.of("spec", "host"), host, Hosts.fqdn(host, namespace, domain)),
        Set.copyOf(subsets),
        List.copyOf(declared),
        !JsonTree.map(spec, "trafficPolicy").isEmpty(),
        JsonTree.map(JsonTree.map(spec, "workloadSelector"), "matchLabels"),
        Scopes.of(exportTo, namespace));
  }
}
