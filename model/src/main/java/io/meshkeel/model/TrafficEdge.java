package io.meshkeel.model;

import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * Traffic that was observed from one workload to another.
 *
 * @param source who called
 * @param destination who was called
 * @param service the host that was called; empty if it is none of a service
 * @param protocol {@code http}, {@code grpc} or {@code tcp}
 * @param figures how much and how well
 */
public record TrafficEdge(
    End source, End destination, String service, String protocol, Figures figures) {
  /** By who calls whom. */
  public static final Comparator<TrafficEdge> ORDER =
      Comparator.comparing(TrafficEdge::source)
          .thenComparing(TrafficEdge::destination)
          .thenComparing(TrafficEdge::service)
          .thenComparing(TrafficEdge::protocol);

  /**
   * One end.
   *
   * @param cluster the cluster; empty if it isn't known
   * @param namespace the namespace; empty if it isn't known
   * @param workload the workload; {@code unknown} if no proxy said who it is
   * @param canonical its canonical service (istio.io, "Canonical Service"); empty if it isn't known
   */
  public record End(String cluster, String namespace, String workload, String canonical)
      implements Comparable<End> {
    private static final Comparator<End> ENDS =
        Comparator.comparing(End::cluster)
            .thenComparing(End::namespace)
            .thenComparing(End::workload)
            .thenComparing(End::canonical);

    /** Without a canonical service. */
    public End(String cluster, String namespace, String workload) {
      this(cluster, namespace, workload, "");
    }

    @Override
    public int compareTo(End other) {
      return ENDS.compare(this, other);
    }

    /** {@code cluster/namespace/workload}, without what isn't known. */
    @Override
    public String toString() {
      return (cluster.isEmpty() ? "" : cluster + "/")
          + (namespace.isEmpty() ? "" : namespace + "/")
          + workload;
    }
  }

  /**
   * How much and how well.
   *
   * @param requests requests a second
   * @param errors of these, those without an answer or with one that is the server's fault
   * @param bytes bytes a second of connections, both ways
   * @param p50 half of the requests took at most so many milliseconds
   * @param p90 nine in ten did
   * @param p99 ninety-nine in a hundred did
   * @param mtls the share of requests or bytes with mutual TLS, from 0 to 1
   */
  public record Figures(
      double requests,
      double errors,
      double bytes,
      OptionalDouble p50,
      OptionalDouble p90,
      OptionalDouble p99,
      OptionalDouble mtls) {}
}
