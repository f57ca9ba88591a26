package io.meshkeel.policy;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found, before its place in a file is known.
 *
 * @param rule the rule
 * @param severity of this finding, never worse than the rule's
 * @param path within the object
 * @param message filled template
 * @param remediation filled template
 * @param related other places, not yet looked up
 * @param fix what puts it right for certain; null if there is no such thing
 */
record RawFinding(
    Rule rule,
    Severity severity,
    JsonPath path,
    String message,
    String remediation,
    List<RawRelated> related,
    @Nullable Fix fix) {

  RawFinding {
    related = List.copyOf(related);
  }

  /**
   * Another place.
   *
   * @param resource the object
   * @param cluster where it was found; null for one of the repository
   * @param path within the object
   */
  record RawRelated(ResourceKey resource, @Nullable ClusterName cluster, JsonPath path) {}
}
