package io.meshkeel.facts.service;

import io.meshkeel.facts.ConfigOrder;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A DestinationRule.
 *
 * @param manifest as declared or found
 * @param host its full name
 * @param exportTo as written; with a workloadSelector only the own namespace
 * @param clients labels of the pods that it is for, as clients; empty if it is for all
 */
public record DestinationRule(
    Manifest manifest, String host, Set<String> exportTo, Optional<Map<String, String>> clients)
    implements Comparable<DestinationRule> {
  public DestinationRule {
    exportTo = Set.copyOf(exportTo);
    clients = clients.map(Map::copyOf);
  }

  /**
   * Reads one.
   *
   * @param domain the cluster domain
   */
  static DestinationRule of(Manifest manifest, String domain) {
    Map<String, Object> spec = manifest.spec();
    boolean forSome = spec.containsKey("workloadSelector");
    return new DestinationRule(
        manifest,
        Hosts.fqdn(JsonTree.string(spec, "host", ""), manifest.key().namespace(), domain),
        forSome ? Set.of(".") : Set.copyOf(JsonTree.strings(spec, "exportTo")),
        forSome
            ? Optional.of(
                Labels.of(JsonTree.map(JsonTree.map(spec, "workloadSelector"), "matchLabels")))
            : Optional.empty());
  }

  /** Which one. */
  public ResourceKey key() {
    return manifest.key();
  }

  /** The namespaces that see it. */
  public Scopes scopes() {
    return Scopes.of(List.copyOf(exportTo), manifest.key().namespace());
  }

  /** Whether nothing but its own namespace is named, so that it isn't exported. */
  boolean isPrivate() {
    return exportTo.size() == 1
        && (exportTo.contains(".") || exportTo.contains(manifest.key().namespace()));
  }

  /** Its subsets by name, each with the labels of its endpoints; of two with one name the first. */
  public Map<String, Map<String, String>> subsets() {
    Map<String, Map<String, String>> subsets = new LinkedHashMap<>();
    for (Map<String, Object> subset : JsonTree.maps(manifest.spec(), "subsets")) {
      subsets.putIfAbsent(
          JsonTree.string(subset, "name", ""), Labels.of(JsonTree.map(subset, "labels")));
    }
    return subsets;
  }

  /**
   * Those for some clients before those for all, then the oldest first: {@code
   * sortConfigBySelectorAndCreationTime} in {@code pilot/pkg/model/push_context.go}.
   */
  @Override
  public int compareTo(DestinationRule other) {
    return clients.isPresent() == other.clients.isPresent()
        ? ConfigOrder.OLDEST_FIRST.compare(manifest, other.manifest)
        : clients.isPresent() ? -1 : 1;
  }
}
