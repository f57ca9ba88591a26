package io.meshkeel.model;

import java.util.Comparator;

/**
 * What identifies an object within one cluster, whatever API version it is written in.
 *
 * @param group the API group; empty for the core group
 * @param kind the kind, in camel case
 * @param namespace the namespace; empty for cluster-scoped kinds
 * @param name {@code metadata.name}
 */
public record ResourceKey(String group, String kind, String namespace, String name)
    implements Comparable<ResourceKey> {
  private static final Comparator<ResourceKey> ORDER =
      Comparator.comparing(ResourceKey::group)
          .thenComparing(ResourceKey::kind)
          .thenComparing(ResourceKey::namespace)
          .thenComparing(ResourceKey::name);

  /**
   * @throws IllegalArgumentException if kind or name is empty
   */
  public ResourceKey {
    if (kind.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("a resource key needs a kind and a name");
    }
  }

  public GroupKind groupKind() {
    return new GroupKind(group, kind);
  }

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }

  /**
   * {@code Kind namespace/name}, or {@code Kind name} for cluster-scoped kinds: as messages name
   * it.
   */
  @Override
  public String toString() {
    return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
  }
}
