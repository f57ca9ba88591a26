package io.meshkeel.facts.service;

import java.util.Comparator;

/**
 * A Kubernetes Service of a mesh: those of one name and namespace in several clusters are one
 * service.
 *
 * @param namespace its namespace
 * @param name its name
 */
public record ServiceKey(String namespace, String name) implements Comparable<ServiceKey> {
  private static final Comparator<ServiceKey> ORDER =
      Comparator.comparing(ServiceKey::namespace).thenComparing(ServiceKey::name);

  @Override
  public int compareTo(ServiceKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code namespace/name}, as messages name it. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
