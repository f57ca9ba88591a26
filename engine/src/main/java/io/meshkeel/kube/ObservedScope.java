package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ObservedKinds;

/**
 * What is asked for by {@link Cluster#observe}.
 *
 * @param kind one of {@link ObservedKinds#ALL}
 * @param namespace only this namespace; empty for all
 * @param name only objects of this name, in whatever namespace; empty for all
 * @param detail how much of each object
 */
public record ObservedScope(GroupKind kind, String namespace, String name, Detail detail) {
  /** How much of an object of Kubernetes' own kinds is told. */
  public enum Detail {
    /** All that a report may hold. */
    WHOLE,
    /** Only what modules read of it: what is kept in memory for long. */
    FACTS
  }

  /**
   * @throws IllegalArgumentException if the kind is not one that reports look at
   */
  public ObservedScope {
    if (!ObservedKinds.ALL.contains(kind)) {
      throw new IllegalArgumentException(kind + " is not a kind that reports look at");
    }
  }

  /** Whole objects. */
  public ObservedScope(GroupKind kind, String namespace, String name) {
    this(kind, namespace, name, Detail.WHOLE);
  }

  public static ObservedScope all(GroupKind kind) {
    return new ObservedScope(kind, "", "");
  }
}
