package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A DestinationRule.
 *
 * @param host {@code spec.host}
 * @param subsets names of its subsets
 * @param scopes the namespaces that see it: with a workloadSelector only its own ({@code
 *     setDestinationRules} in {@code pilot/pkg/model/push_context.go})
 */
public record DestinationRuleView(
    Declaration declaration, HostAt host, Set<String> subsets, Scopes scopes)
    implements ObjectView {

  static DestinationRuleView of(Declaration declaration, String domain) {
    Map<String, Object> spec = declaration.manifest().spec();
    String namespace = declaration.manifest().key().namespace();
    String host = JsonTree.string(spec, "host", "");
    Set<String> subsets = new LinkedHashSet<>();
    for (Map<String, Object> subset : JsonTree.maps(spec, "subsets")) {
      subsets.add(JsonTree.string(subset, "name", ""));
    }
    List<String> exportTo =
        spec.containsKey("workloadSelector") ? List.of(".") : JsonTree.strings(spec, "exportTo");
    return new DestinationRuleView(
        declaration,
        new HostAt(List.of("spec", "host"), host, Hosts.fqdn(host, namespace, domain)),
        Set.copyOf(subsets),
        Scopes.of(exportTo, namespace));
  }
}
