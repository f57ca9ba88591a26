package io.meshkeel.model;

import org.jspecify.annotations.Nullable;

/**
 * What identifies an object within one cluster, whatever API version it is written in.
 *
 * <p>Each revision looks up ten thousands of these. What a record and {@link java.util.Comparator}
 * make of such methods costs several times as much where only the first compiler runs, as in the
 * service; so they are written out, here and in the other keys.
 *
 * @param group the API group; empty for the core group
 * @param kind the kind, in camel case
 * @param namespace the namespace; empty for cluster-scoped kinds
 * @param name {@code metadata.name}
 */
public record ResourceKey(String group, String kind, String namespace, String name)
    implements Comparable<ResourceKey> {
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
    int order = group.compareTo(other.group);
    order = order != 0 ? order : kind.compareTo(other.kind);
    order = order != 0 ? order : namespace.compareTo(other.namespace);
    return order != 0 ? order : name.compareTo(other.name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ResourceKey key
            && name.equals(key.name)
            && namespace.equals(key.namespace)
            && kind.equals(key.kind)
            && group.equals(key.group));
  }

  @Override
  public int hashCode() {
    return ((group.hashCode() * 31 + kind.hashCode()) * 31 + namespace.hashCode()) * 31
        + name.hashCode();
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
