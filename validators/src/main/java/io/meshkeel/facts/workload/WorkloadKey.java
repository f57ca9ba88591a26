package io.meshkeel.facts.workload;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ResourceKey;
import org.jspecify.annotations.Nullable;

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
  /** The object that this is, by the groups of the kinds that are known to control pods. */
  public ResourceKey object() {
    String group =
        switch (kind) {
          case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet" -> "apps";
          case "Job", "CronJob" -> "batch";
          case "WorkloadEntry" -> "networking.istio.io";
          case "Rollout" -> "argoproj.io";
          case "DeploymentConfig" -> "apps.openshift.io";
          default -> "";
        };
    return new ResourceKey(group, kind, namespace, name);
  }

  @Override
  public int compareTo(WorkloadKey other) {
    int order = cluster.value().compareTo(other.cluster.value());
    order = order != 0 ? order : namespace.compareTo(other.namespace);
    order = order != 0 ? order : name.compareTo(other.name);
    return order != 0 ? order : kind.compareTo(other.kind);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof WorkloadKey key
            && name.equals(key.name)
            && namespace.equals(key.namespace)
            && kind.equals(key.kind)
            && cluster.value().equals(key.cluster.value()));
  }

  @Override
  public int hashCode() {
    return ((cluster.value().hashCode() * 31 + namespace.hashCode()) * 31 + kind.hashCode()) * 31
        + name.hashCode();
  }

  /** {@code Kind namespace/name}, as messages name it. */
  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
