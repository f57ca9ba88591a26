package io.meshkeel.facts.joined;

import io.meshkeel.facts.DestinationRuleView;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Shelf;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.VirtualServiceView;
import io.meshkeel.facts.service.Endpoints.SubsetCount;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Subsets that no endpoint of the host has the labels of, in any cluster: {@code
 * endpoints/endpoint_builder.go} of istio/istio, release 1.31, filters by labels, those that Istio
 * adds among them. A template of pods counts too: what is scaled down today comes back. Told as
 * {@code emptySubsets} of a DestinationRule: {@code {path, subset, labels, host, routed, routes}},
 * the last being {@code {id, path}} of VirtualServices.
 */
final class EmptySubsets extends KeptIndex {
  private final JoinedMesh mesh;
  private final Optional<String> unknown;

  /**
   * Where routes lead to a subset of a host. Subsets of most hosts have the same few names: by name
   * alone each rule would be told of anew with each change of a route.
   */
  private final Shelf<SubsetOf, Led> routed = shelf();

  /** A subset of a host, as a route names it. */
  private record SubsetOf(String host, String subset) {}

  /** A route to a subset: which VirtualService, and where it names the subset. */
  private record Led(String service, List<Object> path) {
    Map<String, Object> place() {
      return Map.of("id", service, "path", path);
    }
  }

  EmptySubsets(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknown = mesh.unknownWorkloads();
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service) {
      for (VirtualServiceView.Destination destination : service.destinations()) {
        if (!destination.subset().isEmpty() && destination.reached()) {
          List<Object> path = new ArrayList<>(destination.host().path());
          path.set(path.size() - 1, "subset");
          routed.put(
              service,
              new SubsetOf(destination.host().fqdn(), destination.subset()),
              new Led(service.id(), List.copyOf(path)));
        }
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (!(object instanceof DestinationRuleView rule) || rule.declared().isEmpty()) {
      return;
    }
    if (unknown.isPresent()) {
      slice.unjudged("M202", unknown.get());
      return;
    }
    Set<String> hosts = hosts(rule);
    List<Object> empty = new ArrayList<>();
    List<Map<String, Object>> subsets =
        JsonTree.maps(rule.declaration().manifest().spec(), "subsets");
    for (int i = 0; i < subsets.size() && !hosts.isEmpty(); i++) {
      Map<String, String> labels = Labels.of(JsonTree.map(subsets.get(i), "labels"));
      if (labels.isEmpty()) {
        continue;
      }
      String name = JsonTree.string(subsets.get(i), "name", "");
      Set<String> led = new TreeSet<>();
      for (String host : hosts) {
        if (routed.has(new SubsetOf(host, name))) {
          led.add(host);
        }
      }
      List<String> without =
          (led.isEmpty() ? hosts : led)
              .stream().filter(host -> isEmpty(host, labels, slice)).toList();
      // Of a wildcard, a subset that no route leads to is for any of the hosts.
      if (without.isEmpty() || (led.isEmpty() && without.size() < hosts.size())) {
        continue;
      }
      empty.add(
          Map.of(
              "path", List.of("spec", "subsets", i, "labels"),
              "subset", name,
              "routed", !led.isEmpty(),
              "routes",
                  without.stream()
                      .flatMap(host -> routed.get(new SubsetOf(host, name)).stream())
                      .limit(MeshFacts.MAX_RELATED)
                      .map(Led::place)
                      .toList(),
              "labels", words(labels),
              "host", led.isEmpty() ? rule.host().fqdn() : without.getFirst()));
    }
    slice.put("emptySubsets", List.copyOf(empty));
  }

  /** The hosts that a rule is for, as far as they are known. */
  private Set<String> hosts(DestinationRuleView rule) {
    String host = rule.host().fqdn();
    if (!Hosts.isWildcard(host)) {
      return mesh.state().hosts().exactly(host).isEmpty() ? Set.of() : Set.of(host);
    }
    Set<String> hosts = new TreeSet<>();
    for (String one : mesh.state().hosts().within(host)) {
      if (!Hosts.isWildcard(one) && mesh.takes(rule.declaration().manifest(), one)) {
        hosts.add(one);
      }
    }
    return hosts;
  }

  private boolean isEmpty(String host, Map<String, String> labels, Slice slice) {
    SubsetCount count = mesh.endpoints().subset(host, labels);
    if (count.total() > 0 || mesh.endpoints().hasTemplate(host, labels)) {
      return false;
    }
    if (!count.certain()) {
      slice.unjudged("M202", "not all endpoints of some services can be seen");
    }
    return count.certain();
  }

  private static String words(Map<String, String> labels) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(labels).forEach((key, value) -> words.add(key + "=" + value));
    return String.join(", ", words);
  }
}
