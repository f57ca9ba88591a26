package io.meshkeel.facts.workload;

import io.meshkeel.model.ClusterName;
import java.util.Comparator;

/**
 * What identifies a workload of a mesh.
 *
 * @param cluster where it runs
 * @param namespace its namespace
 * @param kind of what controls its pods, for example {@code Deployment}; {@code Pod} for a pod that
 *     nothing controls, {@code WorkloadEntry} for what runs outside
 * @param name of what controls its pods
 */
public record WorkloadKey(ClusterName cluster, String namespace, String kind, String name)
    implements Comparable<WorkloadKey> {
  private static final Comparator<WorkloadKey> ORDER =
      Comparator.comparing((WorkloadKey key) -> key.cluster().value())
          .thenComparing(WorkloadKey::namespace)
          .thenComparing(WorkloadKey::name)
          .thenComparing(WorkloadKey::kind);

  @Override
  public int compareTo(WorkloadKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code Kind namespace/name}, as messages name it. */
  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
