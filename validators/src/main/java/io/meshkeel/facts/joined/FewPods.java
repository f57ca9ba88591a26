package io.meshkeel.facts.joined;

import io.meshkeel.facts.injection.Expectation;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterName;
import java.util.HashSet;
import java.util.Set;

/**
 * Pods in files written by hand. Where all pods of a cluster lack a sidecar they were written down
 * without, and say nothing of injection. But who writes down controllers, and the pods of few of
 * them, means these pods as they are.
 */
final class FewPods {
  private final JoinedMesh mesh;
  private final Set<ClusterName> meant = new HashSet<>();

  FewPods(JoinedMesh mesh) {
    this.mesh = mesh;
    if (mesh.complete()) {
      return;
    }
    for (Held held : mesh.found().all()) {
      ClusterName cluster = held.cluster();
      long with = 0;
      long without = 0;
      for (Workload workload : mesh.workloads().all()) {
        if (workload.key().cluster().equals(cluster)
            && workload.role() == Proxy.Role.SIDECAR
            && workload.outside().isEmpty()
            && mesh.injected(workload) == Expectation.Answer.YES) {
          if (!workload.pods().isEmpty()) {
            with += workload.controlled() || isTaken(workload) ? 1 : 0;
          } else if (!isWritten(workload)) {
            without++;
          }
        }
      }
      if (without > 2 * with) {
        meant.add(cluster);
      }
    }
  }

  /** Whether a pod without owner is written down that the controller would take for its own. */
  private boolean isWritten(Workload controller) {
    return mesh
        .state()
        .workloads(controller.key().cluster())
        .select(controller.key().namespace(), controller.labels())
        .stream()
        .anyMatch(workload -> !workload.controlled());
  }

  /** Whether the pods of a workload are meant as they are. */
  boolean tells(Workload workload) {
    return !workload.pods().isEmpty()
        && meant.contains(workload.key().cluster())
        && (workload.controlled() || isTaken(workload));
  }

  /** Whether a controller would take a pod without owner for its own. */
  private boolean isTaken(Workload pod) {
    return mesh.state().workloads(pod.key().cluster()).inNamespace(pod.key().namespace()).stream()
        .anyMatch(workload ->
            workload.controlled()
                && !workload.labels().isEmpty()
                && Labels.select(workload.labels(), pod.labels()));
  }
}
