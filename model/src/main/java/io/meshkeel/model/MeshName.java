package io.meshkeel.model;

/**
 * The name of a mesh, unique within a repository: {@code metadata.name} of its Mesh.
 *
 * @param value an RFC 1123 label
 */
public record MeshName(String value) implements Comparable<MeshName> {
  /**
   * @throws IllegalArgumentException if the value is not an RFC 1123 label
   */
  public MeshName {
    DnsName.requireLabel("mesh name", value);
  }

  @Override
  public int compareTo(MeshName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
