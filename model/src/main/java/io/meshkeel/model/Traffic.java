package io.meshkeel.model;

import java.util.Comparator;
import java.util.List;

/**
 * Traffic that was observed in a mesh.
 *
 * @param taken when, RFC 3339; empty if it isn't said
 * @param edges who calls whom, in {@link TrafficEdge#ORDER}
 * @param served how long workloads took to answer, in {@link Served#ORDER}; empty if it wasn't
 *     asked
 * @param controlPlanes what istiods did, by cluster; empty if it wasn't asked
 * @param notes what could not be told, a sentence each
 */
public record Traffic(
    String taken,
    List<TrafficEdge> edges,
    List<Served> served,
    List<ControlPlane> controlPlanes,
    List<String> notes) {
  public Traffic {
    edges = edges.stream().sorted(TrafficEdge.ORDER).toList();
    served = served.stream().sorted(Served.ORDER).toList();
    controlPlanes =
        controlPlanes.stream().sorted(Comparator.comparing(ControlPlane::cluster)).toList();
    notes = List.copyOf(notes);
  }

  /** Edges only. */
  public Traffic(String taken, List<TrafficEdge> edges) {
    this(taken, edges, List.of(), List.of(), List.of());
  }

  /**
   * How long one workload took to answer the requests that reached it for one service.
   *
   * @param destination the workload; {@code unknown} if it has no proxy
   * @param service the host that was called; empty if it is none of a service
   * @param latency in milliseconds
   */
  public record Served(TrafficEdge.End destination, String service, Histogram latency) {
    /** By workload, then by service. */
    public static final Comparator<Served> ORDER =
        Comparator.comparing(Served::destination).thenComparing(Served::service);
  }

  /**
   * What the istiods of a cluster did.
   *
   * @param cluster the cluster; empty if the Prometheus doesn't say
   * @param pushes configurations sent to proxies, a second
   * @param errors of these, those that could not be made or sent
   * @param rejects configurations that proxies refused, a second
   * @param proxies connections of proxies
   * @param convergence time until a proxy had a change, in milliseconds
   */
  public record ControlPlane(
      String cluster,
      double pushes,
      double errors,
      double rejects,
      double proxies,
      Histogram convergence) {}
}
