package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;

/**
 * What a list or watch is about. Only kinds of {@link Kinds#LISTED} may be asked for, and single
 * Secrets by name: never all of a namespace.
 *
 * @param kind group and kind
 * @param namespace only this namespace; empty for all
 * @param name only the object of this name; empty for all
 */
public record KindScope(GroupKind kind, String namespace, String name) {
  /**
   * @throws IllegalArgumentException if the kind is not one that Meshkeel looks at, or it is a
   *     Secret without namespace and name
   */
  public KindScope {
    Kinds.requireListed(kind);
    if (kind.equals(Kinds.SECRET) && (namespace.isEmpty() || name.isEmpty())) {
      throw new IllegalArgumentException("Secrets are read one by one, by name");
    }
  }

  public static KindScope all(GroupKind kind) {
    return new KindScope(kind, "", "");
  }
}
