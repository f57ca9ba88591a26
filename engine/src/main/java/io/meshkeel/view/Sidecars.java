package io.meshkeel.view;

import io.meshkeel.desired.WorkloadTemplate;
import io.meshkeel.facts.injection.ClusterInjection;
import io.meshkeel.facts.injection.Expectation;
import io.meshkeel.facts.injection.SidecarState;
import io.meshkeel.facts.injection.SidecarState.State;
import io.meshkeel.facts.workload.PodShape;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.WorkloadSidecar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Module {@code sidecars}: for each namespace, then for each workload in it. */
final class Sidecars {
  private static final PodShape NO_POD =
      new PodShape(Map.of(), Map.of(), "default", false, List.of(), Optional.empty(), false);

  private static final Map<String, String> RESOURCES =
      new TreeMap<>(
          Map.of(
              "sidecar.istio.io/proxyCPU", "cpu",
              "sidecar.istio.io/proxyCPULimit", "cpuLimit",
              "sidecar.istio.io/proxyMemory", "memory",
              "sidecar.istio.io/proxyMemoryLimit", "memoryLimit"));

  private Sidecars() {}

  static List<SidecarRow> rows(Scene scene) {
    List<SidecarRow> rows = new ArrayList<>();
    for (SceneCluster cluster : scene.clusters()) {
      Optional<ClusterInjection> injection = scene.injection(cluster);
      if (injection.isPresent()) {
        rows(scene, cluster, injection.get(), rows);
      }
    }
    return rows;
  }

  private static void rows(
      Scene scene, SceneCluster cluster, ClusterInjection injection, List<SidecarRow> rows) {
    Workloads workloads = scene.workloads(cluster);
    TreeSet<String> namespaces = new TreeSet<>(workloads.namespaces());
    for (Manifest namespace : cluster.of(ObservedKinds.NAMESPACE)) {
      namespaces.add(namespace.key().name());
    }
    namespaces.removeIf(scene::isSystem);
    for (String namespace : namespaces) {
      rows.addAll(rows(scene, cluster, namespace, injection));
    }
  }

  /** The rows of a namespace that may be gone: none then. */
  static List<SidecarRow> rows(Scene scene, SceneCluster cluster, String namespace) {
    boolean there =
        cluster.get(new ResourceKey("", "Namespace", "", namespace)).isPresent()
            || !scene.workloads(cluster).inNamespace(namespace).isEmpty();
    return there && !scene.isSystem(namespace)
        ? scene
            .injection(cluster)
            .map(injection -> rows(scene, cluster, namespace, injection))
            .orElse(List.of())
        : List.of();
  }

  private static List<SidecarRow> rows(
      Scene scene, SceneCluster cluster, String namespace, ClusterInjection injection) {
    List<SidecarRow> own = new ArrayList<>();
    for (Workload workload : scene.workloads(cluster).inNamespace(namespace)) {
      if (workload.role() == Proxy.Role.SIDECAR && workload.outside().isEmpty()) {
        own.add(
            withheld(
                scene,
                cluster,
                workload,
                row(scene, cluster, workload, injection.state(workload))));
      }
    }
    List<SidecarRow> rows = new ArrayList<>();
    rows.add(namespace(scene, cluster, namespace, injection, own));
    rows.addAll(own);
    return rows;
  }

  private static boolean same(WorkloadSidecar.Workload declared, WorkloadKey there) {
    return declared.kind().equals(there.kind())
        && declared.namespace().equals(there.namespace())
        && declared.name().equals(there.name());
  }

  /** A workload that doesn't have what is declared for it gets it with its next restart. */
  private static SidecarRow withheld(
      Scene scene, SceneCluster cluster, Workload workload, SidecarRow row) {
    Optional<WorkloadSidecar> open =
        scene.declared().stream()
            .flatMap(mesh -> mesh.own().stream())
            .filter(WorkloadSidecar.class::isInstance)
            .map(WorkloadSidecar.class::cast)
            .filter(own -> own.clusters().includes(cluster.name()))
            .filter(own -> same(own.workload(), workload.key()))
            .filter(own ->
                !WorkloadTemplate.of(own)
                    .in(workload.shape().labels(), workload.shape().annotations()))
            .findFirst();
    return open.map(own ->
            row.pendingRestart(
                "declared at "
                    + own.declaration().position()
                    + ", not in its template yet; restart: "
                    + own.restart().word()))
        .orElse(row);
  }

  private static SidecarRow row(
      Scene scene, SceneCluster cluster, Workload workload, SidecarState state) {
    return new SidecarRow(
        scene.mesh(),
        cluster.name().value(),
        workload.key().namespace(),
        workload.key().kind(),
        workload.key().name(),
        state.expected().answer().name(),
        state.state().word(),
        state.revisions().isEmpty()
            ? state.expected().revision()
            : String.join(",", state.revisions()),
        state.injected(),
        state.pods(),
        resources(workload.shape()),
        state.reason());
  }

  private static SidecarRow namespace(
      Scene scene,
      SceneCluster cluster,
      String namespace,
      ClusterInjection injection,
      List<SidecarRow> workloads) {
    Expectation expected = injection.expected(namespace, NO_POD);
    TreeSet<String> revisions = new TreeSet<>();
    Map<String, Integer> states = new TreeMap<>();
    long injected = 0;
    long pods = 0;
    for (SidecarRow workload : workloads) {
      states.merge(workload.state(), 1, Integer::sum);
      injected += workload.injected();
      pods += workload.pods();
      if (!workload.revision().isEmpty()) {
        revisions.add(workload.revision());
      }
    }
    if (revisions.isEmpty() && !expected.revision().isEmpty()) {
      revisions.add(expected.revision());
    }
    return new SidecarRow(
        scene.mesh(),
        cluster.name().value(),
        namespace,
        "Namespace",
        "",
        expected.answer().name(),
        state(states, expected),
        String.join(",", revisions),
        injected,
        pods,
        "",
        states.size() > 1 ? counts(states) + "; " + expected.reason() : expected.reason());
  }

  private static String state(Map<String, Integer> states, Expectation expected) {
    if (states.containsKey(State.PENDING_RESTART.word())) {
      return State.PENDING_RESTART.word();
    }
    boolean injected =
        states.isEmpty()
            ? expected.answer() == Expectation.Answer.YES
            : states.containsKey(State.INJECTED.word());
    return injected ? State.INJECTED.word() : State.UNINJECTED.word();
  }

  private static String counts(Map<String, Integer> states) {
    List<String> parts = new ArrayList<>();
    states.forEach((state, count) -> parts.add(count + " " + state));
    return String.join(", ", parts);
  }

  private static String resources(PodShape shape) {
    List<String> parts = new ArrayList<>();
    RESOURCES.forEach((annotation, word) -> {
      String value = shape.annotations().get(annotation);
      if (value != null) {
        parts.add(word + "=" + value);
      }
    });
    return String.join(" ", parts);
  }
}
