package io.meshkeel.facts.service;

import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes Service of a mesh: those of one name and namespace in several clusters are one
 * service.
 *
 * @param namespace its namespace
 * @param name its name
 */
public record ServiceKey(String namespace, String name) implements Comparable<ServiceKey> {
  @Override
  public int compareTo(ServiceKey other) {
    int order = namespace.compareTo(other.namespace);
    return order != 0 ? order : name.compareTo(other.name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ServiceKey key
            && name.equals(key.name)
            && namespace.equals(key.namespace));
  }

  @Override
  public int hashCode() {
    return namespace.hashCode() * 31 + name.hashCode();
  }

  /** {@code namespace/name}, as messages name it. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
