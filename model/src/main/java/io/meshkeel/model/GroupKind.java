package io.meshkeel.model;

import org.jspecify.annotations.Nullable;

/**
 * An API group and kind, without version: all served versions of an Istio kind share one schema.
 *
 * @param group the API group; empty for the core group
 * @param kind the kind, in camel case
 */
public record GroupKind(String group, String kind) implements Comparable<GroupKind> {
  /** The group and kind of an object with this {@code apiVersion} and {@code kind}. */
  public static GroupKind of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return new GroupKind(slash < 0 ? "" : apiVersion.substring(0, slash), kind);
  }

  @Override
  public int compareTo(GroupKind other) {
    int order = group.compareTo(other.group);
    return order != 0 ? order : kind.compareTo(other.kind);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof GroupKind one && kind.equals(one.kind) && group.equals(one.group));
  }

  @Override
  public int hashCode() {
    return group.hashCode() * 31 + kind.hashCode();
  }

  /**
   * {@code Kind.group}, or {@code Kind} for the core group, as the ApplySet specification writes
   * it.
   */
  @Override
  public String toString() {
    return group.isEmpty() ? kind : kind + "." + group;
  }
}
