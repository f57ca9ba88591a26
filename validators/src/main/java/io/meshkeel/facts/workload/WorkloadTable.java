package io.meshkeel.facts.workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Workloads by name and by each label of their templates and pods. Not thread-safe. */
final class WorkloadTable {
  private record Place(String namespace, String key, String value) {}

  private final Map<String, TreeMap<WorkloadKey, Workload>> byNamespace = new TreeMap<>();
  private final Map<Place, Set<WorkloadKey>> byLabel = new HashMap<>();

  void put(WorkloadKey key, @Nullable Workload workload) {
    TreeMap<WorkloadKey, Workload> siblings =
        byNamespace.computeIfAbsent(key.namespace(), n -> new TreeMap<>());
    Workload before = workload == null ? siblings.remove(key) : siblings.put(key, workload);
    if (before != null) {
      for (Place place : places(before)) {
        Set<WorkloadKey> others = byLabel.get(place);
        if (others != null && others.remove(key) && others.isEmpty()) {
          byLabel.remove(place);
        }
      }
    }
    if (workload != null) {
      for (Place place : places(workload)) {
        byLabel.computeIfAbsent(place, p -> new HashSet<>(2)).add(key);
      }
    }
    if (siblings.isEmpty()) {
      byNamespace.remove(key.namespace());
    }
  }

  private static Set<Place> places(Workload workload) {
    Set<Place> places = new HashSet<>();
    addPlaces(workload, workload.labels(), places);
    workload.pods().forEach(pod -> addPlaces(workload, pod.shape().labels(), places));
    return places;
  }

  private static void addPlaces(Workload workload, Map<String, String> labels, Set<Place> places) {
    labels.forEach(
        (label, value) -> places.add(new Place(workload.key().namespace(), label, value)));
  }

  Optional<Workload> get(WorkloadKey key) {
    TreeMap<WorkloadKey, Workload> siblings = byNamespace.get(key.namespace());
    return siblings == null ? Optional.empty() : Optional.ofNullable(siblings.get(key));
  }

  List<Workload> all() {
    List<Workload> all = new ArrayList<>();
    byNamespace.values().forEach(siblings -> all.addAll(siblings.values()));
    return List.copyOf(all);
  }

  Set<String> namespaces() {
    return Collections.unmodifiableSet(byNamespace.keySet());
  }

  Collection<Workload> inNamespace(String namespace) {
    TreeMap<WorkloadKey, Workload> siblings = byNamespace.get(namespace);
    return siblings == null ? List.of() : List.copyOf(siblings.values());
  }

  List<Workload> select(String namespace, Map<String, String> selector) {
    TreeMap<WorkloadKey, Workload> siblings = byNamespace.get(namespace);
    if (siblings == null) {
      return List.of();
    }
    Collection<WorkloadKey> fewest = siblings.keySet();
    for (Map.Entry<String, String> label : selector.entrySet()) {
      Set<WorkloadKey> with = byLabel.get(new Place(namespace, label.getKey(), label.getValue()));
      if (with == null) {
        return List.of();
      }
      if (with.size() < fewest.size()) {
        fewest = with;
      }
    }
    List<Workload> found = new ArrayList<>();
    for (WorkloadKey key : fewest) {
      Workload workload = siblings.get(key);
      if (workload != null && workload.selectedBy(selector)) {
        found.add(workload);
      }
    }
    if (fewest != siblings.keySet()) {
      found.sort(Comparator.comparing(Workload::key));
    }
    return List.copyOf(found);
  }
}
