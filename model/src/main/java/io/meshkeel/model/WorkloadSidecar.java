package io.meshkeel.model;

import java.util.Map;
import java.util.Optional;

/**
 * What the sidecars of one workload are told beyond what holds for its namespace, by Istio's labels
 * and annotations of the pod template.
 *
 * @param declaration the document
 * @param clusters which clusters are meant; where the workload doesn't exist nothing is done
 * @param workload the workload
 * @param inject whether its pods get a sidecar; empty: as the namespace says
 * @param resources of the sidecar
 * @param logLevel of the sidecar, for example {@code warning}
 * @param traffic which traffic goes through the sidecar: values by the name of Istio's annotation
 *     without {@code traffic.sidecar.istio.io/}, for example {@code excludeInboundPorts} to {@code
 *     8081,9090}
 * @param restart whether a change may restart the workload
 */
public record WorkloadSidecar(
    Declaration declaration,
    ClusterChoice clusters,
    Workload workload,
    Optional<Boolean> inject,
    ProxyResources resources,
    Optional<String> logLevel,
    Map<String, String> traffic,
    Restart restart)
    implements OwnDeclaration {
  public WorkloadSidecar {
    traffic = Map.copyOf(traffic);
  }

  /**
   * A workload with a pod template.
   *
   * @param kind {@code Deployment}, {@code StatefulSet} or {@code DaemonSet}
   * @param namespace its namespace; never a system namespace
   * @param name its name
   */
  public record Workload(String kind, String namespace, String name) {
    /** Its key: all three kinds are of group {@code apps}. */
    public ResourceKey key() {
      return new ResourceKey("apps", kind, namespace, name);
    }
  }

  /** {@code spec.restart}. */
  public enum Restart {
    /** A difference is written, which restarts the workload. */
    IF_NEEDED("IfNeeded"),
    /** A difference is reported and not written. */
    NEVER("Never");

    private final String word;

    Restart(String word) {
      this.word = word;
    }

    /** As declarations write it. */
    public String word() {
      return word;
    }
  }
}
