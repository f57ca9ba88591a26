package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The VirtualServices that sidecars take for one host, by who sees them. */
final class HostUsers {
  private final List<VirtualServiceView> everywhere = new ArrayList<>(1);
  private final Map<String, List<VirtualServiceView>> byNamespace = new HashMap<>(2);
  private int size;

  void add(VirtualServiceView service) {
    size++;
    if (service.scopes().everywhere()) {
      everywhere.add(service);
    }
    for (String namespace : service.scopes().namespaces()) {
      byNamespace.computeIfAbsent(namespace, n -> new ArrayList<>(1)).add(service);
    }
  }

  /** Those whose scopes meet this one's, itself left out: {@code namespace/name}, sorted. */
  List<String> others(VirtualServiceView service) {
    if (size < 2) {
      return List.of();
    }
    List<VirtualServiceView> met = new ArrayList<>();
    if (service.scopes().everywhere()) {
      met.addAll(everywhere);
      byNamespace.values().forEach(met::addAll);
    } else if (!service.scopes().namespaces().isEmpty()) {
      met.addAll(everywhere);
      for (String namespace : service.scopes().namespaces()) {
        met.addAll(byNamespace.getOrDefault(namespace, List.of()));
      }
    }
    return firstIds(met, service);
  }

  /** At most {@link MeshFacts#MAX_RELATED} of them, in the order of their ids. */
  static List<String> firstIds(Iterable<? extends ObjectView> views, ObjectView itself) {
    TreeSet<String> ids = new TreeSet<>(Comparator.naturalOrder());
    for (ObjectView view : views) {
      if (view.declaration() != itself.declaration()) {
        ids.add(view.id());
        if (ids.size() > MeshFacts.MAX_RELATED) {
          ids.pollLast();
        }
      }
    }
    return List.copyOf(ids);
  }
}
