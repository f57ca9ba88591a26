package io.meshkeel.model;

import java.util.List;

/**
 * {@code spec.clusters} of an own kind: {@code all}, or names.
 *
 * @param all whether every cluster of the mesh is meant, those of the future too
 * @param names the clusters meant, in the order written; empty if all are
 */
public record ClusterChoice(boolean all, List<String> names) {
  /** Every cluster of the mesh. */
  public static final ClusterChoice ALL = new ClusterChoice(true, List.of());

  public ClusterChoice {
    names = List.copyOf(names);
  }

  /** These clusters only. */
  public static ClusterChoice of(List<String> names) {
    return new ClusterChoice(false, names);
  }

  /** Whether a cluster is meant. */
  public boolean includes(ClusterName cluster) {
    return all || names.contains(cluster.value());
  }
}
