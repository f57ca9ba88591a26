package io.meshkeel.facts.workload;

import io.meshkeel.facts.Mark;
import io.meshkeel.facts.Marks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Workloads by name and by each label of their templates and pods. Who reads notes it. Changed by
 * one thread while nobody reads; read by any.
 */
final class WorkloadTable {
  private record Place(String namespace, String key, String value) {}

  private record Label(String key, String value) {}

  private final Map<String, TreeMap<WorkloadKey, Workload>> byNamespace = new TreeMap<>();
  private final Map<Place, Set<WorkloadKey>> byLabel = new HashMap<>();
  private final Mark any = new Mark();
  private final Marks<WorkloadKey> single = new Marks<>();
  private final Marks<String> namespaces = new Marks<>();
  private final Marks<Place> places = new Marks<>();
  private final Marks<Label> labels = new Marks<>();

  void put(WorkloadKey key, @Nullable Workload workload) {
    TreeMap<WorkloadKey, Workload> siblings = byNamespace.get(key.namespace());
    Workload before = siblings == null ? null : siblings.get(key);
    if (Objects.equals(before, workload)) {
      return;
    }
    if (siblings == null) {
      siblings = new TreeMap<>();
      byNamespace.put(key.namespace(), siblings);
    }
    if (before != null) {
      for (Place place : places(before)) {
        Set<WorkloadKey> others = byLabel.get(place);
        if (others != null && others.remove(key) && others.isEmpty()) {
          byLabel.remove(place);
        }
        changed(place);
      }
    }
    if (workload == null) {
      siblings.remove(key);
    } else {
      siblings.put(key, workload);
      for (Place place : places(workload)) {
        byLabel.computeIfAbsent(place, p -> new HashSet<>(2)).add(key);
        changed(place);
      }
    }
    if (siblings.isEmpty()) {
      byNamespace.remove(key.namespace());
    }
    any.change();
    single.change(key);
    namespaces.change(key.namespace());
  }

  private void changed(Place place) {
    places.change(place);
    labels.change(new Label(place.key(), place.value()));
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
    single.read(key);
    TreeMap<WorkloadKey, Workload> siblings = byNamespace.get(key.namespace());
    return siblings == null ? Optional.empty() : Optional.ofNullable(siblings.get(key));
  }

  List<Workload> all() {
    any.read();
    List<Workload> all = new ArrayList<>();
    byNamespace.values().forEach(siblings -> all.addAll(siblings.values()));
    return List.copyOf(all);
  }

  Set<String> namespaces() {
    any.read();
    return Collections.unmodifiableSet(byNamespace.keySet());
  }

  Collection<Workload> inNamespace(String namespace) {
    namespaces.read(namespace);
    TreeMap<WorkloadKey, Workload> siblings = byNamespace.get(namespace);
    return siblings == null ? List.of() : List.copyOf(siblings.values());
  }

  List<Workload> select(String namespace, Map<String, String> selector) {
    if (selector.isEmpty()) {
      return List.copyOf(inNamespace(namespace));
    }
    Place fewest = fewest(namespace, selector);
    // What comes or goes with all labels has this one.
    places.read(fewest);
    List<Workload> found = new ArrayList<>();
    add(fewest, selector, found);
    return List.copyOf(found);
  }

  List<Workload> selectEverywhere(Map<String, String> selector) {
    if (selector.isEmpty()) {
      return all();
    }
    Map.Entry<String, String> one = selector.entrySet().iterator().next();
    labels.read(new Label(one.getKey(), one.getValue()));
    List<Workload> found = new ArrayList<>();
    for (String namespace : byNamespace.keySet()) {
      add(fewest(namespace, selector), selector, found);
    }
    return List.copyOf(found);
  }

  /** The label of a selector that fewest workloads of a namespace have. */
  private Place fewest(String namespace, Map<String, String> selector) {
    Place fewest = null;
    int least = Integer.MAX_VALUE;
    for (Map.Entry<String, String> label : selector.entrySet()) {
      Place place = new Place(namespace, label.getKey(), label.getValue());
      int size = byLabel.getOrDefault(place, Set.of()).size();
      if (size < least) {
        fewest = place;
        least = size;
      }
    }
    return Objects.requireNonNull(fewest);
  }

  private void add(Place place, Map<String, String> selector, List<Workload> found) {
    Set<WorkloadKey> with = byLabel.get(place);
    TreeMap<WorkloadKey, Workload> siblings = byNamespace.get(place.namespace());
    if (with == null || siblings == null) {
      return;
    }
    List<WorkloadKey> keys = new ArrayList<>(with);
    keys.sort(null);
    for (WorkloadKey key : keys) {
      Workload workload = siblings.get(key);
      if (workload != null && workload.selectedBy(selector)) {
        found.add(workload);
      }
    }
  }
}
