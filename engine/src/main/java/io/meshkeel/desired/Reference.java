package io.meshkeel.desired;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;

/** What one object needs of another one. */
public sealed interface Reference {
  /** An object named by kind, namespace and name. */
  record ToObject(ResourceKey key) implements Reference {}

  /**
   * Whatever objects of a kind are about a host.
   *
   * @param kind the kind, for example DestinationRule
   * @param host a full DNS name
   */
  record ToHost(GroupKind kind, String host) implements Reference {}
}
