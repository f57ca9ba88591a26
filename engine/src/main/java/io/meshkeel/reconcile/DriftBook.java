package io.meshkeel.reconcile;

import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.DriftEntry;
import io.meshkeel.report.DriftRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What drifted in one cluster, by object. One thread. */
final class DriftBook {
  private final Map<ResourceKey, List<DriftEntry>> entries = new TreeMap<>();

  /** What was found when all was looked at. */
  void replace(Collection<DriftEntry> found) {
    entries.clear();
    add(found);
  }

  /** What was found when these keys were looked at. */
  void replace(Set<ResourceKey> looked, Collection<DriftEntry> found) {
    entries.keySet().removeAll(looked);
    add(found);
  }

  private void add(Collection<DriftEntry> found) {
    for (DriftEntry entry : found) {
      if (entry.mode() != Mesh.DriftMode.IGNORE) {
        entries.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry);
      }
    }
  }

  /** The objects that are to be put back. */
  Set<ResourceKey> toHeal() {
    return entries.entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(d -> d.mode() == Mesh.DriftMode.HEAL))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  Set<ResourceKey> keys() {
    return Set.copyOf(entries.keySet());
  }

  int count() {
    return entries.values().stream().mapToInt(List::size).sum();
  }

  DriftRun run(String cluster) {
    List<String> lines =
        entries.values().stream()
            .flatMap(List::stream)
            .limit(DriftRun.MAX_LINES)
            .map(DriftEntry::oneLine)
            .toList();
    return new DriftRun(cluster, count(), lines, "");
  }
}
