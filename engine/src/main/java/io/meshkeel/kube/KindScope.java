package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;

/**
 * What a list or watch is about. Only kinds of {@link Kinds#LISTED} may be asked for: never a
 * Secret.
 *
 * @param kind group and kind
 * @param namespace only this namespace; empty for all
 * @param name only the object of this name; empty for all
 */
public record KindScope(GroupKind kind, String namespace, String name) {
  /**
   * @throws IllegalArgumentException if the kind is not one that Meshkeel looks at
   */
  public KindScope {
    Kinds.requireListed(kind);
  }

  public static KindScope all(GroupKind kind) {
    return new KindScope(kind, "", "");
  }
}
