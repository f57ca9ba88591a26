package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import java.util.List;

/**
 * A kind that an API server serves.
 *
 * @param kind group and kind
 * @param plural the resource name in URLs
 * @param namespaced whether its objects live in namespaces
 * @param versions served versions, the preferred one first; at least one
 */
public record ServedKind(GroupKind kind, String plural, boolean namespaced, List<String> versions) {
  /**
   * @throws IllegalArgumentException if no version is given
   */
  public ServedKind {
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(kind + " is served in no version");
    }
  }
}
