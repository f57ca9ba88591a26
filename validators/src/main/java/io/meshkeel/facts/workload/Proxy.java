package io.meshkeel.facts.workload;

/**
 * An Istio proxy in a pod.
 *
 * @param role what it does
 * @param injected by istiod's webhook, which leaves the annotation {@code sidecar.istio.io/status};
 *     false for one that was put into the pod template by hand
 * @param nativeSidecar it is an init container that goes on running
 * @param revision of the istiod that injected it; empty if nothing says so
 * @param image its image
 */
public record Proxy(
    Role role, boolean injected, boolean nativeSidecar, String revision, String image) {
  /** What a proxy does. */
  public enum Role {
    /** Stands beside an application. */
    SIDECAR,
    /** Stands at the edge: {@code proxy router}. */
    GATEWAY,
    /** Serves an ambient namespace or service: {@code proxy waypoint}. */
    WAYPOINT
  }
}
