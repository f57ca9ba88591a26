package io.meshkeel.facts.joined;

import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Annotations of Istio that don't do what they were written for. What runs in the root namespace is
 * Istio's own affair, and pods of a controller are told of with it, or where that wasn't seen, by
 * the first of them. Told of a Namespace, a Service or a workload: {@code annotations} {@code
 * {path, annotation, why}}.
 */
final class FoundAnnotations {
  private final JoinedMesh mesh;
  private final Function<Subject, Slice> slices;

  /**
   * @param slices where facts are told
   */
  FoundAnnotations(JoinedMesh mesh, Function<Subject, Slice> slices) {
    this.mesh = mesh;
    this.slices = slices;
  }

  void tell() {
    mesh.found().clusters().values().stream()
        .sorted((one, other) -> one.cluster().compareTo(other.cluster()))
        .forEach(this::tell);
  }

  private void tell(ClusterInventory held) {
    for (GroupKind kind : List.of(ObservedKinds.NAMESPACE, ObservedKinds.SERVICE)) {
      for (Manifest object : held.of(kind)) {
        if (!isIstios(object)) {
          put(held, object, mistakes(List.of("metadata"), kind.kind(), object.metadata()));
        }
      }
    }
    for (GroupKind kind : ObservedKinds.WORKLOADS) {
      for (Manifest object : held.of(kind)) {
        if (!isIstios(object) && JsonTree.maps(object.metadata(), "ownerReferences").isEmpty()) {
          List<Object> told =
              new ArrayList<>(mistakes(List.of("metadata"), kind.kind(), object.metadata()));
          told.addAll(
              mistakes(
                  PolicyFields.path(FoundWorkloads.podPath(object), "metadata"),
                  "Pod",
                  JsonTree.map(FoundWorkloads.pod(object), "metadata")));
          put(held, object, told);
        }
      }
    }
    for (Workload workload : mesh.workloads()) {
      if (workload.key().cluster().equals(held.cluster())
          && !workload.controlled()
          && !workload.pods().isEmpty()) {
        ResourceKey key =
            new ResourceKey(
                "", "Pod", workload.key().namespace(), workload.pods().getFirst().name());
        held.get(key)
            .filter(pod -> !isIstios(pod))
            .ifPresent(pod -> put(held, pod, mistakes(List.of("metadata"), "Pod", pod.metadata())));
      }
    }
  }

  private boolean isIstios(Manifest object) {
    return object.key().namespace().equals(mesh.spec().rootNamespace())
        || object.key().name().equals(mesh.spec().rootNamespace())
        || Overlay.labels(object).containsKey("gateway.networking.k8s.io/gateway-name")
        || Overlay.isOurs(object);
  }

  private void put(ClusterInventory held, Manifest object, List<Object> told) {
    if (!told.isEmpty()) {
      slices
          .apply(Subject.found(held.cluster(), object.key()))
          .put("annotations", List.copyOf(told));
    }
  }

  private static List<Object> mistakes(List<Object> at, String kind, Map<String, Object> metadata) {
    boolean labelled =
        Labels.of(JsonTree.map(metadata, "labels")).containsKey("sidecar.istio.io/inject");
    List<Object> told = new ArrayList<>();
    new TreeMap<>(Labels.of(JsonTree.map(metadata, "annotations")))
        .forEach((name, value) ->
            Annotations.mistake(name, value, kind, labelled)
                .ifPresent(why ->
                    told.add(
                        Map.of(
                            "path", PolicyFields.path(at, "annotations", name),
                            "annotation", name,
                            "why", why))));
    return told;
  }
}
