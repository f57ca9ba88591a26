package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Selectors of policies and configuration that take no workload of any cluster: {@code
 * pilot/pkg/model/policyattachment.go} of istio/istio, release 1.31. Those of the root namespace
 * look in all namespaces. A WorkloadGroup counts for the machines that will join it. Told as {@code
 * idleSelectors}: {@code {path, labels, where, overlooked?}}.
 */
final class Selectors extends KeptIndex {
  private static final List<Object> SELECTOR = List.of("spec", "selector", "matchLabels");
  private static final List<Object> LABELS = List.of("spec", "workloadSelector", "labels");
  private static final Map<String, List<Object>> PLACES =
      Map.of(
          "PeerAuthentication", SELECTOR,
          "RequestAuthentication", SELECTOR,
          "AuthorizationPolicy", SELECTOR,
          "Telemetry", SELECTOR,
          "WasmPlugin", SELECTOR,
          "ProxyConfig", SELECTOR,
          "Sidecar", LABELS,
          "EnvoyFilter", LABELS,
          "DestinationRule", List.of("spec", "workloadSelector", "matchLabels"));
  private static final GroupKind GROUP = new GroupKind("networking.istio.io", "WorkloadGroup");

  private final JoinedMesh mesh;
  private final Optional<String> unknown;

  Selectors(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknown = mesh.unknownWorkloads();
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest manifest = object.declaration().manifest();
    List<Object> place = PLACES.get(manifest.key().kind());
    if (place == null || !manifest.key().group().endsWith("istio.io")) {
      return;
    }
    Map<String, String> labels =
        new JsonPath(place)
            .find(manifest.content())
            .filter(Map.class::isInstance)
            .map(found -> labels(manifest, place))
            .orElse(Map.of());
    if (labels.isEmpty()) {
      return;
    }
    if (unknown.isPresent()) {
      slice.unjudged("M427", unknown.get());
      return;
    }
    String namespace = manifest.key().namespace();
    // A Sidecar that selects is one of its own namespace, the root namespace too.
    boolean everywhere =
        namespace.equals(mesh.spec().rootNamespace()) && !manifest.key().kind().equals("Sidecar");
    if (isOverlooked(manifest)) {
      slice.put(
          "idleSelectors",
          List.of(
              Map.of(
                  "path",
                  place,
                  "labels",
                  words(labels),
                  "where",
                  "namespace " + namespace,
                  "overlooked",
                  true)));
      return;
    }
    if (takesNothing(labels, namespace, everywhere)) {
      slice.put(
          "idleSelectors",
          List.of(
              Map.of(
                  "path",
                  place,
                  "labels",
                  words(labels),
                  "where",
                  everywhere ? "any namespace" : "namespace " + namespace)));
    }
  }

  private static String words(Map<String, String> labels) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(labels).forEach((key, value) -> words.add(key + "=" + value));
    return String.join(", ", words);
  }

  /** {@code ComposePeerAuthentication}: workload policies of the root namespace don't count. */
  private boolean isOverlooked(Manifest manifest) {
    return manifest.key().kind().equals("PeerAuthentication")
        && manifest.key().namespace().equals(mesh.spec().rootNamespace());
  }

  private static Map<String, String> labels(Manifest manifest, List<Object> place) {
    Map<String, Object> at = manifest.content();
    for (Object field : place) {
      at = JsonTree.map(at, (String) field);
    }
    return Labels.of(at);
  }

  private boolean takesNothing(Map<String, String> labels, String namespace, boolean everywhere) {
    for (Held cluster : mesh.expected().all()) {
      Workloads there = mesh.state().workloads(cluster.cluster());
      List<?> taken = everywhere ? there.selectEverywhere(labels) : there.select(namespace, labels);
      if (!taken.isEmpty()) {
        return false;
      }
    }
    return mesh.configured(GROUP).stream()
        .filter(group -> everywhere || group.key().namespace().equals(namespace))
        .noneMatch(group ->
            Labels.select(
                labels, Labels.of(JsonTree.map(JsonTree.map(group.spec(), "metadata"), "labels"))));
  }
}
