package io.meshkeel.facts.joined;

import io.meshkeel.facts.injection.InjectionHooks;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Webhooks of a cluster that was written down without them. Whoever writes the label istio.io/rev
 * of a tag and no webhook means that something is injected: every revision that namespaces and pods
 * name is taken as served, beside the mesh's own and the default one. Whether one is a slip is
 * another question.
 */
final class UnseenWebhooks {
  private static final String REVISION = "istio.io/rev";

  private UnseenWebhooks() {}

  /** The inventory with the webhooks that are meant; as it is if it has some. */
  static ClusterInventory in(ClusterInventory held, MeshDeclarations mesh) {
    if (!held.of(ObservedKinds.MUTATING_WEBHOOK).isEmpty()) {
      return held;
    }
    String own = mesh.mesh().spec().revision();
    TreeSet<String> asked = new TreeSet<>(List.of(own, InjectionHooks.DEFAULT_REVISION));
    for (Manifest namespace : held.of(ObservedKinds.NAMESPACE)) {
      add(Labels.of(namespace.labels()), asked);
    }
    for (GroupKind kind : ObservedKinds.WORKLOADS) {
      for (Manifest object : held.of(kind)) {
        Map<String, Object> metadata = JsonTree.map(FoundWorkloads.pod(object), "metadata");
        add(Labels.of(JsonTree.map(metadata, "labels")), asked);
      }
    }
    if (asked.size() == 1) {
      return held;
    }
    List<Manifest> objects = new ArrayList<>(held.objects());
    for (String revision : asked) {
      objects.add(
          Manifest.of(
              Map.of(
                  "apiVersion",
                  "admissionregistration.k8s.io/v1",
                  "kind",
                  "MutatingWebhookConfiguration",
                  "metadata",
                  Map.of(
                      "name",
                      "istio-sidecar-injector-" + revision,
                      "labels",
                      Map.of(REVISION, revision)))));
    }
    Set<GroupKind> known = new HashSet<>(held.known());
    known.add(ObservedKinds.MUTATING_WEBHOOK);
    return ClusterInventory.of(held.cluster(), known, objects);
  }

  private static void add(Map<String, String> labels, Set<String> asked) {
    String revision = labels.getOrDefault(REVISION, "");
    if (!revision.isEmpty()) {
      asked.add(revision);
    }
  }
}
