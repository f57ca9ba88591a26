package io.meshkeel.model;

/**
 * The name of a cluster, unique within the service: {@code metadata.name} of its MeshCluster.
 *
 * @param value an RFC 1123 label
 */
public record ClusterName(String value) implements Comparable<ClusterName> {
  /**
   * @throws IllegalArgumentException if the value is not an RFC 1123 label
   */
  public ClusterName {
    DnsName.requireLabel("cluster name", value);
  }

  @Override
  public int compareTo(ClusterName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
