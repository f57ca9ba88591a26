package io.meshkeel.facts.joined;

import io.meshkeel.facts.DestinationRuleView;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.KeptIndex;
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
import java.util.TreeMap;

/**
 * Subsets that no endpoint of the host has the labels of, in any cluster: {@code
 * endpoints/endpoint_builder.go} of istio/istio, release 1.31, filters by labels, those that Istio
 * adds among them. A template of pods counts too: what is scaled down today comes back. Told as
 * {@code emptySubsets} of a DestinationRule: {@code {path, subset, labels, host, routed}}.
 */
final class EmptySubsets extends KeptIndex {
  private final JoinedMesh mesh;
  private final Optional<String> unknown;
  private final Shelf<String, Boolean> routed = shelf();

  EmptySubsets(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknown = mesh.unknownWorkloads();
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof VirtualServiceView service) {
      for (VirtualServiceView.Destination destination : service.destinations()) {
        if (!destination.subset().isEmpty()) {
          routed.put(service, destination.host().fqdn() + "/" + destination.subset(), true);
        }
      }
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (!(object instanceof DestinationRuleView rule)
        || rule.declared().isEmpty()
        || Hosts.isWildcard(rule.host().fqdn())) {
      return;
    }
    if (unknown.isPresent()) {
      slice.unjudged("M202", unknown.get());
      return;
    }
    String host = rule.host().fqdn();
    if (mesh.state().hosts().exactly(host).isEmpty()) {
      return;
    }
    List<Object> empty = new ArrayList<>();
    List<Map<String, Object>> subsets =
        JsonTree.maps(rule.declaration().manifest().spec(), "subsets");
    for (int i = 0; i < subsets.size(); i++) {
      Map<String, String> labels = Labels.of(JsonTree.map(subsets.get(i), "labels"));
      if (labels.isEmpty()) {
        continue;
      }
      SubsetCount count = mesh.endpoints().subset(host, labels);
      if (count.total() > 0 || mesh.endpoints().hasTemplate(host, labels)) {
        continue;
      }
      if (!count.certain()) {
        slice.unjudged("M202", "not all endpoints of some services can be seen");
        continue;
      }
      String name = JsonTree.string(subsets.get(i), "name", "");
      empty.add(
          Map.of(
              "path", List.of("spec", "subsets", i, "labels"),
              "subset", name,
              "routed", routed.has(host + "/" + name),
              "labels", words(labels),
              "host", host));
    }
    slice.put("emptySubsets", List.copyOf(empty));
  }

  private static String words(Map<String, String> labels) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(labels).forEach((key, value) -> words.add(key + "=" + value));
    return String.join(", ", words);
  }
}
