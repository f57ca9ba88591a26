package io.meshkeel.facts.joined;

import io.meshkeel.facts.Subject;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Annotations of Istio that don't do what they were written for. What runs in the root namespace is
 * Istio's own affair, and pods of a controller are told of with it, or where that wasn't seen, by
 * the first of them. Told of a Namespace, a Service or a workload: {@code annotations} {@code
 * {path, annotation, why}}.
 */
final class FoundAnnotations {
  private final JoinedMesh mesh;

  FoundAnnotations(JoinedMesh mesh) {
    this.mesh = mesh;
  }

  /** Whether objects of a kind are told of by themselves. */
  static boolean isTold(ResourceKey key) {
    GroupKind kind = key.groupKind();
    return kind.equals(ObservedKinds.NAMESPACE)
        || kind.equals(ObservedKinds.SERVICE)
        || ObservedKinds.WORKLOADS.contains(kind);
  }

  /** What is told of an object of such a kind, which is a function of the object alone. */
  Telling tell(ClusterName cluster, Manifest object) {
    Telling told = new Telling();
    if (isIstios(object)) {
      return told;
    }
    String kind = object.key().kind();
    List<Object> facts = new ArrayList<>();
    if (!ObservedKinds.WORKLOADS.contains(object.key().groupKind())) {
      facts.addAll(mistakes(List.of("metadata"), kind, object.metadata()));
    } else if (JsonTree.maps(object.metadata(), "ownerReferences").isEmpty()) {
      facts.addAll(mistakes(List.of("metadata"), kind, object.metadata()));
      facts.addAll(
          mistakes(
              PolicyFields.path(FoundWorkloads.podPath(object), "metadata"),
              "Pod",
              JsonTree.map(FoundWorkloads.pod(object), "metadata")));
    }
    put(cluster, object, facts, told);
    return told;
  }

  /** Tells of the first pod of a workload whose controller wasn't seen. */
  void tell(WorkloadKey key, Telling told) {
    mesh.state()
        .workloads(key.cluster())
        .get(key)
        .filter(workload -> !workload.controlled() && !workload.pods().isEmpty())
        .map(workload ->
            new ResourceKey("", "Pod", key.namespace(), workload.pods().getFirst().name()))
        .flatMap(pod -> mesh.found().of(key.cluster()).flatMap(held -> held.get(pod)))
        .filter(pod -> !isIstios(pod))
        .ifPresent(pod ->
            put(key.cluster(), pod, mistakes(List.of("metadata"), "Pod", pod.metadata()), told));
  }

  private boolean isIstios(Manifest object) {
    return object.key().namespace().equals(mesh.spec().rootNamespace())
        || object.key().name().equals(mesh.spec().rootNamespace())
        || Overlay.labels(object).containsKey("gateway.networking.k8s.io/gateway-name")
        || Overlay.isOurs(object);
  }

  private static void put(ClusterName cluster, Manifest object, List<Object> facts, Telling told) {
    if (!facts.isEmpty()) {
      told.of(Subject.found(cluster, object.key())).put("annotations", List.copyOf(facts));
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
